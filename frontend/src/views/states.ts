import { html, nothing, svg, type TemplateResult } from "lit";
import { formatTime, type Nanos } from "../base/time.ts";
import { BOX, type Edge, type StateBox, type StateDiagram } from "./states-layout.ts";

export interface StatesModel {
  readonly choices: readonly { readonly key: string; readonly name: string }[];
  readonly chosen: string;
  readonly ends: readonly EndModel[];
  readonly listener: ListenerModel | null;
  readonly choose: (key: string) => void;
}

export interface EndModel {
  readonly host: string;
  /** `fd 3` or `socket 2`. */
  readonly name: string;
  readonly addresses: string;
  readonly state: string;
  readonly diagram: StateDiagram;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly at: Nanos;
  /** What brought it about: a call, a segment, a timer. */
  readonly cause: { readonly seq: number; readonly text: string } | null;
  /** As the figure says it; empty for what it does not have. */
  readonly figure: string;
  /** It is the event at the cursor. */
  readonly current: boolean;
}

export interface ListenerModel {
  readonly host: string;
  readonly key: string;
  readonly name: string;
  readonly children: readonly { readonly key: string; readonly name: string; readonly state: string }[];
}

const MOST_CHILDREN = 24;

/** The state machine of both ends of a connection, side by side. */
export function statesView(model: StatesModel): TemplateResult {
  if (model.choices.length === 0) {
    return html`<div class="empty-view"><h3>No TCP socket yet</h3>
      <p>Each end of a connection is in one of the eleven states of RFC 9293, figure 5. They appear here with the first
        <code>socket(AF_INET, SOCK_STREAM, 0)</code>, and move with every <code>listen</code>, <code>connect</code>,
        <code>close</code> and segment.</p></div>`;
  }
  return html`<div class="states" data-still>
    <div class="states-head"><label>Connection
      <select data-choose-connection @change=${(event: Event) => model.choose((event.target as HTMLSelectElement).value)}>
        ${model.choices.map(
          ({ key, name }) => html`<option value=${key} ?selected=${key === model.chosen}>${name}</option>`,
        )}</select></label>
      ${model.listener ? listenerLine(model.listener, model) : nothing}</div>
    <div class="states-ends">${model.ends.map(endView)}</div></div>`;
}

function listenerLine({ host, key, name, children }: ListenerModel, { chosen, choose }: StatesModel): TemplateResult {
  const more = children.length - MOST_CHILDREN;
  const chip = (to: string, text: string, state: string) => html`<button type="button" class="chip"
      aria-pressed=${to === chosen ? "true" : "false"} @click=${() => choose(to)}>${text}
      <span class="state-name" data-state=${state}>${state}</span></button>`;
  return html`<div class="states-family" aria-label="The listener and its children">${chip(key, `${host} ${name}`, "LISTEN")}
    ${children.slice(0, MOST_CHILDREN).map((child) => chip(child.key, child.name, child.state))}
    ${more > 0 ? html`<span class="quiet">and ${more} more</span>` : nothing}</div>`;
}

function endView(end: EndModel): TemplateResult {
  return html`<section class="states-end" data-end=${end.host} aria-label=${`States of ${end.host}`}>
    <header><h3>${end.host}</h3><span class="quiet">${end.name}</span>
      <span class="state-pill" data-end-state data-state=${end.state}>${end.state}</span>
      <span class="mono quiet">${end.addresses}</span></header>
    ${picture(end)}
    ${
      end.steps.length === 0
        ? html`<p class="empty">It has not left ${end.state} yet.</p>`
        : html`<ol class="states-steps">${end.steps.map(stepView)}</ol>`
    }</section>`;
}

function stepView(step: Step): TemplateResult {
  return html`<li ?data-current=${step.current}><a href="#e=${step.seq}">${step.from} → ${step.to}</a>
    <span class="number quiet">${formatTime(step.at)}</span>
    ${step.figure ? html`<span class="states-figure quiet">${step.figure}</span>` : html`<span class="states-figure quiet">not in the figure</span>`}
    ${step.cause ? html`<span class="states-cause"><a href="#e=${step.cause.seq}">${step.cause.seq}</a> ${step.cause.text}</span>` : nothing}</li>`;
}

function picture({ diagram, host, state, steps }: EndModel): TemplateResult {
  const said = [state, ...steps.map(({ from, to }) => `${from} to ${to}`)].join(", ");
  const taken = diagram.edges.filter((edge) => edge.steps.length > 0);
  const others = diagram.edges.filter((edge) => edge.steps.length === 0);
  return html`<svg class="states-picture" viewBox="0 0 ${diagram.width} ${diagram.height}" role="img"
      aria-label=${`TCP states of ${host}: now ${said}`}>
    <defs>${arrowHead("states-tip")}${arrowHead("states-tip-taken")}</defs>
    ${others.map(edgeLine)}${taken.map(edgeLine)}${diagram.boxes.map(box)}${taken.map(badge)}</svg>`;
}

function arrowHead(id: string): TemplateResult {
  return svg`<marker id=${id} class=${id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
    markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.8 L7.5 4 L0 7.2 Z"/></marker>`;
}

function edgeLine({ via, text, steps, extra, from, to }: Edge): TemplateResult {
  const tip = steps.length > 0 ? "url(#states-tip-taken)" : "url(#states-tip)";
  return svg`<polyline class="states-edge" ?data-taken=${steps.length > 0} ?data-extra=${extra} data-edge=${`${from} ${to}`}
    points=${via.map(({ x, y }) => `${x},${y}`).join(" ")} marker-end=${tip}><title>${text || "not in the figure"}</title></polyline>`;
}

function box({ state, id, x, y, lit, passed }: StateBox): TemplateResult {
  const { width, height } = BOX;
  return svg`<g class="states-box" data-box=${id} ?data-lit=${lit} ?data-passed=${passed}>
    <rect x=${x - width / 2} y=${y - height / 2} width=${width} height=${height} rx="6"/>
    <text x=${x} y=${y}>${state.replaceAll("_", "-")}</text></g>`;
}

/** The numbers of the steps that went this way. */
function badge({ badge: { x, y }, steps }: Edge): TemplateResult {
  const text = steps.length > 2 ? `${steps[0]}…${steps.at(-1)}` : steps.join(" ");
  const width = 12 + 6 * text.length;
  return svg`<g class="states-badge"><rect x=${x - width / 2} y=${y - 9} width=${width} height="18" rx="9"/>
    <text x=${x} y=${y}>${text}</text></g>`;
}
