import type { TraceEvent } from "./events.ts";
import { inOneGo } from "./maps.ts";
import { reduce } from "./reduce.ts";
import { NOTHING_YET, type RunState } from "./state.ts";

/** How many events lie between two checkpoints: what a seek has to go through at most. */
const STRIDE = 256;

/** A run as it is recorded: its events without gaps from 1, and the state at any of them. */
export class Timeline {
  readonly #events: TraceEvent[] = [];
  /** The state before event `i * STRIDE + 1`. */
  readonly #checkpoints: RunState[] = [NOTHING_YET];
  #latest: RunState = NOTHING_YET;
  #sought: RunState = NOTHING_YET;

  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  get lastSeq(): number {
    return this.#events.length;
  }

  /** The state at the last event. */
  get latest(): RunState {
    return this.#latest;
  }

  event(seq: number): TraceEvent | undefined {
    return this.#events[seq - 1];
  }

  /** Adds what follows; what is here already is passed over. Answers false at a gap, and adds nothing behind it. */
  append(events: readonly TraceEvent[]): boolean {
    const first = this.lastSeq;
    let whole = true;
    for (const event of events) {
      if (event.seq <= this.lastSeq) continue;
      whole = event.seq === this.lastSeq + 1;
      if (!whole) break;
      this.#events.push(event);
    }
    for (let from = first; from < this.lastSeq; ) {
      const to = Math.min((Math.floor(from / STRIDE) + 1) * STRIDE, this.lastSeq);
      this.#latest = this.#after(this.#latest, to);
      if (to % STRIDE === 0) this.#checkpoints.push(this.#latest);
      from = to;
    }
    return whole;
  }

  /** The state after event `seq`; 0 is before the first, and beyond the last is the last. */
  stateAt(seq: number): RunState {
    if (seq >= this.lastSeq) return this.#latest;
    const wanted = Math.max(seq, 0);
    if (this.#sought.seq !== wanted) this.#sought = this.#after(this.#nearestBefore(wanted), wanted);
    return this.#sought;
  }

  /** From a state to that after event `seq`; those between are nobody's. */
  #after(start: RunState, seq: number): RunState {
    return inOneGo(() => {
      let state = start;
      for (let i = start.seq; i < seq; i += 1) {
        const event = this.#events[i];
        if (event) state = reduce(state, event);
      }
      return state;
    });
  }

  #nearestBefore(seq: number): RunState {
    const checkpoint = this.#checkpoints[Math.floor(seq / STRIDE)] ?? NOTHING_YET;
    return this.#sought.seq <= seq && this.#sought.seq > checkpoint.seq ? this.#sought : checkpoint;
  }
}
