/** Browsers let a page write its address a few times a second, and it costs them milliseconds each time. */
const EVERY = 250;

let written = Number.NEGATIVE_INFINITY;
let waiting: string | null = null;

/** The address says where the cursor stands, so that it can be handed on; at the end it says nothing. */
export function tellAddress(cursor: number, lastSeq: number): void {
  const late = waiting !== null;
  waiting = cursor === lastSeq ? "" : `#e=${cursor}`;
  if (late) return;
  const rest = written + EVERY - performance.now();
  if (rest <= 0) write();
  else setTimeout(write, rest);
}

function write(): void {
  if (waiting === null) return;
  const fragment = waiting;
  waiting = null;
  written = performance.now();
  if (fragment !== location.hash)
    history.replaceState(history.state, "", fragment || location.pathname + location.search);
}
