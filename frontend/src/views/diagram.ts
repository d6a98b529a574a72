import { html, nothing, svg, type TemplateResult } from "lit";
import { formatDuration, formatShortTime } from "../base/time.ts";
import { dropText } from "../trace/wire-names.ts";
import { isNarrow } from "./diagram-columns.ts";
import type { Item } from "./diagram-items.ts";
import { type Arrow, type Bar, cursorY, type Diagram, type Label } from "./diagram-layout.ts";
import { fitCall, packetKind, packetLabel, socketBadge, withNames } from "./diagram-text.ts";

export interface DiagramModel {
  readonly diagram: Diagram;
  readonly cursor: number;
  readonly addresses: ReadonlyMap<string, string>;
  /** The sentence of an event, for its tooltip and for who cannot see the picture. */
  readonly say: (seq: number) => string;
}

/** Widths of a character of the diagram's text, px: of small text in the monospaced face, and of states. */
const CHARACTER = 7;
const STATE_CHARACTER = 7.2;

/** The space-time diagram. Whatever has `data-goto` moves the cursor there. */
export function diagramView(model: DiagramModel): TemplateResult {
  const { diagram, cursor } = model;
  const { width, height } = diagram;
  const y = cursorY(diagram, cursor);
  return html`
    ${hostNames(model)}
    ${hiddenNotice(diagram.hidden.above, "earlier")}
    <svg class="diagram" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="group"
      aria-label="Space-time diagram; the same is told as a table under Table">
      <defs>${markers()}</defs>
      ${y === null ? nothing : svg`<rect class="cursor-band" x="0" y=${y - 11} width=${width} height="22" rx="4"/>`}
      ${times(diagram)}
      ${diagram.columns.map(({ x }) => svg`<line class="lifeline" x1=${x} x2=${x} y1="0" y2=${height - 10}/>`)}
      ${diagram.bars.map((bar) => barView(bar, model))}
      ${diagram.arrows.map((arrow) => arrowView(arrow, model))}
      ${diagram.states.map((label) => stateView(label, model))}
      ${diagram.notes.map((label) => noteView(label, model))}
    </svg>
    ${hiddenNotice(diagram.hidden.below, "later")}`;
}

/** Stays in view while the run is scrolled. */
function hostNames({ diagram, addresses }: DiagramModel): TemplateResult {
  return html`<svg class="diagram diagram-head" viewBox="0 0 ${diagram.width} 42" width=${diagram.width} height="42" aria-hidden="true">
    ${diagram.columns.map(
      ({ host, x }) => svg`<text class="host-name" x=${x} y="19" text-anchor="middle">${host}</text>
        <text class="host-address" x=${x} y="35" text-anchor="middle">${addresses.get(host) ?? ""}</text>`,
    )}</svg>`;
}

function hiddenNotice(count: number, which: string): TemplateResult | typeof nothing {
  return count === 0
    ? nothing
    : html`<p class="diagram-hidden">${count} ${which} items are not drawn. Move the cursor to see them.</p>`;
}

const MARKERS = ["syn", "fin", "rst", "data", "ack", "udp", "icmp"] as const;

function markers(): TemplateResult[] {
  return MARKERS.map(
    (kind) => svg`<marker id="head-${kind}" class="head" data-kind=${kind} viewBox="0 0 10 10" refX="9.5" refY="5"
      markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 L10 5 L0 9 z"/></marker>`,
  );
}

function times({ moments, width }: Diagram): TemplateResult[] {
  const narrow = isNarrow(width);
  return moments.map(
    ({ at, y, idle }) => svg`<g class="moment">
      ${
        idle === null
          ? nothing
          : svg`<path class="break" d="M0 ${y - 26} H${width} M0 ${y - 20} H${width}"/>
        <text class="break-text" x=${width / 2} y=${y - 19} text-anchor="middle">${formatDuration(idle)} go by</text>`
      }
      <text class="time" x="2" y=${narrow ? y - 1 : y + 15}>${formatShortTime(at, narrow ? 3 : 6)}</text></g>`,
  );
}

/** Later than the cursor: shown faintly. */
const future = (seq: number, { cursor }: DiagramModel): boolean => seq > cursor;

function barView({ item, x, y, height, waits }: Bar, model: DiagramModel): TemplateResult {
  return svg`<g class="bar" data-goto=${item.seq} ?data-future=${future(item.seq, model)}>
    <rect class="bar-run" x=${x - 3} y=${y} width="6" height=${height} rx="3"/>
    ${waits ? svg`<rect class="bar-wait" x=${x - 3} y=${waits.y} width="6" height=${waits.height}/>` : nothing}
  </g>`;
}

