import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { formatDuration, formatShortTime } from "../base/time.ts";
import type { TraceIndex } from "../trace/trace-index.ts";
import { arrowView, round } from "./diagram-arrow.ts";
import { LINE, type Moment } from "./diagram-axis.ts";
import { breadth, type Column, crowded, isNarrow } from "./diagram-columns.ts";
import { foldText } from "./diagram-folds.ts";
import { type Bar, cursorY, type Diagram } from "./diagram-layout.ts";
import { type Look, noteView, stateView } from "./diagram-notes.ts";
import type { Row } from "./diagram-rows.ts";
import type { Traffic } from "./diagram-traffic.ts";

export interface DiagramModel {
  readonly diagram: Diagram;
  readonly cursor: number;
  readonly index: TraceIndex;
  /** What folds hold. */
  readonly traffic: Traffic;
  readonly addresses: ReadonlyMap<string, string>;
  /** The sentence of an event, for its tooltip and for who cannot see the picture. */
  readonly say: (seq: number) => string;
  /** Letters of what belongs together, by packets and calls: `p12`, `c3`. */
  readonly badges: ReadonlyMap<string, string>;
  /** What is drawn from above to below: a little more than what is seen. */
  readonly band: Band;
  /** Opens a fold, which begins at an item. */
  readonly unfold: (item: number) => void;
}

export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The space-time diagram. Whatever has `data-goto` moves the cursor there. A part of it is made anew only when it has
 * changed: a step of the cursor touches a few of some hundred.
 */
export function diagramView(model: DiagramModel): TemplateResult {
  const { diagram, cursor, say, band } = model;
  const { width, height } = diagram;
  const y = cursorY(diagram, cursor);
  const look = (seq: number, key: string) => ({
    selected: seq === cursor,
    future: seq > cursor,
    badge: model.badges.get(key) ?? "",
    say,
  });
  return html`
    ${guard([diagram], () => hiddenNotice(diagram.hidden.above, "earlier", diagram.rows[0]?.seq))}
    <svg class="diagram" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="group" data-lanes=${diagram.columns.some((c) => c.lanes)}
      aria-label="Space-time diagram; the same is told as a table under Table">
      ${guard([diagram, band], () => instants(diagram, band))}
      ${y === null ? nothing : svg`<rect class="cursor-band" x="0" y=${round(y - 11)} width=${width} height="22" rx="4"/>`}
      ${guard([diagram, band], () => svg`${lanes(diagram, band)}${times(diagram, band)}${diagram.columns.map((column) => lifeline(column, diagram))}`)}
      ${seen(
        diagram.bars,
        ({ story }) => story.entered.seq,
        (bar) => meets(band, bar.y, bar.y + bar.height),
        (bar) => {
          const { future, badge } = look(bar.story.entered.seq, `c${bar.story.call}`);
          return guard([bar, future, badge], () => barView(bar, future, badge));
        },
      )}
      ${seen(
        diagram.arrows,
        ({ packet, endSeq, copy }) => `${packet} ${endSeq} ${copy}`,
        (arrow) => meets(band, arrow.from.y, arrow.to.y),
        (arrow) => {
          const its = look(arrow.seq, `p${arrow.packet}`);
          const selected = its.selected || (arrow.endSeq > 0 && cursor === arrow.endSeq);
          const level = diagram.level.has(arrow);
          const endLater = arrow.endSeq > cursor;
          return guard([arrow, selected, its.future, endLater, its.badge], () =>
            arrowView(arrow, { ...its, selected, endLater, level }),
          );
        },
      )}
      ${seen(
        diagram.folds,
        ({ seq }) => seq,
        ({ y }) => meets(band, y),
        (row) => {
          const current = row.seq <= cursor && cursor <= row.lastSeq;
          return guard([row, row.seq > cursor, current], () => foldView(row, current, row.seq > cursor, model));
        },
      )}
      ${seen(
        diagram.states,
        ({ item }) => item.seq,
        ({ y }) => meets(band, y),
        (label) => guarded(label, look(label.item.seq, ""), stateView),
      )}
      ${seen(
        diagram.notes,
        ({ item }) => `${item.kind} ${item.seq}`,
        ({ y }) => meets(band, y),
        (label) =>
          guarded(label, look(label.item.seq, "story" in label.item ? `c${label.item.story.call}` : ""), (it, its) =>
            noteView(it, its, model),
          ),
      )}
    </svg>
    ${guard([diagram], () => hiddenNotice(diagram.hidden.below, "later", diagram.rows.at(-1)?.seq))}`;
}

