import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { properties } from "../base/dom.ts";
import { followRow, type Shown } from "../base/windowed.ts";
import type { FrameRow } from "../trace/frame-list.ts";
import type { FilterError } from "./display-filter.ts";
import { type FieldTreeActions, type FieldTreeModel, fieldTree } from "./field-tree.ts";
import type { FilterField } from "./filter-fields.ts";
import { packetLine } from "./packets-layout.ts";

/** Height of a row and of the head, px; the style sheet has the same. */
export const ROW = 24;
export const HEAD = 26;

export interface NumberedRow {
  readonly row: FrameRow;
  /** Its place in the list without a filter, from 1. */
  readonly number: number;
}

export interface PacketsModel {
  readonly cards: readonly string[];
  readonly card: string;
  readonly rows: readonly NumberedRow[];
  readonly total: number;
  readonly shown: Shown;
  /** Index in `rows` of the last one at or before the cursor; -1 for none. */
  readonly current: number;
  readonly cursor: number;
  readonly filter: string;
  readonly error: FilterError | null;
  readonly completions: readonly FilterField[];
  readonly narrow: boolean;
  /** What the frame is made of; null while its octets are on their way. */
  readonly tree: FieldTreeModel | null;
  readonly problem: string;
  readonly downloads: readonly Download[];
}

export interface Download {
  readonly href: string;
  readonly name: string;
  readonly title: string;
}

export interface PacketsActions extends FieldTreeActions {
  setCard(card: string): void;
  setFilter(text: string): void;
  complete(field: FilterField): void;
  scrolled(top: number, height: number): void;
  /** Moves the cursor to the row that many behind the current one. */
  step(by: number): void;
}

const EXAMPLES = ["tcp.flags.syn == 1", "tcp.len > 0", "tcp.analysis.flags", "udp || icmp"];

/** The run's packets as Wireshark lists them, and the one at the cursor down to its bits. */
export function packetsView(model: PacketsModel, actions: PacketsActions): TemplateResult {
  return html`<div class="packets" data-still ?data-narrow=${model.narrow}>
    ${bar(model, actions)}
    ${model.rows.length === 0 ? empty(model, actions) : list(model, actions)}
    ${details(model, actions)}</div>`;
}

function bar(model: PacketsModel, actions: PacketsActions): TemplateResult {
  const { error, filter } = model;
  return html`<form class="packets-bar" @submit=${(event: Event) => event.preventDefault()}>
    <label class="packets-card"><span class="visually-hidden">Seen by</span>
      <select @change=${(event: Event) => actions.setCard((event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${model.card === ""}>every packet once, as it is sent</option>
        ${model.cards.map((card) => html`<option value=${card} ?selected=${card === model.card}>as ${card} sees it</option>`)}
      </select></label>
    <div class="packets-filter">
      <input type="text" aria-label="Filter, as Wireshark spells it" placeholder="Filter: tcp.flags.syn == 1" spellcheck="false"
        autocomplete="off" autocapitalize="off" .value=${live(filter)} aria-invalid=${error ? "true" : "false"}
        aria-describedby="filter-said" @input=${(event: Event) => actions.setFilter((event.target as HTMLInputElement).value)}>
      ${model.completions.length > 0 ? completions(model, actions) : nothing}</div>
    <span class="packets-count quiet" role="status">${model.rows.length} of ${model.total}</span>
    ${takeAlong(model)}
    <p class="filter-said" id="filter-said">${error ? said(filter, error) : nothing}</p></form>`;
}

function completions(model: PacketsModel, actions: PacketsActions): TemplateResult {
  return html`<ul class="filter-completions">${model.completions.map(
    (field) => html`<li><button type="button" @click=${() => actions.complete(field)}><code>${field.name}</code>
      <span class="quiet">${field.help}</span></button></li>`,
  )}</ul>`;
}

/** Where a filter stops making sense, with the place marked. */
function said(filter: string, { at, length, message }: FilterError): TemplateResult {
  const end = at + length;
  return html`<code>${filter.slice(0, at)}<mark>${filter.slice(at, end) || "␣"}</mark>${filter.slice(end)}</code> ${message}`;
}

