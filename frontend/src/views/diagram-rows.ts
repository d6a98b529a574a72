import { lowerBound } from "../base/search.ts";
import type { Nanos } from "../base/time.ts";
import type { TraceIndex } from "../trace/trace-index.ts";
import { type Axis, type AxisScale, axis, LINE, type WantedMoment } from "./diagram-axis.ts";
import type { Excerpt, Fold } from "./diagram-folds.ts";
import { dropOf, type Item } from "./diagram-items.ts";

/** An item, or several in a fold, where it stands. */
export interface Row {
  readonly seq: number;
  readonly y: number;
  readonly item: Item;
  /** Where it stands for several; `item` is the first of them. */
  readonly fold: Fold | null;
  /** Of the last of them. */
  readonly lastSeq: number;
}

export interface Rows {
  readonly axis: Axis;
  readonly list: readonly Row[];
}

/** Items of an excerpt below each other; times that are to come have moments of their own behind them. */
export function rows(
  items: readonly Item[],
  index: TraceIndex,
  excerpt: Excerpt,
  scale: AxisScale,
  top: number,
  toCome: readonly Nanos[],
): Rows {
  const lines = new Lines(index);
  for (let i = excerpt.from, f = 0; i < excerpt.to; ) {
    const fold = excerpt.folds[f];
    const item = items[i];
    if (!item) break;
    if (fold && fold.from <= i) {
      const last = items[fold.to - 1] ?? item;
      lines.fold({ ...fold, from: i }, item, last);
      i = fold.to;
      f += 1;
    } else {
      lines.add(item);
      i += 1;
    }
  }
  lines.toCome(toCome);
  const made = axis(lines.wanted, scale, top);
  const list = lines.rows.map(({ item, fold, moment, line, last }) => ({
    seq: item.seq,
    lastSeq: last.seq,
    item,
    fold,
    y: (made.placed[moment]?.y ?? 0) + line * LINE + LINE / 2,
  }));
  return { axis: made, list };
}

/** The row in which an event stands, or the last before it. */
export function rowAt(list: readonly Row[], seq: number): Row | undefined {
  return list[lowerBound(list, seq + 1, (row) => row.seq) - 1];
}

interface Placed {
  readonly item: Item;
  readonly last: Item;
  readonly fold: Fold | null;
  readonly moment: number;
  readonly line: number;
}

/**
 * Items of one moment stand below each other, in their order, at their host. Beside a lifeline there is room on two
 * sides: calls and notes stand outside, states and the ends of arrows inside.
 */
class Lines {
  readonly wanted: (WantedMoment & { lines: number })[] = [];
  readonly rows: Placed[] = [];
  readonly #index: TraceIndex;
  #free = new Map<string, { inside: number; outside: number; last: number }>();
  #folded = false;

  constructor(index: TraceIndex) {
    this.#index = index;
  }

  add(item: Item): void {
    if (this.#folded || this.wanted.at(-1)?.at !== item.at) this.#moment(item.at, item.at);
    const taken = this.#free.get(item.host) ?? { inside: 0, outside: 0, last: 0 };
    const sides = this.#sides(item);
    const line = Math.max(taken.last, ...sides.map((side) => taken[side]));
    for (const side of sides) taken[side] = line + 1;
    taken.last = line;
    this.#free.set(item.host, taken);
    const here = this.wanted.at(-1);
    if (here) here.lines = Math.max(here.lines, line + 1);
    this.rows.push({ item, last: item, fold: null, moment: this.wanted.length - 1, line });
  }

  fold(fold: Fold, item: Item, last: Item): void {
    this.#moment(item.at, last.at);
    this.#folded = true;
    this.rows.push({ item, last, fold, moment: this.wanted.length - 1, line: 0 });
  }

  toCome(times: readonly Nanos[]): void {
    const last = this.wanted.at(-1)?.until ?? 0;
    for (const at of [...new Set(times)].filter((time) => time > last).sort((a, b) => a - b)) this.#moment(at, at);
  }

  #moment(at: Nanos, until: Nanos): void {
    this.wanted.push({ at, until, lines: 1 });
    this.#free = new Map();
    this.#folded = false;
  }

  #sides(item: Item): readonly ("inside" | "outside")[] {
    if (item.kind === "arrival" && dropOf(item, this.#index) !== null) return ["inside", "outside"];
    return item.kind === "call" || item.kind === "return" || item.kind === "note" ? ["outside"] : ["inside"];
  }
}
