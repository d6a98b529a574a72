import type { TraceEvent } from "../trace/events.ts";

/** What there is to do with events. */
export interface Intake {
  /** The last event that is here. */
  last(): number;
  /** Takes events that follow it; answers false at a hole, and takes nothing behind it. */
  take(events: readonly TraceEvent[]): boolean;
  /** Asks the server for events again. */
  ask(from: number, to: number): void;
}

/**
 * A server leaves batches out where a browser is slow, and is asked for them again. What comes behind a hole is kept until
 * the hole is filled, and one hole is filled after the other: else a long run would be sent many times over.
 */
export class InOrder {
  readonly #intake: Intake;
  #ahead: (readonly TraceEvent[])[] = [];
  /** The last event that was asked for. */
  #asked = 0;
  /** The last that is known to have been left out. */
  #leftOut = 0;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  receive(events: readonly TraceEvent[]): void {
    if (!this.#intake.take(events)) {
      this.#ahead.push(events);
      this.#ahead.sort((a, b) => firstOf(a) - firstOf(b));
    }
    while (this.#ahead[0] && this.#intake.take(this.#ahead[0])) this.#ahead.shift();
    this.#fill();
  }

  /** Events up to `to` were left out. */
  missing(to: number): void {
    this.#leftOut = Math.max(this.#leftOut, to);
    this.#fill();
  }

  /** On a new connection the server begins behind what is here. */
  startAgain(): void {
    this.#ahead = [];
    this.#asked = 0;
    this.#leftOut = 0;
  }

  #fill(): void {
    const last = this.#intake.last();
    if (last < this.#asked) return; // under way
    const next = this.#ahead[0];
    const to = next ? firstOf(next) - 1 : this.#leftOut;
    if (to <= last) return;
    this.#asked = to;
    this.#intake.ask(last + 1, to);
  }
}

const firstOf = (events: readonly TraceEvent[]): number => events[0]?.seq ?? 0;