function takeAlong({ downloads }: PacketsModel): TemplateResult {
  return html`<details class="take-along"><summary class="button button-quiet button-small">Take along</summary>
    <div class="take-card"><h3>This run, up to the cursor</h3>
      <ul>${downloads.map(({ href, name, title }) => html`<li><a href=${href} download>${name}</a> <span class="quiet">${title}</span></li>`)}</ul>
      <h3>Open in Wireshark</h3>
      <p>File → Open the <b>.pcapng</b>. Each packet has a comment: its event here, what caused it and the rule that decided it;
      <kbd>frame.comment</kbd> as a column shows them all. Times count from the start of the run: View → Time Display Format →
      Seconds Since First Captured Packet. Analysis wants one card: the file of the whole run has each packet twice.</p></div></details>`;
}

function empty(model: PacketsModel, actions: PacketsActions): TemplateResult {
  if (model.total === 0) {
    return html`<div class="packets-empty"><p><b>No packet yet.</b> connect(), send() and sendto() make some: type one in a console,
      then let time go on.</p></div>`;
  }
  return html`<div class="packets-empty"><p>${model.error ? "The filter cannot be read." : "No packet passes the filter."} Try</p>
    <p>${EXAMPLES.map(
      (text) =>
        html`<button type="button" class="button button-quiet button-small" @click=${() => actions.setFilter(text)}><code>${text}</code></button> `,
    )}<button type="button" class="button button-quiet button-small" @click=${() => actions.setFilter("")}>no filter</button></p></div>`;
}

function list(model: PacketsModel, actions: PacketsActions): TemplateResult {
  const { rows, shown, current, cursor } = model;
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
  const stamp = `${cursor} ${rows.length} ${model.card} ${model.filter}`;
  return html`<div class="packets-list" tabindex="0" role="group" aria-label="Packets; up and down go from one to the next"
    @keydown=${keys} @scroll=${scrolled} ${followRow({ index: current, row: ROW, head: HEAD, stamp })}>
    <table aria-rowcount=${rows.length + 1}><thead><tr><th scope="col">No.</th><th scope="col">Time</th>
      <th scope="col" class="wide">Source</th><th scope="col" class="wide">Destination</th><th scope="col">Protocol</th>
      <th scope="col" class="wide number">Length</th><th scope="col">Info</th></tr></thead>
      <tbody ${properties({ "--above": `${shown.first * ROW}px`, "--below": `${(rows.length - shown.end) * ROW}px` })}>
        <tr class="above" aria-hidden="true"></tr>
        ${rows.slice(shown.first, shown.end).map((row, i) => packetRow(row, shown.first + i, model))}
        <tr class="below" aria-hidden="true"></tr></tbody></table></div>`;
}

function packetRow({ row, number }: NumberedRow, index: number, { current, cursor }: PacketsModel): TemplateResult {
  const line = packetLine(row);
  return html`<tr data-goto=${row.seq} data-kind=${line.kind} data-packet=${row.packet} aria-rowindex=${index + 2}
    data-current=${index === current ? "" : nothing} ?data-future=${row.seq > cursor}>
    <th scope="row" class="number"><a href="#e=${row.seq}">${number}</a></th><td class="number">${line.time}</td>
    <td class="wide">${line.source}</td><td class="wide">${line.destination}</td><td><span class="proto">${line.protocol}</span></td>
    <td class="wide number">${row.length}</td>
    <td class="info">${line.marks.map((mark) => html`<span class="mark" data-mark=${mark.split(":")[0] ?? ""}>${mark}</span> `)}${line.info}</td></tr>`;
}

function details({ tree, problem, current, rows }: PacketsModel, actions: PacketsActions): TemplateResult {
  if (problem) return html`<p class="packets-details notice notice-problem">${problem}</p>`;
  if (current < 0 && rows.length > 0)
    return html`<p class="packets-details quiet">Nothing has been sent yet at the cursor.</p>`;
  if (!tree) return html`<p class="packets-details quiet">${rows.length > 0 ? "Octets are on their way…" : ""}</p>`;
  return html`<div class="packets-details">${fieldTree(tree, actions)}</div>`;
}
