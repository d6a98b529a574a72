import { nothing, svg, type TemplateResult } from "lit";
import { dropText } from "../trace/wire-names.ts";
import type { Arrow } from "./diagram-arrows.ts";
import { longestLeg, slope } from "./diagram-levels.ts";
import { arrowTags, packetKind, packetLabel } from "./diagram-text.ts";

/** Width of a character of an arrow's text, px. */
const CHARACTER = 6.2;

/** How an arrow stands to what is pointed at. */
export interface ArrowLook {
  readonly selected: boolean;
  /** Later than the cursor. */
  readonly future: boolean;
  /** What became of it is later than the cursor. */
  readonly endLater: boolean;
  /** Its words stand level, and not along the line. */
  readonly level: boolean;
  /** The letter of what it belongs together with, if that is pointed at. */
  readonly badge: string;
  readonly say: (seq: number) => string;
}

/** A packet on its way: its line says what it is, the words on it and the mark at its end what became of it. */
export function arrowView(arrow: Arrow, { selected, future, endLater, level, badge, say }: ArrowLook): TemplateResult {
  const { path, story, end } = arrow;
  const kind = packetKind(story);
  const words = placeWords(arrow, level);
  const { name, numbers } = packetLabel(story, words.room / CHARACTER);
  const tags = arrowTags(arrow);
  const line = `M${path.map(({ x, y }) => `${round(x)} ${round(y)}`).join(" L")}`;
  const told = say(arrow.seq);
  return svg`<g class="arrow" data-arrow data-flags=${name} data-seq=${arrow.seq} data-packet=${arrow.packet}
      data-goto=${arrow.seq} data-kind=${kind} data-end=${end} data-tags=${tags.length > 0 ? tags.join(", ") : nothing}
      ?data-again=${story.sent?.type === "SegmentSent" && story.sent.retransmission > 0} ?data-copy=${arrow.copy}
      ?data-folded=${arrow.folded} ?data-overtaken=${story.overtaken} ?data-marked=${story.marked.length > 0}
      ?data-selected=${selected} ?data-linked=${badge !== ""} ?data-future=${future} tabindex=${selected ? 0 : -1} role="button"
      aria-label=${[`${name} ${numbers}:`, told, ...tags, arrow.reason ? dropText(arrow.reason) : ""].join(" ").trim()}>
    <title>${told}</title>
    <path class="arrow-hit" d=${line}/>
    <path class="arrow-line" d=${line} marker-end=${end === "arrived" ? `url(#head-${kind}${future ? "-later" : ""})` : nothing}/>
    ${arrow.copy ? svg`<path class="arrow-core" d=${line}/>` : nothing}
    ${wordsView(words, name, end === "waiting" ? "waits" : numbers, tags, badge)}
    ${end === "lost" || end === "dropped" ? cross(arrow, endLater) : nothing}
  </g>`;
}

/** Where an arrow's words stand. */
interface Words {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  /** Degrees. */
  readonly turn: number;
  /** px */
  readonly room: number;
}

/** How much lower than along a line words stand beside a steep one's beginning, px: clear of a state in the row above. */
const BELOW_STATE = 5;

/**
 * Along the arrow, nearer to where it begins, so that two that cross are told apart; or level beside its beginning, in the
 * row that is its own.
 */
function placeWords({ path, end, from, seq, story }: Arrow, level: boolean): Words {
  const leg = longestLeg(path);
  const width = Math.abs(leg.to.x - leg.from.x);
  const right = leg.to.x > leg.from.x;
  const anchor = right ? "start" : "end";
  if (end === "waiting") return { x: leg.to.x + (right ? 4 : -4), y: leg.to.y + 9, anchor, turn: 0, room: 90 };
  if (level) {
    const atEnd = (story.copied ?? story.sent)?.seq !== seq;
    const x = atEnd ? leg.to.x + (right ? -8 : 8) : leg.from.x + (right ? 6 : -6);
    return {
      x,
      y: atEnd ? leg.to.y : from.y + BELOW_STATE,
      anchor: atEnd === right ? "end" : "start",
      turn: 0,
      room: width * 0.52,
    };
  }
  const part = end === "lost" ? 0.48 : 0.45;
  const x = leg.from.x + (leg.to.x - leg.from.x) * part;
  const y = leg.from.y + (leg.to.y - leg.from.y) * part;
  const turn = (Math.atan(right ? slope(leg) : -slope(leg)) * 180) / Math.PI;
  return {
    x,
    y,
    anchor: "middle",
    turn,
    room: Math.hypot(width, leg.to.y - leg.from.y) * (end === "lost" ? 0.95 : 0.85),
  };
}

function wordsView(
  { x, y, anchor, turn }: Words,
  name: string,
  numbers: string,
  tags: readonly string[],
  badge: string,
): TemplateResult {
  const [left, top] = [round(x), round(y)];
  return svg`<g transform=${turn === 0 ? nothing : `rotate(${turn.toFixed(2)} ${left} ${top})`}>
    <text class="arrow-text" x=${left} y=${top - 5} text-anchor=${anchor}>${badge === "" ? nothing : svg`<tspan class="badge">${badge} </tspan>`}<tspan class="flags">${name}</tspan>\u2002${numbers}</text>
    ${tags.length === 0 ? nothing : svg`<text class="arrow-tag" x=${left} y=${top + 14} text-anchor=${anchor}>${tags.join(" · ")}</text>`}
  </g>`;
}

function cross({ to, path, end, reason }: Arrow, later: boolean): TemplateResult {
  const before = path.at(-2) ?? to;
  const side = to.x > before.x ? 1 : -1;
  return svg`<path class="cross" ?data-future=${later} d=${`M${round(to.x - 6)} ${round(to.y - 6)} l12 12 m0 -12 l-12 12`}/>
    ${
      end === "lost"
        ? svg`<text class="cross-text" ?data-future=${later} x=${round(to.x + side * 12)} y=${round(to.y + 4)} text-anchor=${side > 0 ? "start" : "end"}>
      ${dropText(reason ?? "")}</text>`
        : nothing
    }`;
}

/** To a tenth of a pixel: what is written to the page is shorter, and the same more often. */
export const round = (value: number): number => Math.round(value * 10) / 10;
