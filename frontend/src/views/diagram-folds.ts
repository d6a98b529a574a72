import { lowerBound } from "../base/search.ts";
import type { TraceIndex } from "../trace/trace-index.ts";
import { dropOf, type Item, lossOf } from "./diagram-items.ts";
import type { Traffic } from "./diagram-traffic.ts";

/** Items `from` to before `to`, which are alike and stand in one row. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  /** The number of its row: its place among rows where nothing else is folded behind it. */
  readonly row: number;
}

/** How many items of a fold are left before and behind it, so that one sees what it is that goes on. */
const ENDS = 4;
/** Fewer are not worth a fold. */
const LEAST = 16;
/**
 * Around the cursor nothing is folded. What is open moves in steps, so that the picture stands still while stepping: few,
 * for with each all of it is laid out anew. It reaches so far beyond the step, too.
 */
const OPEN = 24;
const BESIDE = 4;

/**
 * The stretches of a run in which data and acknowledgements go to and fro and nothing else happens: no call, no state, no
 * timer, nothing lost, repeated, overtaken, doubled or marked.
 */
export class FoldList {
  #length = 0;
  #exceptions = 0;
  #list: readonly Fold[] = [];

  /** Of all items so far. They are found again only when there are more items, or more is known to be out of order. */
  of(items: readonly Item[], index: TraceIndex): readonly Fold[] {
    if (items.length !== this.#length || index.exceptions !== this.#exceptions) {
      this.#length = items.length;
      this.#exceptions = index.exceptions;
      this.#list = find(items, index);
    }
    return this.#list;
  }
}

function find(items: readonly Item[], index: TraceIndex): Fold[] {
  const folds: Fold[] = [];
  let start = 0;
  let folded = 0;
  const end = (at: number): void => {
    const from = start + ENDS;
    const to = at - ENDS;
    if (to - from >= LEAST) {
      folds.push({ from, to, row: from - folded });
      folded += to - from - 1;
    }
  };
  items.forEach((item, i) => {
    if (isOrdinary(item, index)) return;
    end(i);
    start = i + 1;
  });
  end(items.length);
  return folds;
}

function isOrdinary(item: Item, index: TraceIndex): boolean {
  if (item.kind !== "departure" && item.kind !== "arrival" && item.kind !== "forward") return false;
  const story = index.packet(item.packet);
  const sent = story?.sent;
  if (!story || sent?.type !== "SegmentSent") return false;
  if (sent.retransmission > 0 || /[SFRUEW]/.test(sent.flags)) return false;
  if (story.copied || story.overtaken || story.marked.length > 0 || story.ends.length > 1) return false;
  return lossOf(story) === null && (item.kind !== "arrival" || dropOf(item, index) === null);
}

/** Opens what is around item `cursor`, and the folds that begin at one of `open`. */
export function opened(folds: readonly Fold[], cursor: number, open: ReadonlySet<number>): readonly Fold[] {
  const before = lowerBound(folds, cursor + 1, ({ from }) => from) - 1;
  const at = cursor < (folds[before]?.to ?? 0) ? before : -1;
  if (at < 0 && open.size === 0) return folds;
  const list: Fold[] = [];
  let folded = 0;
  const add = (from: number, to: number): void => {
    if (to - from < 2) return;
    list.push({ from, to, row: from - folded });
    folded += to - from - 1;
  };
  folds.forEach(({ from, to }, i) => {
    if (open.has(from)) return;
    if (i !== at) {
      add(from, to);
      return;
    }
    const step = from + Math.floor((cursor - from) / OPEN) * OPEN;
    add(from, Math.max(step - BESIDE, from));
    add(Math.min(step + OPEN + BESIDE, to), to);
  });
  return list;
}

/** How many rows so many items make. */
export function rowCount(items: number, folds: readonly Fold[]): number {
  return items === 0 ? 0 : rowOf(items - 1, folds) + 1;
}

/** In which row an item stands. */
export function rowOf(item: number, folds: readonly Fold[]): number {
  const fold = folds[lowerBound(folds, item + 1, ({ from }) => from) - 1];
  if (!fold) return item;
  return item < fold.to ? fold.row : fold.row + 1 + item - fold.to;
}

/** The first item of a row. */
export function itemOf(row: number, folds: readonly Fold[]): number {
  const fold = folds[lowerBound(folds, row + 1, (each) => each.row) - 1];
  if (!fold) return row;
  return row === fold.row ? fold.from : fold.to + row - fold.row - 1;
}

/** What a diagram shows of a run: items `from` to before `to`, less what is folded. */
export interface Excerpt {
  readonly from: number;
  readonly to: number;
  readonly folds: readonly Fold[];
}

/** How many rows are drawn at most, and in which steps they move. */
const LONGEST = 200;
const SHIFT = 50;

/** A long run is shown around item `cursor`. */
export function excerpt(items: number, cursor: number, folds: readonly Fold[]): Excerpt {
  const rows = rowCount(items, folds);
  if (rows <= LONGEST) return { from: 0, to: items, folds };
  const latest = Math.ceil((rows - LONGEST) / SHIFT) * SHIFT;
  const middle = Math.floor((rowOf(cursor, folds) - LONGEST / 2) / SHIFT) * SHIFT;
  const first = Math.min(Math.max(middle, 0), latest);
  const from = itemOf(first, folds);
  const to = first + LONGEST >= rows ? items : itemOf(first + LONGEST, folds);
  return { from, to, folds: folds.filter((fold) => fold.to > from && fold.from < to) };
}

/** What a fold holds, in a few words. */
export function foldText({ from, to }: Fold, traffic: Traffic): string {
  const { segments, octets, acks } = traffic.between(from, to);
  const parts = [
    ...(segments > 0
      ? [`${segments} ${segments === 1 ? "segment" : "segments"}, ${octets.toLocaleString("en")} octets`]
      : []),
    ...(acks > 0 ? [`${acks} ${acks === 1 ? "ACK" : "ACKs"}`] : []),
  ];
  return parts.join(" · ") || `${to - from} arrivals`;
}