/**
 * Those that are seen, each in an element of its own for as long as it is: where the picture is scrolled, what leaves it
 * above does not hand its element on to the next, which would change all of them. Those of one key are told apart by
 * their order.
 */
function seen<T>(
  all: readonly T[],
  key: (one: T) => string | number,
  isSeen: (one: T) => boolean,
  view: (one: T) => unknown,
): unknown {
  const met = new Map<string | number, number>();
  const ownKey = (one: T): string => {
    const its = key(one);
    const before = met.get(its) ?? 0;
    met.set(its, before + 1);
    return `${its} ${before}`;
  };
  return repeat(all.filter(isSeen), ownKey, view);
}

const meets = (band: Band, from: number, to = from): boolean => from <= band.bottom && to >= band.top;

function guarded<T>(label: T, look: Look, view: (label: T, look: Look) => TemplateResult): unknown {
  return guard([label, look.selected, look.future, look.badge], () => view(label, look));
}

const LANE_NAMES = { application: "calls", buffers: "buffers", nic: "NIC" } as const;

/** Stays in view while the run is scrolled. */
export function hostNames(diagram: Diagram, addresses: ReadonlyMap<string, string>): TemplateResult {
  const laned = diagram.columns.some(({ lanes }) => lanes);
  const address = (host: string): string => addresses.get(host) ?? "";
  const lower = crowded(diagram.columns, address) ? 13 : 0; // every second one
  const height = (laned ? 56 : 42) + lower;
  return html`<svg class="diagram diagram-head" viewBox="0 0 ${diagram.width} ${height}" width=${diagram.width} height=${height} aria-hidden="true">
    ${diagram.columns.map((column, i) => {
      const { x, width } = breadth(column);
      const middle = column.lanes ? x + width / 2 : column.x;
      return svg`<text class="host-name" x=${middle} y="19" text-anchor="middle">${column.host}</text>
        <text class="host-address" x=${middle} y=${35 + (i % 2) * lower} text-anchor="middle">${address(column.host)}</text>
        ${Object.entries(column.lanes ?? {}).map(
          ([
            name,
            lane,
          ]) => svg`<text class="lane-name" x=${lane.x + lane.width / 2} y=${51 + lower} text-anchor="middle">
            ${LANE_NAMES[name as keyof typeof LANE_NAMES]}</text>`,
        )}`;
    })}</svg>`;
}

