import type { TemplateResult } from "lit";
import { clamp, lowerBound } from "../base/search.ts";
import { shownRows } from "../base/windowed.ts";
import type { TraceEvent } from "../trace/events.ts";
import { type LogActions, logView } from "../views/log.ts";
import { EVERYTHING, type LogQuery, matches } from "../views/log-layout.ts";
import { ROW } from "../views/packets.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

const NARROW = 620;

/** Every event as a line. */
export class LogTab implements Tab, LogActions {
  readonly id = "log";
  readonly name = "Log";
  readonly title = "Every event of the run as the trace has it";
  #bench: TabBench | null = null;
  #query: LogQuery = EVERYTHING;
  #found: { query: LogQuery; upTo: number; readonly list: TraceEvent[] } = { query: EVERYTHING, upTo: 0, list: [] };
  #top = 0;
  #height = 400;
  #copied = 0;

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const { recording, width } = bench;
    const { timeline, cursor } = recording;
    const rows = this.#rows();
    return logView(
      {
        query: this.#query,
        hosts: recording.index.hosts.map(({ name }) => name),
        rows,
        total: timeline.lastSeq,
        shown: shownRows(rows.length, this.#top, this.#height, ROW),
        current: this.#current(rows),
        cursor,
        event: timeline.event(cursor),
        copied: this.#copied === cursor && cursor > 0,
        narrow: width < NARROW,
        marks: bench.questions.marks,
        say: (seq) => recording.say(seq),
      },
      this,
    );
  }

  ask(change: Partial<LogQuery>): void {
    this.#query = { ...this.#query, ...change };
    this.#bench?.changed();
  }

  scrolled(top: number, height: number): void {
    this.#top = top;
    this.#height = height;
    this.#bench?.changed();
  }

  step(by: number): void {
    const rows = this.#rows();
    const next = rows[clamp(this.#current(rows) + by, 0, rows.length - 1)];
    if (next) this.#bench?.seek(next.seq);
  }

  copy(text: string): void {
    void navigator.clipboard?.writeText(text).then(() => {
      this.#copied = this.#bench?.recording.cursor ?? 0;
      this.#bench?.changed();
    });
  }

  /** Looked through anew only for another question; else what is new. */
  #rows(): readonly TraceEvent[] {
    const recording = this.#bench?.recording;
    if (!recording) return [];
    const { events } = recording.timeline;
    if (this.#found.query !== this.#query) this.#found = { query: this.#query, upTo: 0, list: [] };
    for (; this.#found.upTo < events.length; this.#found.upTo += 1) {
      const event = events[this.#found.upTo];
      if (event && matches(event, this.#query, (seq) => recording.say(seq))) this.#found.list.push(event);
    }
    return this.#found.list;
  }

  #current(rows: readonly TraceEvent[]): number {
    return lowerBound(rows, (this.#bench?.recording.cursor ?? 0) + 1, ({ seq }) => seq) - 1;
  }
}
