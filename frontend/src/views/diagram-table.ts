import { html, type TemplateResult } from "lit";
import { formatTime } from "../base/time.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { Item } from "./diagram-items.ts";

export interface TableModel {
  readonly items: readonly Item[];
  readonly cursor: number;
  readonly event: (seq: number) => TraceEvent | undefined;
  readonly say: (seq: number) => string;
}

/** What the diagram shows, told: one row an item, with the same cursor. */
export function diagramTable({ items, cursor, event, say }: TableModel): TemplateResult {
  const current = items.findLast((item) => item.seq <= cursor)?.seq;
  return html`<table class="twin">
    <caption class="visually-hidden">The run, event by event</caption>
    <thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">Host</th>
      <th scope="col">What happens</th><th scope="col">Rule</th></tr></thead>
    <tbody>${items.map(
      (item) => html`<tr aria-current=${item.seq === current ? "true" : "false"} ?data-future=${item.seq > cursor}>
        <th scope="row"><a href="#e=${item.seq}">${item.seq}</a></th>
        <td class="number">${formatTime(item.at)}</td><td>${item.host}</td>
        <td>${say(item.seq)}</td><td class="rule">${event(item.seq)?.rule ?? ""}</td></tr>`,
    )}</tbody></table>`;
}