/** A long run is drawn around the cursor: from its ends one can go on. */
function hiddenNotice(count: number, which: "earlier" | "later", seq = 0): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<p class="diagram-hidden">${count.toLocaleString("en")} ${which} ${count === 1 ? "item is" : "items are"} not drawn.
    <button type="button" class="button button-small" data-goto=${seq}>Show ${which} ones</button></p>`;
}

function instants({ axis, width }: Diagram, band: Band): TemplateResult {
  return svg`<defs>${markers()}${patterns()}</defs>
    ${seen(
      axis.placed,
      ({ at }) => at,
      ({ lines, y }) => lines > 1 && meets(band, y, y + lines * LINE),
      ({ lines, y }) => svg`<rect class="instant" x="0" y=${round(y)} width=${width} height=${lines * LINE}/>`,
    )}`;
}

function lanes({ columns, fills, height }: Diagram, band: Band): TemplateResult {
  return svg`${columns.map((column) =>
    Object.entries(column.lanes ?? {}).map(
      ([name, { x, width }]) =>
        svg`<rect class="lane" data-lane=${name} data-lane-host=${column.host} x=${x} y="0" width=${width} height=${height - 10}/>`,
    ),
  )}
    ${fills.map(
      ({
        boxes,
        layer,
        host,
        peak,
      }) => svg`<path class="fill" data-fill=${layer} data-fill-host=${host} data-peak=${peak}
        d=${boxes
          .filter((b) => meets(band, b.y, b.y + b.height))
          .map((b) => `M${round(b.x)} ${round(b.y)}h${round(b.width)}v${round(b.height)}h${-round(b.width)}z`)
          .join("")}/>`,
    )}`;
}

const KINDS = ["syn", "fin", "rst", "data", "ack", "udp", "icmp"] as const;

function markers(): TemplateResult[] {
  return KINDS.flatMap((kind) => [marker(kind, false), marker(kind, true)]);
}

/** What ends in it does not make it faint: that it has by itself. */
function marker(kind: (typeof KINDS)[number], later: boolean): TemplateResult {
  return svg`<marker id=${`head-${kind}${later ? "-later" : ""}`} class="head" data-kind=${kind} ?data-later=${later} viewBox="0 0 10 10"
    refX="9.5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 L10 5 L0 9 z"/></marker>`;
}

/** What has been sent and is not acknowledged, and what is out of order, is told from the rest without colour. */
function patterns(): TemplateResult {
  return svg`<pattern id="hatch-up" class="hatch" patternUnits="userSpaceOnUse" width="5" height="5">
      <path d="M-1 6L6 -1M-1 1L1 -1M4 6L6 4"/></pattern>
    <pattern id="hatch-down" class="hatch" patternUnits="userSpaceOnUse" width="5" height="5">
      <path d="M-1 -1L6 6M4 -1L6 1M-1 4L1 6"/></pattern>`;
}

function lifeline({ x, lanes }: Column, { height }: Diagram): TemplateResult {
  return svg`<line class="lifeline" ?data-laned=${lanes !== null} x1=${x} x2=${x} y1="0" y2=${height - 10}/>`;
}

function times({ axis, width }: Diagram, band: Band): unknown {
  const narrow = isNarrow(width);
  return seen(
    axis.placed,
    ({ at }) => at,
    ({ y }) => meets(band, y - LINE, y + LINE),
    (moment) => svg`<g class="moment">${breakView(moment, width)}
      <text class="time" x="2" y=${round(narrow ? moment.y - 1 : moment.y + 15)}>${formatShortTime(moment.at)}</text></g>`,
  );
}

function breakView({ idle, y }: Moment, width: number): TemplateResult | typeof nothing {
  if (idle === null) return nothing;
  return svg`<path class="break" d=${`M0 ${round(y - 26)} H${width} M0 ${round(y - 20)} H${width}`}/>
    <text class="break-text" x=${width / 2} y=${round(y - 19)} text-anchor="middle">${formatDuration(idle)} go by</text>`;
}

function barView({ story, x, y, height, waits }: Bar, future: boolean, badge: string): TemplateResult {
  return svg`<g class="bar" data-goto=${story.entered.seq} ?data-future=${future} ?data-linked=${badge !== ""}>
    <rect class="bar-run" x=${x - 3} y=${round(y)} width="6" height=${round(height)} rx="3"/>
    ${waits ? svg`<rect class="bar-wait" x=${x - 3} y=${round(waits.y)} width="6" height=${round(waits.height)}/>` : nothing}
  </g>`;
}

/** A row that stands for many. */
function foldView(
  { fold, seq, y }: Row,
  current: boolean,
  future: boolean,
  { diagram, traffic, unfold }: DiagramModel,
): TemplateResult {
  if (!fold) return svg``;
  const text = foldText(fold, traffic);
  const first = diagram.columns[0]?.wire ?? 0;
  const last = diagram.columns.at(-1)?.wire ?? first;
  const width = Math.min(Math.max(text.length * 6.6 + 76, 180), diagram.width - 8);
  const x = Math.min(Math.max((first + last) / 2 - width / 2, 4), diagram.width - width - 4);
  const open = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    unfold(fold.from);
  };
  return svg`<g class="fold" data-fold=${fold.to - fold.from} data-fold-seq=${seq} ?data-selected=${current} ?data-future=${future}
      tabindex="0" role="button" aria-label=${`${text}: show all ${fold.to - fold.from}`} @click=${open} @keydown=${open}>
    <rect x=${round(x)} y=${round(y - 11)} width=${round(width)} height="22" rx="11"/>
    <path class="fold-sign" d=${`M${round(x + 11)} ${round(y)} h10 m-5 -5 v10`}/>
    <text x=${round(x + 30)} y=${round(y + 4)}>${text}</text></g>`;
}
