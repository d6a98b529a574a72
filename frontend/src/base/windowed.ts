import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";
import { clamp } from "./search.ts";

/** Which part of a long list is on the screen. */
export interface Shown {
  readonly first: number;
  readonly end: number;
}

/** Rows drawn above and below those that are seen, so that scrolling a little finds them there. */
const SPARE = 12;

/** The rows of a list of `count` that an area of `height` px shows at `top`, each `row` px high. */
export function shownRows(count: number, top: number, height: number, row: number): Shown {
  const first = clamp(Math.floor(top / row) - SPARE, 0, count);
  const end = clamp(Math.ceil((top + height) / row) + SPARE, first, count);
  return { first, end };
}

/** How far to scroll so that row `index` is seen, as little as will do. */
export function scrolledTo(index: number, top: number, height: number, row: number, head: number): number {
  const from = index * row;
  if (from < top) return from;
  const to = from + row + head;
  return to > top + height ? to - height : top;
}

export interface Follow {
  /** The row to be seen; -1 for none. */
  readonly index: number;
  readonly row: number;
  /** Height of what stands above the first row and stays. */
  readonly head: number;
  /** Changes when the row is to be brought in; between, who reads may scroll as they like. */
  readonly stamp: string;
}

/** Scrolls its element to a row when asked to. */
class FollowRow extends Directive {
  #stamp = "";

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("followRow() stands in an element's tag");
  }

  render(_follow: Follow): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [{ index, row, head, stamp }]: [Follow]): typeof noChange {
    if (stamp === this.#stamp || index < 0) return noChange;
    this.#stamp = stamp;
    const { element } = part;
    // what it holds is drawn after its own attributes, and gives it the height to scroll in
    queueMicrotask(() => {
      const { scrollTop, clientHeight } = element;
      const top = scrolledTo(index, scrollTop, clientHeight, row, head);
      if (top !== scrollTop) element.scrollTop = top;
    });
    return noChange;
  }
}

export const followRow = directive(FollowRow);
