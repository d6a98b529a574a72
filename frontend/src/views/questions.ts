import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../api/frames.ts";
import { properties } from "../base/dom.ts";
import { shownKey } from "./keys.ts";

export interface QuestionsModel {
  /** What is asked about the event. */
  readonly asked: readonly Question[];
  /** Where one asks about it; null if there is nobody to ask. */
  readonly ask: string | null;
  /** Where staff answers; null for everybody else. */
  readonly answer: string | null;
}

/** What is asked about an event, and answered. */
export function askedView({ asked, answer }: QuestionsModel): TemplateResult[] {
  return asked.map(
    (q) => html`<div class="why-question" data-question=${q.id}><p><span class="quiet">Question:</span> ${q.text}</p>
      ${
        q.answer === null
          ? html`<p class="quiet">${answer === null ? "No answer yet." : html`<a href=${answer}>Answer it</a>`}</p>`
          : html`<p class="why-answer"><span class="quiet">Answer:</span> ${q.answer}</p>`
      }</div>`,
  );
}

/** The way to ask about it, where there is somebody to ask. */
export function askButton({ ask }: QuestionsModel, key: string): TemplateResult | typeof nothing {
  if (ask === null) return nothing;
  return html`<p><a class="button button-small" href=${ask}>Ask about this event${key === "" ? nothing : html` <kbd>${shownKey(key)}</kbd>`}</a></p>`;
}

export type QuestionMark = "asked" | "answered" | "unseen";

const MARK: Readonly<Record<QuestionMark, string>> = {
  asked: "asked, no answer yet",
  answered: "answered",
  unseen: "new answer",
};

/** At an event that something is asked about. It is reached by the event's own link, too. */
export function questionMark(mark: QuestionMark | undefined): TemplateResult | typeof nothing {
  if (!mark) return nothing;
  return html`<span class="question-mark" data-mark=${mark} title=${`Question: ${MARK[mark]}`}><span aria-hidden="true">?</span><span
    class="visually-hidden">Question: ${MARK[mark]}</span></span>`;
}

/** In the diagram, at the margin beside what they are about. */
export function diagramMarks(
  marks: readonly { readonly seq: number; readonly y: number; readonly mark: QuestionMark }[],
): TemplateResult[] {
  return marks.map(
    ({ seq, y, mark }) => html`<a class="diagram-question" href=${`#e=${seq}`} data-goto=${seq}
      aria-label=${`Event ${seq}: question, ${MARK[mark]}`} ${properties({ "--y": `${y}px` })}>${questionMark(mark)}</a>`,
  );
}
