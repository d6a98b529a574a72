/** Two moves of the cursor within so many milliseconds are one that goes on: also where each takes the browser long to draw. */
const RUN = 400;

/** What stands beside the picture. */
export type Beside = "state" | "why" | "consoles";

const TURNS: readonly Beside[] = ["state", "why", "consoles"];

/** While the cursor runs, something beside the picture is drawn in every so manieth frame. */
const EVERY = 3;

/**
 * While the cursor runs, as under a slider that is drawn along, frames go to what is looked at: the picture, and the time.
 * What is read beside it takes turns, one of it in every third frame, so that no frame is much longer than another; when
 * the cursor rests, what is behind follows at once.
 */
export class Pace {
  readonly #beats: Record<Beside, number> = { state: 0, why: 0, consoles: 0 };
  /** What is behind the cursor. */
  readonly #behind = new Set<Beside>(TURNS);
  #asked = true;
  #hasMoved = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #frames = 0;
  #turn = 0;
  #runs = false;

  /** Changes when that is to be drawn. */
  beat(what: Beside): number {
    return this.#beats[what];
  }

  /** Whether the cursor runs in this frame: then only what is looked at has to be there. */
  get runs(): boolean {
    return this.#runs;
  }

  /** Something else than the cursor has changed. */
  ask(): void {
    this.#asked = true;
  }

  /** The cursor has moved. */
  move(): void {
    this.#hasMoved = true;
    for (const what of TURNS) this.#behind.add(what);
  }

  /** A frame at `now`, in milliseconds. Answers whether another has to follow, since this one leaves something out. */
  frame(now: number): boolean {
    this.#runs = this.#hasMoved && !this.#asked && now - this.#movedAt < RUN;
    if (this.#asked || (this.#hasMoved && !this.#runs)) for (const what of TURNS) this.#draw(what);
    else if (!this.#runs || this.#frames % EVERY === 0) this.#next();
    this.#frames = this.#runs ? this.#frames + 1 : 0;
    if (this.#hasMoved) this.#movedAt = now;
    if (this.#asked) this.#movedAt = Number.NEGATIVE_INFINITY;
    this.#hasMoved = false;
    this.#asked = false;
    return this.#runs || this.#behind.size > 0;
  }

  /** The next that is behind, in turn. */
  #next(): void {
    for (let i = 0; i < TURNS.length; i += 1) {
      const what = TURNS[(this.#turn + i) % TURNS.length];
      if (what === undefined || !this.#behind.has(what)) continue;
      this.#turn = (this.#turn + i + 1) % TURNS.length;
      this.#draw(what);
      return;
    }
  }

  #draw(what: Beside): void {
    this.#behind.delete(what);
    this.#beats[what] += 1;
  }
}
