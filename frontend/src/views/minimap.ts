import { html, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { clamp } from "../base/search.ts";
import { KINDS, type Kind, type KindCounts } from "../trace/kind-counts.ts";

export interface MinimapModel {
  readonly counts: KindCounts;
  readonly lastSeq: number;
  readonly cursor: number;
  /** The events that are drawn in the large. */
  readonly from: number;
  readonly to: number;
  readonly seek: (seq: number) => void;
}

const PARTS = 180;
const ROW = 7;
const NAMES: Readonly<Record<Kind, string>> = {
  call: "calls",
  state: "state changes",
  packet: "packets",
  trouble: "drops, retransmissions, errors",
  timer: "timers",
};

/**
 * The whole run from left to right, a row a kind of event. What the slider does it does for a pointer, where one sees
 * what there is; by keys there is the slider.
 */
export function minimapView(model: MinimapModel): TemplateResult {
  const { counts, lastSeq, cursor, from, to, seek } = model;
  const last = Math.max(lastSeq, 1);
  const at = (seq: number): number => (clamp(seq, 0, last) / last) * PARTS;
  const point = (event: PointerEvent): void => {
    const target = event.currentTarget as Element;
    if (event.type === "pointerdown") target.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const { left, width } = target.getBoundingClientRect();
    seek(clamp(Math.round(((event.clientX - left) / Math.max(width, 1)) * last), 0, last));
  };
  const height = ROW * KINDS.length;
  return html`<svg class="minimap" viewBox="0 0 ${PARTS} ${height}" preserveAspectRatio="none" aria-hidden="true"
      @pointerdown=${point} @pointermove=${point}>
    <title>The whole run, in rows: ${KINDS.map((kind) => NAMES[kind]).join("; ")}. Click to go there.</title>
    <rect class="minimap-window" x=${at(from)} width=${Math.max(at(to) - at(from), 1)} y="0" height=${height}/>
    ${guard([lastSeq], () =>
      KINDS.map(
        (kind, row) => svg`<path class="minimap-kind" data-kind=${kind} d=${columns(counts.parts(kind, PARTS), row)}/>`,
      ),
    )}
    <path class="minimap-cursor" d=${`M${at(cursor)} 0V${height}`}/></svg>`;
}

/** The more events, the higher; one is seen, too. */
function columns(parts: readonly number[], row: number): string {
  const most = Math.max(...parts, 1);
  const width = PARTS / Math.max(parts.length, 1);
  const bottom = (row + 1) * ROW - 1;
  return parts
    .map((count, i) => {
      if (count === 0) return "";
      const height = 2 + (ROW - 3) * Math.sqrt(count / most);
      return `M${(i * width).toFixed(1)} ${bottom}v${(-height).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`;
    })
    .join("");
}
