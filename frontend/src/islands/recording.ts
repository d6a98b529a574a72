import { lowerBound } from "../base/search.ts";
import type { TraceEvent } from "../trace/events.ts";
import { FrameList } from "../trace/frame-list.ts";
import { KindCounts } from "../trace/kind-counts.ts";
import { LineCalls } from "../trace/line-calls.ts";
import { sentence } from "../trace/sentences.ts";
import type { RunState } from "../trace/state.ts";
import { Streams } from "../trace/streams.ts";
import { Timeline } from "../trace/timeline.ts";
import { TraceIndex } from "../trace/trace-index.ts";
import { Waits } from "../trace/waits.ts";
import { type Excerpt, excerpt, FoldList, opened } from "../views/diagram-folds.ts";
import { type Item, ItemList } from "../views/diagram-items.ts";
import type { Traffic } from "../views/diagram-traffic.ts";

/** A run as it comes in, and the one cursor in it that every panel follows. */
export class Recording {
  readonly timeline = new Timeline();
  readonly index = new TraceIndex();
  readonly kinds = new KindCounts();
  readonly waits = new Waits();
  readonly streams = new Streams();
  /** What the lines of programs have called. */
  readonly lines = new LineCalls();
  readonly #frames = new FrameList();
  readonly #items = new ItemList(this.index);
  readonly #folds = new FoldList();
  #cursor = 0;
  #following = true;
  /** An event that was asked for before it was here. */
  #wanted: number | null = null;

  /** Adds events; answers false at a gap. The cursor goes along if it stood at the end. */
  append(events: readonly TraceEvent[]): boolean {
    const before = this.timeline.lastSeq;
    const whole = this.timeline.append(events);
    for (let seq = before + 1; seq <= this.timeline.lastSeq; seq += 1) {
      const event = this.timeline.event(seq);
      if (!event) break;
      this.index.add(event);
      this.kinds.add(event);
      this.#items.add(event);
      this.waits.add(event);
      this.streams.add(event);
      this.lines.add(event);
    }
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

  /** What network cards have seen. Read up to here when it is asked for. */
  get frames(): FrameList {
    this.#frames.follow(this.timeline.events);
    return this.#frames;
  }

  /** What was sent in any stretch of the items. */
  get traffic(): Traffic {
    return this.#items.traffic;
  }

  get items(): readonly Item[] {
    return this.#items.list;
  }

  /** The items around the cursor, with nothing folded. */
  get around(): Excerpt {
    return excerpt(this.items.length, this.#current, []);
  }

  /** The items around the cursor; folds that begin at one of `open` are open. */
  excerpt(open: ReadonlySet<number>): Excerpt {
    const folds = opened(this.#folds.of(this.items, this.index), this.#current, open);
    return excerpt(this.items.length, this.#current, folds);
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
    else this.#moveTo(by, () => true);
  }

  /** To the next call that is made or returns. */
  moveByCall(by: -1 | 1): void {
    this.#moveTo(by, (item) => item.kind === "call" || item.kind === "return");
  }

  say(seq: number): string {
    const event = this.timeline.event(seq);
    return event ? sentence(event, this.index) : "";
  }

  #moveTo(by: -1 | 1, wanted: (item: Item) => boolean): void {
    let i = by > 0 ? this.#itemsBefore(this.#cursor + 1) : this.#itemsBefore(this.#cursor) - 1;
    for (let item = this.items[i]; item; i += by, item = this.items[i]) {
      if (wanted(item)) {
        this.goTo(item.seq);
        return;
      }
    }
    this.goTo(by > 0 ? this.lastSeq : 0);
  }

  /** The item at the cursor, or the last before it. */
  get #current(): number {
    return Math.max(this.#itemsBefore(this.#cursor + 1) - 1, 0);
  }

  /** How many items stand before an event. */
  #itemsBefore(seq: number): number {
    return lowerBound(this.items, seq, (item) => item.seq);
  }
}
