import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Completion, Help } from "./completion.ts";
import { formArguments } from "./completion.ts";
import type { Entry } from "./console-log.ts";
import { type UsualCall, usualCallsView } from "./usual-calls.ts";

export interface ConsoleModel {
  readonly host: string;
  readonly entries: readonly Entry[];
  readonly cursor: number;
  readonly text: string;
  readonly completion: Completion | null;
  /** Which suggestion is chosen; -1 for none. */
  readonly chosen: number;
  /** Why nothing can be typed; empty if it can. */
  readonly closed: string;
  /** A task of the host waits in a call, so that another line for it has to wait too. */
  readonly busy: boolean;
  /** What could be called next. */
  readonly usual: readonly UsualCall[];
}
export interface ConsoleActions {
  type(text: string, caret: number): void;
  key(event: KeyboardEvent): void;
  choose(suggestion: number): void;
  submit(): void;
  /** Writes a line, to be changed and sent. */
  propose(line: string): void;
  interrupt(): void;
  leave(): void;
}

/** The command line of a host: what was called and came back, and a line for the next call. */
export function consoleView(model: ConsoleModel, actions: ConsoleActions): TemplateResult {
  const { host, completion, closed } = model;
  const open = (completion?.suggestions.length ?? 0) > 0;
  return html`<section class="console" data-console=${host} aria-label=${`Console of ${host}`}>
    <div class="console-log" role="log" tabindex="0" aria-label=${`What ${host} has called`}>
      <div>${model.entries.length === 0 ? greeting(host) : model.entries.map((entry) => entryView(entry, model.cursor))}</div>
    </div>
    <div class="console-entry">${completion?.help ? helpView(completion.help) : nothing}
    ${closed === "" && !model.busy ? usualCallsView(model.usual, (line) => propose(host, line, actions)) : nothing}
    <form class="console-line" @submit=${(event: Event) => {
      event.preventDefault();
      actions.submit();
    }}>
      <label class="prompt" for=${`console-${host}`}>${host}&gt;</label>
      <input id=${`console-${host}`} class="mono" .value=${live(model.text)} autocomplete="off" autocapitalize="off"
        autocorrect="off" spellcheck="false" maxlength="4000" role="combobox" aria-autocomplete="list"
        aria-expanded=${open ? "true" : "false"} aria-controls=${`suggestions-${host}`}
        aria-activedescendant=${model.chosen >= 0 ? `suggestion-${host}-${model.chosen}` : nothing}
        ?disabled=${closed !== ""} placeholder=${closed || "listen(3, 5)"}
        @input=${(event: Event) => changed(event, actions)} @click=${(event: Event) => changed(event, actions)}
        @keydown=${(event: KeyboardEvent) => actions.key(event)} @blur=${() => actions.leave()}>
      ${
        model.busy
          ? html`<button type="button" class="button button-small" title="End the call that waits, with EINTR"
            @click=${() => actions.interrupt()}>Interrupt</button>`
          : nothing
      }
    </form>
    ${open && completion ? suggestions(model, completion, actions) : nothing}</div>
  </section>`;
}

function propose(host: string, line: string, actions: ConsoleActions): void {
  actions.propose(line);
  document.getElementById(`console-${host}`)?.focus();
}

function changed(event: Event, actions: ConsoleActions): void {
  const input = event.target as HTMLInputElement;
  actions.type(input.value, input.selectionStart ?? input.value.length);
}

function greeting(host: string): TemplateResult {
  return html`<p class="quiet">You are the program on ${host}. Make a call: <code>socket(AF_INET, SOCK_STREAM, 0)</code></p>`;
}

function entryView(entry: Entry, cursor: number): TemplateResult {
  switch (entry.kind) {
    case "call":
      return html`<div class="entry" data-outcome=${entry.outcome} ?data-future=${entry.seq > cursor}>
        <p><a class="entry-call mono" href="#e=${entry.seq}">${entry.task === 1 ? "" : `.${entry.task} `}${entry.text}</a>
          ${entry.note ? html`<span class="entry-note">${entry.note}</span>` : nothing}</p>
        ${entry.advice ? html`<p class="advice"><b>${entry.advice.text}.</b> ${entry.advice.cause} ${entry.advice.tryThis}</p>` : nothing}
      </div>`;
    case "pending":
      return html`<div class="entry" data-outcome="pending"><p><span class="mono">${entry.line}</span>
        <span class="entry-note">sent…</span></p></div>`;
    case "answer":
      return html`<div class="entry" data-outcome="done"><p><span class="mono">${entry.line}</span></p>
        <pre class="mono">${entry.text}</pre></div>`;
    case "refused":
      return html`<div class="entry" data-outcome="refused"><pre class="mono">${entry.line}${
        entry.mark === null ? nothing : html`\n${" ".repeat(entry.mark)}<b>▲</b>`
      }</pre><p class="refusal">${entry.detail || entry.title}</p></div>`;
    default:
      return entry satisfies never;
  }
}

function helpView({ call, form, argument, parameter }: Help): TemplateResult {
  const names = formArguments(form);
  return html`<div class="console-help"><p class="mono">${call.name}(${names.map(
    (name, i) => html`${i > 0 ? ", " : ""}${i === argument ? html`<mark>${name}</mark>` : name}`,
  )}) <span class="quiet">${call.manPage}</span></p>
    ${
      parameter
        ? html`<p><b>${parameter.name}</b> ${parameter.meaning}</p>`
        : html`<p>${call.summary} <span class="quiet">Returns ${call.returns}</span></p>`
    }</div>`;
}

function suggestions({ host, chosen }: ConsoleModel, completion: Completion, actions: ConsoleActions): TemplateResult {
  return html`<ul class="suggestions" id=${`suggestions-${host}`} role="listbox" aria-label="Suggestions">${completion.suggestions.map(
    (
      suggestion,
      i,
    ) => html`<li id=${`suggestion-${host}-${i}`} role="option" aria-selected=${i === chosen ? "true" : "false"}
      @mousedown=${(event: Event) => {
        event.preventDefault(); // keeps the caret in the line
        actions.choose(i);
      }}><span class="mono">${suggestion.text}</span> <span class="quiet">${suggestion.detail}</span></li>`,
  )}</ul>`;
}
