/** How near to the edges the cursor may come, px. */
const HEAD = 30;
const FOOT = 72;

/** What is seen of something longer, px. */
export interface Sight {
  readonly top: number;
  readonly height: number;
  /** How much of it lies under what stays at its top. */
  readonly covered: number;
}

/** By how much to scroll so that `y` is seen: as little as does, or to the middle where that is more than a screenful. */
export function scrollBy(y: number, { top, height, covered }: Sight): number {
  const above = y - top - covered - HEAD;
  const below = y - top - height + FOOT;
  if (above >= 0 && below <= 0) return 0;
  const least = above < 0 ? above : below + FOOT;
  return Math.abs(least) > height ? y - top - (height + covered) / 2 : least;
}

/** A menu that belongs to what is at the cursor. */
export interface Menu {
  /** Where it ends, if it hangs at the cursor; null if it lies on the foot of what is seen. */
  readonly bottom: number | null;
  readonly height: number;
}

/** As `scrollBy`, with the menu in sight too as far as `y` stays there, and `y` not under it. */
export function withMenu(y: number, menu: Menu | null, sight: Sight): number {
  if (menu === null) return scrollBy(y, sight);
  const { top, height, covered } = sight;
  const most = y - top - covered - HEAD;
  if (menu.bottom === null) return Math.min(scrollBy(y, { ...sight, height: height - menu.height }), most);
  return Math.max(scrollBy(y, sight), Math.min(menu.bottom + MENU_FOOT - top - height, most));
}

const MENU_FOOT = 8;

function menuIn(area: HTMLElement): Menu | null {
  const menu = area.querySelector<HTMLElement>(".packet-menu");
  if (!menu) return null;
  const hangs = getComputedStyle(menu).position === "absolute";
  const end = menu.getBoundingClientRect().bottom - area.getBoundingClientRect().top + area.scrollTop;
  return { bottom: hangs ? end : null, height: menu.offsetHeight };
}

export function sightOf(area: Element): Sight {
  const covered = area.querySelector<HTMLElement>(".diagram-top, thead")?.offsetHeight ?? 0;
  return { top: area.scrollTop, height: area.clientHeight, covered };
}

/** Whether the cursor stands at the end, and whether it runs. */
export interface Standing {
  readonly atEnd: boolean;
  readonly runs: boolean;
}

/** Brings the cursor in, or the end where the run goes on. */
function keepInView(area: HTMLElement, { atEnd, runs }: Standing): void {
  const mark = area.querySelector('[aria-current="true"]') ?? area.querySelector(".cursor-band");
  const sight = sightOf(area);
  const place = mark?.getBoundingClientRect();
  const y = place ? (place.top + place.bottom) / 2 - area.getBoundingClientRect().top + sight.top : 0;
  const by = atEnd ? area.scrollHeight - sight.height - sight.top : withMenu(y, menuIn(area), sight);
  if (by === 0) return;
  // not smoothly over more than what is seen, or while the cursor runs: that would only be a blur, and late
  const jump = runs || Math.abs(by) > sight.height || matchMedia("(prefers-reduced-motion: reduce)").matches;
  area.scrollBy({ top: by, behavior: jump ? "auto" : "smooth" });
}

/**
 * Brings the cursor into view where it has moved; elsewhere, and in what does not follow it (`data-still`, or nothing to be
 * seen yet), the reader may scroll as they like.
 */
export class Scroller {
  #scrolledTo = "";
  /** The tab that is shown, if it does not follow the cursor. */
  #still: string | undefined;

  /**
   * @param shown tells one picture from another
   */
  scroll(page: Element, shown: string, standing: Standing): void {
    if (shown === this.#scrolledTo) return;
    this.#scrolledTo = shown;
    const area = page.querySelector<HTMLElement>(".time-scroll");
    if (!area) return;
    const still = area.querySelector("[data-still], .empty-view") !== null;
    if (!still) keepInView(area, standing);
    else if (this.#still !== area.dataset["tabShown"]) area.scrollTop = 0;
    this.#still = still ? area.dataset["tabShown"] : undefined;
  }
}
