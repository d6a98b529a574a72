import { html, nothing, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import { formatTime } from "../base/time.ts";
import { followRow, type Shown } from "../base/windowed.ts";
import type { TraceEvent } from "../trace/events.ts";
import { asJson, KINDS, type LogQuery } from "./log-layout.ts";
import { HEAD, ROW } from "./packets.ts";
import { type QuestionMark, questionMark } from "./questions.ts";

export interface LogModel {
  readonly query: LogQuery;
  readonly hosts: readonly string[];
  readonly rows: readonly TraceEvent[];
  readonly total: number;
  readonly shown: Shown;
  readonly current: number;
  readonly cursor: number;
  readonly event: TraceEvent | undefined;
  readonly copied: boolean;
  readonly narrow: boolean;
  /** The events that something is asked about. */
  readonly marks: ReadonlyMap<number, QuestionMark>;
  readonly say: (seq: number) => string;
}

export interface LogActions {
  ask(change: Partial<LogQuery>): void;
  scrolled(top: number, height: number): void;
  step(by: number): void;
  copy(text: string): void;
}

/** Every event of the run as a line, and the one at the cursor as the trace has it. */
export function logView(model: LogModel, actions: LogActions): TemplateResult {
  const { event, copied } = model;
  return html`<div class="log" data-still ?data-narrow=${model.narrow}>${bar(model, actions)}${list(model, actions)}
    <div class="log-event">${
      event
        ? html`<button type="button" class="button button-quiet button-small" @click=${() => actions.copy(asJson(event))}>${copied ? "Copied" : "Copy JSON"}</button>
          <pre tabindex="0" aria-label="The event at the cursor as JSON">${asJson(event)}</pre>`
        : html`<p class="quiet">Nothing has happened yet.</p>`
    }</div></div>`;
}

function bar({ query, hosts, rows, total }: LogModel, actions: LogActions): TemplateResult {
  const select = (
    name: "host" | "kind",
    label: string,
    options: readonly (readonly [string, string])[],
  ): TemplateResult =>
    html`<select aria-label=${label} @change=${(event: Event) => actions.ask({ [name]: (event.target as HTMLSelectElement).value })}>
      <option value="">${label}</option>${options.map(
        ([value, text]) => html`<option value=${value} ?selected=${query[name] === value}>${text}</option>`,
      )}</select>`;
  return html`<form class="packets-bar" @submit=${(event: Event) => event.preventDefault()}>
    ${select(
      "host",
      "All hosts",
      hosts.map((host) => [host, host] as const),
    )}
    ${select(
      "kind",
      "All kinds",
      KINDS.map(({ id, name }) => [id, name] as const),
    )}
    <div class="packets-filter"><input type="search" aria-label="Text to find" placeholder="Find: retransmission, RFC5681, TcbChanged" .value=${query.text}
      @input=${(event: Event) => actions.ask({ text: (event.target as HTMLInputElement).value })}></div>
    <span class="packets-count quiet" role="status">${rows.length} of ${total}</span></form>`;
}

function list(model: LogModel, actions: LogActions): TemplateResult {
  const { rows, shown, current, cursor, query } = model;
  if (rows.length === 0) return html`<div class="packets-empty"><p>No event is like that.</p></div>`;
  const keys = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    actions.step(by);
  };
  const scrolled = (event: Event): void => {
    const { scrollTop, clientHeight } = event.target as HTMLElement;
    actions.scrolled(scrollTop, clientHeight);
  };
  const stamp = `${cursor} ${rows.length} ${Object.values(query).join(" ")}`;
  return html`<div class="packets-list" tabindex="0" role="group" aria-label="Events; up and down go from one to the next"
    @keydown=${keys} @scroll=${scrolled} ${followRow({ index: current, row: ROW, head: HEAD, stamp })}>
    <table aria-rowcount=${rows.length + 1}><thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">Host</th>
      <th scope="col" class="wide">Type</th><th scope="col">What happens</th><th scope="col" class="wide">Rule</th></tr></thead>
      <tbody ${properties({ "--above": `${shown.first * ROW}px`, "--below": `${(rows.length - shown.end) * ROW}px` })}>
        <tr class="above" aria-hidden="true"></tr>
        ${rows.slice(shown.first, shown.end).map((event, i) => row(event, shown.first + i, model))}
        <tr class="below" aria-hidden="true"></tr></tbody></table></div>`;
}

function row(
  { seq, at, host, type, rule }: TraceEvent,
  index: number,
  { current, cursor, say, marks }: LogModel,
): TemplateResult {
  return html`<tr data-goto=${seq} aria-rowindex=${index + 2} data-current=${index === current ? "" : nothing} ?data-future=${seq > cursor}>
    <th scope="row" class="number"><a href="#e=${seq}">${seq}</a></th><td class="number">${formatTime(at)}</td><td>${host}</td>
    <td class="wide"><code>${type}</code></td><td class="said-of">${questionMark(marks.get(seq))}${say(seq)}</td><td class="wide rule">${rule ?? ""}</td></tr>`;
}
