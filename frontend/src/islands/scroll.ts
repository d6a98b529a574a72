const MARGIN = 30;
const FOOT = 72;

/** Scrolls as little as brings the cursor in, or to the end where the run goes on. */
export function keepInView(area: HTMLElement, atEnd: boolean): void {
  const mark = area.querySelector('[aria-current="true"]') ?? area.querySelector(".cursor-band");
  const frame = area.getBoundingClientRect();
  const head = area.querySelector<HTMLElement>(".diagram-top, thead")?.offsetHeight ?? 0;
  const place = mark?.getBoundingClientRect();
  const above = (place ? place.top - frame.top : 0) - head - MARGIN;
  const below = (place ? place.bottom - frame.top : 0) - frame.height + FOOT;
  if (atEnd) scroll(area, area.scrollHeight - area.clientHeight - area.scrollTop);
  else if (above < 0) scroll(area, above);
  else if (below > 0) scroll(area, below + FOOT);
}

/** Not smoothly over more than what is seen: that would only be a blur, and late. */
function scroll(area: HTMLElement, by: number): void {
  const far = Math.abs(by) > area.clientHeight;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  area.scrollBy({ top: by, behavior: far || still ? "auto" : "smooth" });
}
