import type { TraceEvent } from "../trace/events.ts";
import { sentence } from "../trace/sentences.ts";
import type { RunState } from "../trace/state.ts";
import { Timeline } from "../trace/timeline.ts";
import { TraceIndex } from "../trace/trace-index.ts";
import { type Item, items } from "../views/diagram-items.ts";

/** A run as it comes in, and the one cursor in it that every panel follows. */
export class Recording {
  readonly timeline = new Timeline();
  readonly index = new TraceIndex();
  #cursor = 0;
  #following = true;
  /** An event that was asked for before it was here. */
  #wanted: number | null = null;
  #items: { readonly seq: number; readonly list: readonly Item[] } = { seq: 0, list: [] };

  /** Adds events; answers false at a gap. The cursor goes along if it stood at the end. */
  append(events: readonly TraceEvent[]): boolean {
    const before = this.timeline.lastSeq;
    const whole = this.timeline.append(events);
    for (const event of this.timeline.events.slice(before)) this.index.add(event);
    if (this.#wanted !== null && this.#wanted <= this.lastSeq) this.goTo(this.#wanted);
    else if (this.#following) this.#cursor = this.lastSeq;
    return whole;
  }

  get lastSeq(): number {
    return this.timeline.lastSeq;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get state(): RunState {
    return this.timeline.stateAt(this.#cursor);
  }

  get items(): readonly Item[] {
    if (this.#items.seq !== this.lastSeq) {
      this.#items = { seq: this.lastSeq, list: items(this.timeline.events, this.index) };
    }
    return this.#items.list;
  }

  goTo(seq: number): void {
    this.#wanted = seq > this.lastSeq ? seq : null;
    this.#cursor = Math.max(Math.min(seq, this.lastSeq), 0);
    this.#following = this.#cursor === this.lastSeq && this.#wanted === null;
  }

  follow(): void {
    this.goTo(this.lastSeq);
  }

  /** To the next thing before or behind the cursor: that the diagram shows, or any event. */
  move(by: -1 | 1, every: boolean): void {
    if (every) this.goTo(this.#cursor + by);
    else this.#moveAmong(by, this.items);
  }

  /** To the next call that is made or returns. */
  moveByCall(by: -1 | 1): void {
    this.#moveAmong(
      by,
      this.items.filter((item) => item.kind === "call" || item.kind === "return"),
    );
  }

  say(seq: number): string {
    const event = this.timeline.event(seq);
    return event ? sentence(event, this.index) : "";
  }

  #moveAmong(by: -1 | 1, list: readonly Item[]): void {
    const next =
      by > 0 ? list.find((item) => item.seq > this.#cursor) : list.findLast((item) => item.seq < this.#cursor);
    this.goTo(next?.seq ?? (by > 0 ? this.lastSeq : 0));
  }
}
