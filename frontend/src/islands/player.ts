import type { Recording } from "./recording.ts";

/** How long each thing that the diagram shows stays the latest, ms. */
const PACE = 450;

/** When to go on, and how not to: the browser's timers, or a test's. */
export interface Clock {
  every(ms: number, then: () => void): () => void;
}

export const browserClock: Clock = {
  every: (ms, then) => {
    const timer = setInterval(then, ms);
    return () => clearInterval(timer);
  },
};

/** Plays what was recorded, from the cursor to the end: it moves the cursor and nothing else. */
export class Player {
  readonly #recording: Recording;
  readonly #moved: () => void;
  readonly #clock: Clock;
  #stop: (() => void) | null = null;

  constructor(recording: Recording, moved: () => void, clock: Clock = browserClock) {
    this.#recording = recording;
    this.#moved = moved;
    this.#clock = clock;
  }

  get playing(): boolean {
    return this.#stop !== null;
  }

  /** From the beginning if the cursor is at the end. */
  toggle(): void {
    if (this.playing) {
      this.pause();
      return;
    }
    const { cursor, lastSeq } = this.#recording;
    if (lastSeq === 0) return;
    if (cursor >= lastSeq) this.#recording.goTo(1);
    this.#stop = this.#clock.every(PACE, () => this.#next());
    this.#moved();
  }

  pause(): void {
    this.#stop?.();
    this.#stop = null;
    this.#moved();
  }

  #next(): void {
    this.#recording.move(1, false);
    if (this.#recording.cursor >= this.#recording.lastSeq) this.pause();
    else this.#moved();
  }
}