function arrowView(arrow: Arrow, model: DiagramModel): TemplateResult {
  const { from, to, story, end } = arrow;
  const kind = packetKind(story);
  const { name, numbers } = packetLabel(story);
  const sent = story.sent;
  const again = sent?.type === "SegmentSent" && sent.retransmission > 0;
  const line = `M${from.x} ${from.y} L${to.x} ${to.y}`;
  const selected = model.cursor === arrow.seq || (arrow.endSeq > 0 && model.cursor === arrow.endSeq);
  return svg`<g class="arrow" data-arrow data-flags=${name} data-seq=${arrow.seq} data-goto=${arrow.seq}
      data-kind=${kind} data-end=${end} ?data-again=${again} ?data-selected=${selected}
      ?data-future=${future(arrow.seq, model)} tabindex=${selected ? 0 : -1} role="button"
      aria-label=${`${name} ${numbers}: ${model.say(arrow.seq)} ${arrow.reason ? dropText(arrow.reason) : ""}`}>
    <title>${model.say(arrow.seq)}</title>
    <path class="arrow-hit" d=${line}/>
    <path class="arrow-line" d=${line} marker-end=${end === "arrived" ? `url(#head-${kind})` : nothing}/>
    ${arrowText(arrow, name, again ? `${numbers}  again` : numbers)}
    ${end === "lost" || end === "dropped" ? cross(arrow) : nothing}
  </g>`;
}

/** Along the arrow, nearer to where it begins, so that two that cross are told apart. */
function arrowText({ from, to, end }: Arrow, name: string, numbers: string): TemplateResult {
  const part = end === "lost" ? 0.48 : 0.45;
  const x = from.x + (to.x - from.x) * part;
  const y = from.y + (to.y - from.y) * part;
  const [a, b] = from.x < to.x ? [from, to] : [to, from];
  const degrees = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  return svg`<text class="arrow-text" x=${x} y=${y - 5} text-anchor="middle"
    transform="rotate(${degrees.toFixed(2)} ${x} ${y})"><tspan class="flags">${name}</tspan> <tspan dx="2">${numbers}</tspan></text>`;
}

function cross({ to, from, end, reason }: Arrow): TemplateResult {
  const side = to.x > from.x ? 1 : -1;
  return svg`<path class="cross" d="M${to.x - 6} ${to.y - 6} l12 12 m0 -12 l-12 12"/>
    ${
      end === "lost"
        ? svg`<text class="cross-text" x=${to.x + side * 12} y=${to.y + 4} text-anchor=${side > 0 ? "start" : "end"}>
      ${dropText(reason ?? "")}</text>`
        : nothing
    }`;
}

/** On the inner side of the lifeline: the state that a socket is in from here on. */
function stateView({ item, x, y, column }: Label<Item>, model: DiagramModel): TemplateResult {
  if (item.kind !== "state") return svg``;
  const text = `${item.to} ${socketBadge(item.socket)}`;
  const width = text.length * STATE_CHARACTER + 14;
  const left = column.outside < 0 ? x - 6 : x - width + 6;
  return svg`<g class="state" data-goto=${item.seq} data-state=${item.to} ?data-selected=${model.cursor === item.seq}
      ?data-future=${future(item.seq, model)} tabindex=${model.cursor === item.seq ? 0 : -1} role="button"
      aria-label=${`${text}: ${model.say(item.seq)}`}>
    <title>${model.say(item.seq)}</title>
    <rect x=${left} y=${y - 9.5} width=${width} height="19" rx="9.5"/>
    <text x=${left + width / 2} y=${y + 4} text-anchor="middle">${text}</text></g>`;
}

function noteView({ item, x, y, column }: Label<Item>, model: DiagramModel): TemplateResult {
  const text = withNames(noteText(item), model.addresses);
  const room = Math.floor(column.room / CHARACTER);
  const at = x + column.outside * (column.barOffset + 10);
  return svg`<g class="note" data-goto=${item.seq} data-kind=${item.kind} ?data-failed=${failed(item)}
      ?data-selected=${model.cursor === item.seq} ?data-future=${future(item.seq, model)} tabindex=${model.cursor === item.seq ? 0 : -1} role="button"
      aria-label=${`${text}: ${model.say(item.seq)}`}>
    <title>${text}</title>
    <text x=${at} y=${y + 4} text-anchor=${column.outside < 0 ? "end" : "start"}>${fitCall(text, room)}</text></g>`;
}

function noteText(item: Item): string {
  switch (item.kind) {
    case "call":
      return item.atOnce ? (item.story.returned?.text ?? "") : item.story.entered.text;
    case "return":
      return returned(item.story.returned?.text ?? "");
    case "arrival":
      return item.dropped === null ? "" : dropText(item.dropped);
    case "note":
      return item.text;
    default:
      return "";
  }
}

/** Of a call that had to wait, the result alone: what it was stands where it began. */
function returned(text: string): string {
  const at = text.lastIndexOf(" = ");
  return at < 0 ? text : text.slice(at + 1);
}

function failed(item: Item): boolean {
  if (item.kind === "arrival") return item.dropped !== null;
  return (item.kind === "return" || (item.kind === "call" && item.atOnce)) && item.story.returned?.errno !== undefined;
}
