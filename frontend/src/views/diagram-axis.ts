import { MILLISECOND, type Nanos, nanos } from "../base/time.ts";

/** Height of a line of text in the diagram, px. */
export const LINE = 22;

const LEAST_GAP = 6;
const FLIGHT_GAP = 40;
const BREAK_GAP = 46;

/** How a stretch of time between two moments is drawn. */
export interface Gap {
  readonly px: number;
  /** It is cut short, and its length is written beside it. */
  readonly idle: boolean;
}

/**
 * The axis is not to scale, so that a handshake and the minute of TIME_WAIT behind it fit on one page: a gap grows with
 * the root of its length up to a few link delays, and whatever is longer is a break.
 */
export function gap(length: Nanos, delay: Nanos): Gap {
  const flight = Math.max(delay, MILLISECOND);
  if (length > 4 * flight && length > 50 * MILLISECOND) return { px: BREAK_GAP, idle: true };
  return { px: LEAST_GAP + FLIGHT_GAP * Math.sqrt(Math.min(length / flight, 2)), idle: false };
}

export interface Moment {
  readonly at: Nanos;
  readonly y: number;
  readonly lines: number;
  /** The break above it, if there is one. */
  readonly idle: Nanos | null;
}

/** Puts moments below each other. `lines` is how many lines of text each needs. */
export function moments(wanted: readonly { readonly at: Nanos; readonly lines: number }[], delay: Nanos, top: number) {
  const placed: Moment[] = [];
  let bottom = top;
  let before: Nanos | null = null;
  for (const { at, lines } of wanted) {
    const length = before === null ? nanos(0) : nanos(at - before);
    const space: Gap = before === null ? { px: 0, idle: false } : gap(length, delay);
    const y = bottom + space.px;
    placed.push({ at, y, lines, idle: space.idle ? length : null });
    bottom = y + lines * LINE;
    before = at;
  }
  return { placed, bottom };
}
