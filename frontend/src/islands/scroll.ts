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
  const by = atEnd ? area.scrollHeight - sight.height - sight.top : scrollBy(y, sight);
  if (by === 0) return;
  // not smoothly over more than what is seen, or while the cursor runs: that would only be a blur, and late
  const jump = runs || Math.abs(by) > sight.height || matchMedia("(prefers-reduced-motion: reduce)").matches;
  area.scrollBy({ top: by, behavior: jump ? "auto" : "smooth" });
}

/**
 * Brings the cursor into view where it has moved; elsewhere, and in what does not follow it (`data-still`), the reader may
 * scroll as they like.
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
    const still = area.querySelector("[data-still]") !== null;
    if (!still) keepInView(area, standing);
    else if (this.#still !== area.dataset["tabShown"]) area.scrollTop = 0;
    this.#still = still ? area.dataset["tabShown"] : undefined;
  }
}
