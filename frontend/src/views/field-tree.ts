import { html, nothing, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import { clamp } from "../base/search.ts";
import { bitPattern } from "./dissection.ts";
import type { Field } from "./field-reader.ts";
import { fieldOf, hexRows, octetsOf, pathOfOctet, treeRows } from "./field-tree-layout.ts";

export interface FieldTreeModel {
  readonly octets: Uint8Array;
  readonly fields: readonly Field[];
  readonly open: ReadonlySet<string>;
  readonly chosen: string;
}

export interface FieldTreeActions {
  choose(path: string): void;
  toggle(path: string, open: boolean): void;
  /** Puts a condition on a field into the filter; nothing where no filter knows it. */
  filterBy(field: Field): (() => void) | null;
}

/** A frame down to its bits: a tree of fields, what the chosen one is for, and its octets. */
export function fieldTree(model: FieldTreeModel, actions: FieldTreeActions): TemplateResult {
  const field = fieldOf(model.fields, model.chosen);
  return html`<div class="dissection">
    <div class="dissection-fields">${tree(model, actions)}${help(model, field, actions)}</div>
    ${hexDump(model, field, actions)}</div>`;
}

function tree({ fields, octets, open, chosen }: FieldTreeModel, actions: FieldTreeActions): TemplateResult {
  const rows = treeRows(fields, open);
  const at = rows.findIndex(({ path }) => path === chosen);
  const keys = (event: KeyboardEvent): void => {
    const row = rows[at] ?? rows[0];
    if (!row) return;
    if (event.key === "ArrowDown") actions.choose(rows[Math.min(at + 1, rows.length - 1)]?.path ?? row.path);
    else if (event.key === "ArrowUp") actions.choose(rows[Math.max(at - 1, 0)]?.path ?? row.path);
    else if (event.key === "ArrowRight" && row.open === false) actions.toggle(row.path, true);
    else if (event.key === "ArrowLeft" && row.open) actions.toggle(row.path, false);
    else if (event.key === "ArrowLeft" && row.level > 1) actions.choose(row.path.slice(0, row.path.lastIndexOf("/")));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="field-tree" role="tree" aria-label="Fields of the packet" tabindex="0"
    aria-activedescendant=${at < 0 ? nothing : `field-${at}`} @keydown=${keys}>${rows.map(
      ({ path, level, field, open: isOpen }, i) => html`<div role="treeitem" id=${`field-${i}`} class="field-row"
        ${properties({ "--level": String(level) })} aria-level=${level} aria-selected=${path === chosen ? "true" : "false"}
        aria-expanded=${isOpen === null ? nothing : String(isOpen)} data-field=${path} ?data-wrong=${field.wrong}
        @click=${() => choose(path, isOpen, path === chosen, actions)}><span class="twisty" aria-hidden="true"></span>
        ${bits(octets, field)}<span class="field-name">${field.name}</span>
        ${field.value ? html`<span class="field-value">${field.value}</span>` : nothing}</div>`,
    )}</div>`;
}

/** The first click chooses, as the next ones open and close. */
function choose(path: string, open: boolean | null, isChosen: boolean, actions: FieldTreeActions): void {
  actions.choose(path);
  if (open !== null && (isChosen || !open)) actions.toggle(path, !open);
}

function bits(octets: Uint8Array, field: Field): TemplateResult | typeof nothing {
  const pattern = bitPattern(octets, field);
  return pattern ? html`<code class="field-bits">${pattern}</code>` : nothing;
}

function help(model: FieldTreeModel, field: Field | null, actions: FieldTreeActions): TemplateResult {
  if (!field) return html`<p class="field-help quiet">Choose a field to see its octets and what it is for.</p>`;
  const { from, to } = octetsOf(field);
  const filter = actions.filterBy(field);
  return html`<p class="field-help" data-help=${model.chosen}>
    <b>${field.name}</b> <span class="quiet">${place(from, to, field)}</span>
    ${filter ? html`<button type="button" class="button button-quiet button-small" @click=${filter}>Filter by ${field.id}</button>` : nothing}
    <br>${field.help ?? "Its meaning is in its name."}</p>`;
}

function place(from: number, to: number, field: Field): string {
  const octets = to - from === 1 ? `octet ${from}` : `octets ${from} to ${to - 1}`;
  return field.bits % 8 === 0 ? octets : `${field.bits} of the bits of ${octets}`;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -16, ArrowDown: 16 };

/** The frame's octets, those of the chosen field marked; an octet chooses its field. */
function hexDump(model: FieldTreeModel, field: Field | null, actions: FieldTreeActions): TemplateResult {
  const { octets, fields } = model;
  const marked = octetsOf(field);
  const choose = (octet: number): void => actions.choose(pathOfOctet(fields, clamp(octet, 0, octets.length - 1)));
  const clicked = (event: Event): void => {
    const octet = (event.target as HTMLElement).dataset["octet"];
    if (octet !== undefined) choose(Number(octet));
  };
  const keys = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(step > 0 ? Math.max(marked.to - 1, 0) + step : marked.from + step);
  };
  return html`<div class="hex" role="group" aria-label="Octets of the packet; arrows go from field to field" tabindex="0"
    @click=${clicked} @keydown=${keys}>${hexRows(octets).map(
      ({ offset, first, octets: row, text }) => html`<div class="hex-row"><span class="hex-offset">${offset}</span><span
        class="hex-octets">${row.map(
          (octet, i) => html`<span data-octet=${first + i}
          ?data-on=${first + i >= marked.from && first + i < marked.to}>${octet}</span>`,
        )}</span><span class="hex-text">${text}</span></div>`,
    )}</div>`;
}
