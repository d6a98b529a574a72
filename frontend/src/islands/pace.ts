/** Two moves of the cursor within so many milliseconds are one that goes on. */
const RUN = 200;

/**
 * While the cursor runs, as under a slider that is drawn along, frames go to what is looked at: the picture, and the time.
 * What is read beside it is drawn in every third, and when the cursor rests.
 */
export class Pace {
  #beat = 0;
  #asked = true;
  #left = 0;
  #before = Number.NEGATIVE_INFINITY;

  /** Changes when what stands beside the picture is to be drawn. */
  get beat(): number {
    return this.#beat;
  }

  /** Something else than the cursor has changed. */
  ask(): void {
    this.#asked = true;
  }

  /** A frame at `now`, in milliseconds. Answers whether another has to follow, since this one leaves something out. */
  frame(now: number): boolean {
    const runs = !this.#asked && now - this.#before < RUN;
    this.#before = this.#asked ? Number.NEGATIVE_INFINITY : now;
    if (runs && this.#left < 2) {
      this.#left += 1;
      return true;
    }
    this.#beat += 1;
    this.#left = 0;
    this.#asked = false;
    return false;
  }
}
