const MARGIN = 72;

/** Scrolls as little as brings the cursor in, or to the end where the run goes on. */
export function keepInView(area: HTMLElement, atEnd: boolean): void {
  const mark = area.querySelector('[aria-current="true"]') ?? area.querySelector(".cursor-band");
  const frame = area.getBoundingClientRect();
  const place = mark?.getBoundingClientRect();
  const top = place ? place.top - frame.top : 0;
  const bottom = place ? place.bottom - frame.top : 0;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (atEnd) area.scrollTo({ top: area.scrollHeight, behavior });
  else if (top < MARGIN) area.scrollBy({ top: top - MARGIN, behavior });
  else if (bottom > frame.height - MARGIN) area.scrollBy({ top: bottom - frame.height + 2 * MARGIN, behavior });
}
