/** Browsers let a page write its address a few times a second, and it costs them milliseconds each time. */
const EVERY = 250;

/** The address says where the cursor stands, so that it can be handed on; at the end it says nothing. */
export class Address {
  #written = Number.NEGATIVE_INFINITY;
  #waiting: string | null = null;
  /** What was written last. */
  #fragment: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  tell(cursor: number, lastSeq: number): void {
    const late = this.#waiting !== null;
    this.#waiting = cursor === lastSeq ? "" : `#e=${cursor}`;
    if (late) return;
    const rest = this.#written + EVERY - performance.now();
    if (rest <= 0) this.#write();
    else this.#timer = setTimeout(() => this.#write(), rest);
  }

  /** Whether the address is as it was written here: then nobody asks for anything by it. */
  get isOurs(): boolean {
    return location.hash === this.#fragment;
  }

  /** Writes nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = null;
  }

  #write(): void {
    if (this.#waiting === null) return;
    const fragment = this.#waiting;
    this.#waiting = null;
    this.#fragment = fragment;
    this.#written = performance.now();
    if (fragment !== location.hash)
      history.replaceState(history.state, "", fragment || location.pathname + location.search);
  }
}
