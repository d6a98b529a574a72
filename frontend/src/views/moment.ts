import { html, nothing, type TemplateResult } from "lit";
import type { CheckResult } from "../api/frames.ts";
import type { RuleInfo } from "../api/rest.ts";
import { answerForm, answerText, type Prediction } from "./predictions.ts";
import { sourceLinks } from "./source-links.ts";

/** What the run has halted to ask, or what came of the last answer. */
export interface MomentModel {
  /** Null if nothing is asked. */
  readonly asked: { readonly prediction: Prediction; readonly skip: boolean } | null;
  /** Null if nothing has been answered, or it has been put away. */
  readonly told: Told | null;
  /** Whether this tab may answer. */
  readonly typing: boolean;
}

/** An answer, and what the run says to it. */
export interface Told {
  readonly prediction: Prediction;
  readonly answer: string;
  readonly verdict: MomentVerdict;
  /** Of the result; empty where nothing is told. */
  readonly actual: string;
  /** The event that decided it; null while nothing has. */
  readonly event: number | null;
  readonly rule: RuleInfo | null;
}

export type MomentVerdict = "right" | "wrong" | "open";

export interface MomentActions {
  predict(id: string, value: string): void;
  skip(): void;
  putAway(): void;
}

/** A check that is decided is right or wrong; one that is not, or of which nothing is told, is open. */
export function momentVerdict(result: CheckResult | undefined): MomentVerdict {
  if (result?.status === "PASS") return "right";
  return result?.status === "FAIL" && result.open !== true ? "wrong" : "open";
}

/** What was there, out of what a check says: "expected …; actual: it was 3" as "it was 3". */
export function actualOf(output: string): string {
  const [, ...rest] = output.split("; actual: ");
  return rest.length === 0 ? output : rest.join("; actual: ");
}

/** For who cannot see that something is asked, or what came of it. */
export function momentWords({ asked, told }: MomentModel): string {
  if (asked) return `What happens next? ${asked.prediction.name}`;
  if (!told) return "";
  return told.verdict === "open" ? "" : `${said(told)} ${told.rule?.sentence ?? ""}`.trim();
}

function said({ prediction, answer, verdict, actual }: Told): string {
  const text = `You said ‘${answerText(prediction, answer)}’`;
  if (verdict === "right") return `Right. ${text}, and so it was.`;
  return verdict === "wrong" ? `Not so. ${text}; ${actual}.` : `${text}. It is not decided yet.`;
}

/** The question and its answers, in the way of going on; behind it what was right, and the rule. */
export function momentView(model: MomentModel, actions: MomentActions): TemplateResult {
  return html`<p class="visually-hidden" role="status" data-moment-words>${momentWords(model)}</p>
    ${model.asked ? question(model.asked, model.typing, actions) : model.told ? answered(model.told, actions) : nothing}`;
}

function question(
  { prediction, skip }: NonNullable<MomentModel["asked"]>,
  typing: boolean,
  actions: MomentActions,
): TemplateResult {
  return html`<section class="moment" id="moment" data-moment=${prediction.id} aria-labelledby="moment-title" tabindex="-1">
    <h2 id="moment-title">What happens next?</h2>
    <p id="moment-ask">${prediction.name}</p>
    ${
      typing
        ? html`${answerForm(prediction, undefined, actions.predict, "moment-ask")}
    ${skip ? html`<p class="moment-skip"><button type="button" class="button button-quiet button-small" data-act="skip" @click=${() => actions.skip()}>Go on without an answer</button></p>` : nothing}`
        : html`<p class="quiet">The run waits for an answer.</p>`
    }</section>`;
}

const MARKS: Readonly<Record<MomentVerdict, string>> = { right: "✔", wrong: "✘", open: "…" };

function answered(told: Told, actions: MomentActions): TemplateResult {
  const { prediction, verdict, event, rule } = told;
  return html`<section class="moment" id="moment" data-moment-told=${prediction.id} data-verdict=${verdict} aria-labelledby="moment-title" tabindex="-1">
    <h2 id="moment-title" class="moment-verdict"><span aria-hidden="true">${MARKS[verdict]}</span> ${said(told)}</h2>
    ${
      rule && verdict !== "open"
        ? html`<p>${rule.sentence} ${rule.misunderstanding} <span class="quiet"><code>${rule.id}</code> ${sourceLinks(rule.source)}</span></p>`
        : nothing
    }
    <p class="moment-foot">${event === null ? nothing : html`<a href="#e=${event}">Why? Event ${event}</a>`}
      <button type="button" class="button button-small" data-act="put-away" @click=${() => actions.putAway()}>Go on</button></p></section>`;
}
