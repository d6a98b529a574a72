/** It is written when the cursor has come to rest: each time costs a browser milliseconds, which a step has better use for. */
const REST = 250;

/** The address says where the cursor stands, so that it can be handed on; at the end it says nothing. */
export class Address {
  #waiting: string | null = null;
  /** What was written last. */
  #fragment: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  tell(cursor: number, lastSeq: number): void {
    this.#waiting = cursor === lastSeq ? "" : `#e=${cursor}`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), REST);
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
    if (fragment !== location.hash)
      history.replaceState(history.state, "", fragment || location.pathname + location.search);
  }
}
