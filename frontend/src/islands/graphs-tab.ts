import type { TemplateResult } from "lit";
import { save, svgText } from "../base/save.ts";
import { type Nanos, nanos } from "../base/time.ts";
import { type Connection, Connections } from "../trace/connections.ts";
import { type GraphsActions, graphsView, keyOf } from "../views/graphs.ts";
import { connectionAt, GRAPHS, graphOf, lifetimeOf, queuesGraph, type Range, zoomed } from "../views/graphs-layout.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** The shortest stretch that is worth looking at. */
const CLOSEST = nanos(1_000);

/** A connection's figures over time. */
export class GraphsTab implements Tab, GraphsActions {
  readonly id = "graphs";
  readonly name = "Graphs";
  readonly title = "Sequence numbers, windows, round trips and queues over time";
  readonly #connections = new Connections();
  readonly #shown = new Set(["stevens", "window", "cwnd"]);
  #bench: TabBench | null = null;
  /** The connection that was chosen; the one that the cursor is at, otherwise. */
  #chosen = "";
  /** The life of the connection or the whole run, however long they get; or what was chosen of them. */
  #range: Range | "connection" | "run" = "connection";

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const { recording } = bench;
    this.#connections.follow(recording.timeline.events);
    const connections = this.#connections.all;
    const chosen = this.#chosenOf();
    const graphs = chosen
      ? GRAPHS.filter(({ id }) => this.#shown.has(id)).map(({ id }) => graphOf(id, chosen, this.#connections.queues))
      : [queuesGraph(this.#connections.queues)].filter(({ series }) => series.length > 0);
    return graphsView(
      {
        connections,
        chosen,
        graphs,
        range: this.#shownRange(chosen),
        extent: typeof this.#range === "string" ? this.#range : null,
        cursor: recording.cursor,
        now: recording.state.now,
        width: Math.max(bench.width - 24, 280),
      },
      this,
    );
  }

  choose(key: string): void {
    this.#chosen = key;
    // a stretch of another connection's life may have nothing of this one's
    if (this.#range !== "run") this.#range = "connection";
    this.#bench?.changed();
  }

  toggle(id: string): void {
    if (!this.#shown.delete(id)) this.#shown.add(id);
    this.#bench?.changed();
  }

  zoom(by: number): void {
    const { from, to } = this.#whole();
    const now = this.#bench?.recording.state.now ?? to;
    const next = zoomed(this.#shownRange(), by, now, to);
    if (next.to - next.from < CLOSEST) return;
    this.#range = next.to - next.from >= to - from ? "run" : next;
    this.#bench?.changed();
  }

  pan(by: number): void {
    const end = this.#whole().to;
    const { from, to } = this.#shownRange();
    const start = Math.min(Math.max(from + (to - from) * by, 0), end - (to - from));
    this.#range = { from: nanos(start), to: nanos(start + to - from) };
    this.#bench?.changed();
  }

  showAll(extent: "connection" | "run"): void {
    this.#range = extent;
    this.#bench?.changed();
  }

  seek(seq: number): void {
    this.#bench?.seek(seq);
  }

  save(id: string): void {
    const picture = document.querySelector<SVGElement>(`[data-graph="${id}"] .plot`);
    if (picture) save(`${this.#bench?.boot.lab.id ?? "run"}-${id}.svg`, svgText(picture), "image/svg+xml");
  }

  #chosenOf(): Connection | null {
    const connections = this.#connections.all;
    const chosen = connections.find((connection) => keyOf(connection) === this.#chosen);
    return chosen ?? connectionAt(connections, this.#bench?.recording.state.now ?? nanos(0));
  }

  #shownRange(chosen = this.#chosenOf()): Range {
    if (typeof this.#range !== "string") return this.#range;
    const life = this.#range === "connection" && chosen ? lifetimeOf(chosen) : null;
    return life ?? this.#whole();
  }

  #whole(): Range {
    const end: Nanos = this.#bench?.recording.timeline.latest.now ?? nanos(0);
    return { from: nanos(0), to: nanos(Math.max(end, CLOSEST)) };
  }
}
