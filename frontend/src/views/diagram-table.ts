import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { formatTime } from "../base/time.ts";
import type { PacketDropped, TraceEvent } from "../trace/events.ts";
import type { TraceIndex } from "../trace/trace-index.ts";
import { dropText } from "../trace/wire-names.ts";
import type { Excerpt } from "./diagram-folds.ts";
import { dropEventOf, type Item, returnsAtOnce } from "./diagram-items.ts";

export interface TableModel {
  readonly items: readonly Item[];
  /** Which of them are told; nothing is folded here. */
  readonly excerpt: Excerpt;
  readonly index: TraceIndex;
  readonly cursor: number;
  readonly event: (seq: number) => TraceEvent | undefined;
  readonly say: (seq: number) => string;
}

/** What the diagram shows, told: one row an item, with the same cursor. */
export function diagramTable(model: TableModel): TemplateResult {
  const { items, excerpt, cursor } = model;
  const shown = items.slice(excerpt.from, excerpt.to);
  const current = shown.findLast((item) => item.seq <= cursor)?.seq;
  return html`<table class="twin" aria-rowcount=${items.length + 1}>
    <caption class="visually-hidden">The run, event by event</caption>
    <thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">From</th><th scope="col">To</th>
      <th scope="col">What happens</th><th scope="col">Why</th></tr></thead>
    <tbody>${more(excerpt.from, "earlier", shown[0])}${shown.map((item, i) => {
      const event = model.event(item.seq);
      const is = item.seq === current;
      const later = item.seq > cursor;
      const outcome = outcomeOf(item, model.index);
      return guard([item, is, later, outcome?.seq], () =>
        row(item, excerpt.from + i, is, later, event, outcome, model),
      );
    })}${more(items.length - excerpt.to, "later", shown.at(-1))}</tbody></table>`;
}

function row(
  item: Item,
  i: number,
  current: boolean,
  later: boolean,
  event: TraceEvent | undefined,
  outcome: Outcome | null,
  { index, say }: TableModel,
): TemplateResult {
  const { from, to } = ends(item, index);
  const { why, rule } = outcome?.drop ?? event ?? {};
  return html`<tr aria-current=${current ? "true" : "false"} aria-rowindex=${i + 2} data-goto=${item.seq} ?data-future=${later}>
    <th scope="row"><a href="#e=${item.seq}">${item.seq}</a></th>
    <td class="number">${formatTime(item.at)}</td><td>${from}</td><td>${to}</td>
    <td>${say(item.seq)}${outcome === null ? nothing : html` <span class="twin-outcome" ?data-dropped=${outcome.drop !== null}>${outcome.text}</span>`}</td>
    <td class="rule">${why ?? ""} ${rule ? html`<code>${breakable(rule)}</code>` : nothing}</td></tr>`;
}

/** What came of an item in the same moment, which has no row of its own. */
interface Outcome {
  readonly seq: number;
  readonly text: string;
  readonly drop: PacketDropped | null;
}

function outcomeOf(item: Item, index: TraceIndex): Outcome | null {
  if (item.kind === "arrival") {
    const drop = dropEventOf(item, index);
    if (drop === null || drop.seq === item.seq) return null; // a drop says itself that it is one
    return { seq: drop.seq, text: `✗\u00a0Dropped: ${dropText(drop.reason)}.`, drop };
  }
  if (item.kind !== "call" || !returnsAtOnce(item.story)) return null;
  const { seq, text } = item.story.returned ?? { seq: 0, text: "" };
  const result = text.lastIndexOf(" = ");
  return result < 0 ? null : { seq, text: `Returns ${text.slice(result + 3)}.`, drop: null };
}

/** Where a name may be cut at the end of a line: behind a dot or an underscore. */
function breakable(name: string): TemplateResult[] {
  return name.split(/(?<=[._])/).map((part) => html`${part}<wbr>`);
}

/** Who sends what to whom; for what happens on one host alone, that host. */
export function ends(item: Item, index: TraceIndex): { readonly from: string; readonly to: string } {
  if (!("packet" in item)) return { from: item.host, to: "" };
  const sent = index.packet(item.packet)?.sent;
  const to = sent ? (index.hostOf(sent.dst) ?? sent.dst) : "";
  return { from: sent?.host ?? item.host, to: item.kind === "arrival" ? item.host : to };
}

/** A long run is told around the cursor: from its ends one can go on. */
function more(count: number, which: "earlier" | "later", end: Item | undefined): TemplateResult | typeof nothing {
  if (count === 0 || !end) return nothing;
  return html`<tr class="twin-more"><td colspan="6">${count.toLocaleString("en")} ${which} ${count === 1 ? "row is" : "rows are"} not shown.
    <button type="button" class="button button-small" data-goto=${end.seq}>Show ${which} ones</button></td></tr>`;
}
