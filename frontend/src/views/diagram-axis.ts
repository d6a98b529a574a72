import { lowerBound } from "../base/search.ts";
import { MILLISECOND, type Nanos, nanos } from "../base/time.ts";

/** Height of a line of text in the diagram, px. */
export const LINE = 22;

/**
 * How the axis shows time. `compressed`: a gap grows with the root of its length, so that a handshake and the minute of
 * TIME_WAIT behind it fit on one page. `event`: all gaps are alike. `linear`: they are to scale.
 */
export type AxisMode = "compressed" | "event" | "linear";

export interface AxisScale {
  readonly mode: AxisMode;
  /** By how much gaps are larger than they are at first. */
  readonly zoom: number;
  /** The longest one-way delay: what lengths are measured against. */
  readonly delay: Nanos;
}

const LEAST_GAP = 6;
const FLIGHT_GAP = 40;
const EVENT_GAP = 14;
const LINEAR_FLIGHT = 90;
const BREAK_GAP = 46;

/** So many flights, and no less than so long, are idle time: it is cut short. On the linear axis, twice as many. */
const IDLE_FLIGHTS = 4;
const IDLE = 50 * MILLISECOND;

/** How a stretch of time between two moments is drawn. */
export interface Gap {
  readonly px: number;
  /** It is cut short, and its length is written beside it. */
  readonly idle: boolean;
}

export function gap(length: Nanos, { mode, zoom, delay }: AxisScale): Gap {
  const flight = Math.max(delay, MILLISECOND);
  const most = (mode === "linear" ? 2 : 1) * IDLE_FLIGHTS;
  if (length > most * flight && length > IDLE) return { px: BREAK_GAP, idle: true };
  switch (mode) {
    case "compressed":
      return { px: zoom * (LEAST_GAP + FLIGHT_GAP * Math.sqrt(Math.min(length / flight, 2))), idle: false };
    case "event":
      return { px: zoom * EVENT_GAP, idle: false };
    case "linear":
      return { px: (zoom * LINEAR_FLIGHT * length) / flight, idle: false };
  }
}

/**
 * One point of time. Where several things happen in it, they stand below each other in a band: within it no time goes by,
 * on the linear axis too.
 */
export interface Moment {
  readonly at: Nanos;
  readonly y: number;
  readonly lines: number;
  /** The break above it, if there is one. */
  readonly idle: Nanos | null;
  /** The time at its end: later than `at` only where what happened meanwhile is folded. */
  readonly until: Nanos;
}

export interface WantedMoment {
  readonly at: Nanos;
  readonly until: Nanos;
  readonly lines: number;
}

export interface Axis {
  readonly placed: readonly Moment[];
  readonly bottom: number;
  /** Where a time between the moments is. */
  y(at: Nanos): number;
}

/** Puts moments below each other. `lines` is how many lines of text each needs. */
export function axis(wanted: readonly WantedMoment[], scale: AxisScale, top: number): Axis {
  const placed: Moment[] = [];
  let bottom = top;
  let before: Nanos | null = null;
  for (const { at, until, lines } of wanted) {
    const length = before === null ? nanos(0) : nanos(at - before);
    const space: Gap = before === null ? { px: 0, idle: false } : gap(length, scale);
    const y = bottom + space.px;
    placed.push({ at, until, y, lines, idle: space.idle ? length : null });
    bottom = y + lines * LINE;
    before = until;
  }
  return { placed, bottom, y: (at) => between(placed, at, top) };
}

function between(placed: readonly Moment[], at: Nanos, top: number): number {
  const i = lowerBound(placed, at, (moment) => moment.at);
  const next = placed[i];
  if (next?.at === at) return next.y + LINE / 2;
  const before = placed[i - 1];
  if (!before) return top;
  const from = before.y + (before.lines - 0.5) * LINE;
  if (!next || at <= before.until) return from;
  return from + ((next.y + LINE / 2 - from) * (at - before.until)) / (next.at - before.until);
}
