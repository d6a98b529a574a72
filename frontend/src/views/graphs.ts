import { html, nothing, svg, type TemplateResult } from "lit";
import { formatShortTime, formatTime, type Nanos } from "../base/time.ts";
import type { Connection, Point } from "../trace/connections.ts";
import { type Picture, picture } from "./graph-picture.ts";
import { figuresAt, GRAPHS, type Graph, nearest, type Range, type Series } from "./graphs-layout.ts";

export interface GraphsModel {
  readonly connections: readonly Connection[];
  readonly chosen: Connection | null;
  readonly graphs: readonly Graph[];
  readonly range: Range;
  /** What the range is the whole of, if it is. */
  readonly extent: "connection" | "run" | null;
  readonly cursor: number;
  readonly now: Nanos;
  readonly width: number;
}

export interface GraphsActions {
  choose(key: string): void;
  toggle(id: string): void;
  zoom(by: number): void;
  pan(by: number): void;
  showAll(extent: "connection" | "run"): void;
  seek(seq: number): void;
  save(id: string): void;
}

const HEIGHT = 160;
/** Rows of the table around the cursor. */
const ROWS = 60;

export const keyOf = ({ host, socket }: Connection): string => `${host} ${socket}`;

/** A connection's figures over time, one graph below the other on one axis. */
export function graphsView(model: GraphsModel, actions: GraphsActions): TemplateResult {
  if (!model.chosen) {
    return html`<div class="graphs"><div class="empty-view"><h3>No TCP connection yet</h3>
      <p>Sequence numbers, windows, round trips and throughput are drawn of what one end of a TCP connection sends. <code>connect</code>
        makes one; <code>send</code> gives it something to draw.</p></div>
      ${model.graphs.map((graph) => figure(graph, model, actions))}</div>`;
  }
  return html`<div class="graphs" data-still>${bar(model, actions)}
    ${model.graphs.map((graph) => figure(graph, model, actions))}
    ${model.graphs.length === 0 ? html`<p class="quiet graphs-empty">Choose a graph above.</p>` : table(model)}</div>`;
}

function bar(model: GraphsModel, actions: GraphsActions): TemplateResult {
  const chosen = model.chosen && keyOf(model.chosen);
  const isShown = (id: string): boolean => model.graphs.some((graph) => graph.id === id);
  return html`<div class="graphs-bar">
    <label><span class="visually-hidden">What is sent by</span>
      <select @change=${(event: Event) => actions.choose((event.target as HTMLSelectElement).value)}>${model.connections.map(
        (
          connection,
        ) => html`<option value=${keyOf(connection)} ?selected=${keyOf(connection) === chosen}>${connection.host}, socket
          ${connection.socket}: ${connection.local} → ${connection.remote}</option>`,
      )}</select></label>
    <span class="graphs-zoom" role="group" aria-label="Time axis">
      ${button("Closer", "+", () => actions.zoom(0.5))}${button("Further", "−", () => actions.zoom(2))}
      ${button("Earlier", "◂", () => actions.pan(-0.5), model.extent === "run")}${button("Later", "▸", () => actions.pan(0.5), model.extent === "run")}
      ${extent("connection", "As long as there is this connection", model, actions)}
      ${extent("run", "The whole run", model, actions)}</span>
    <div class="graphs-chosen" role="group" aria-label="Graphs">${GRAPHS.map(
      ({
        id,
        title,
      }) => html`<button type="button" class="chip" data-graph-toggle=${id} aria-pressed=${isShown(id) ? "true" : "false"}
        @click=${() => actions.toggle(id)}>${title}</button>`,
    )}</div></div>`;
}

function button(title: string, text: string, act: () => void, disabled = false): TemplateResult {
  return html`<button type="button" class="button button-quiet button-small" title=${title} aria-label=${title} ?disabled=${disabled}
    @click=${act}>${text}</button>`;
}

function extent(of: "connection" | "run", title: string, model: GraphsModel, actions: GraphsActions): TemplateResult {
  return html`<button type="button" class="chip" title=${title} aria-label=${title} aria-pressed=${model.extent === of ? "true" : "false"}
    @click=${() => actions.showAll(of)}>${of}</button>`;
}

function figure(graph: Graph, model: GraphsModel, actions: GraphsActions): TemplateResult {
  const drawn = picture(graph, { width: model.width, height: HEIGHT, range: model.range, now: model.now });
  const isEmpty = graph.series.every(({ points }) => points.length === 0);
  return html`<figure class="graph" data-graph=${graph.id}><figcaption><h3>${graph.title} <span class="quiet">[${graph.unit}]</span></h3><span class="quiet">${graph.note}</span>
    <button type="button" class="button button-quiet button-small" @click=${() => actions.save(graph.id)}>SVG</button></figcaption>
    ${isEmpty ? html`<p class="quiet graphs-empty">Nothing of this has been told yet.</p>` : plot(graph, drawn, model, actions)}
    <ul class="legend">${figuresAt(graph, model.cursor).map(
      ({ series, value }) => html`<li>${sample(series)} ${series.name}
        <b class="number">${value === null ? "–" : number(value)}</b></li>`,
    )}</ul></figure>`;
}

function sample({ tone, shape }: Series): TemplateResult {
  const path = shape === "step" ? "M0 6H22" : shape === "bar" ? "M11 1V11M9 1h4M9 11h4" : (MARKS[tone] ?? MARKS[3]);
  return html`<svg class="sample" viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">${svg`<path class="line" data-tone=${tone}
    data-shape=${shape} d=${path ?? ""} />`}</svg>`;
}

const MARKS: Readonly<Record<number, string>> = {
  0: "M9 6h4M11 4v4",
  1: "M11 2l4 4l-4 4l-4 -4z",
  3: "M7 2l8 8M15 2l-8 8",
};

function plot(graph: Graph, drawn: Picture, model: GraphsModel, actions: GraphsActions): TemplateResult {
  const { width, height, plot: area, scale } = drawn;
  const clicked = (event: MouseEvent): void => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    const point = nearest(graph, scale.at(x), scale.value(y), scale.perNano, scale.perUnit);
    if (point) actions.seek(point.seq);
  };
  const keys = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = beside(graph, model.cursor, by);
    if (next !== null) actions.seek(next);
  };
  return html`<svg class="plot" role="img" tabindex="0" viewBox="0 0 ${width} ${height}" width=${width} height=${height}
    aria-label="${graph.title}; left and right go from figure to figure, the table below has them" @click=${clicked} @keydown=${keys}>
    ${drawn.valueTicks.map(
      ({
        y,
        value,
      }) => svg`<path class="grid" d="M${area.left} ${y}H${area.right}" /><text class="tick" x=${area.left - 6} y=${y + 4}
        text-anchor="end">${number(value)}</text>`,
    )}
    ${drawn.timeTicks.map(
      ({
        x,
        at,
      }) => svg`<path class="grid" d="M${x} ${area.top}V${area.bottom}" /><text class="tick" x=${x} y=${height - 6}
        text-anchor="middle">${formatShortTime((at * 1e9) as Nanos)}</text>`,
    )}
    <path class="axis" d="M${area.left} ${area.top}V${area.bottom}H${area.right}" />
    ${drawn.lines.map(
      ({ series, path }) =>
        svg`<path class="line" data-series=${series.name} data-tone=${series.tone} data-shape=${series.shape} d=${path} />`,
    )}
    ${drawn.cursorX === null ? nothing : svg`<path class="cursor" d="M${drawn.cursorX} ${area.top}V${area.bottom}" />`}</svg>`;
}

/** The event of the next figure of any series, or of the one before. */
function beside(graph: Graph, cursor: number, by: number): number | null {
  const all = graph.series
    .flatMap(({ points }) => points.map(({ seq }) => seq))
    .filter((seq) => (seq - cursor) * by > 0);
  return all.length === 0 ? null : all.reduce((a, b) => ((a - b) * by < 0 ? a : b));
}

/** The figures themselves, those around the cursor. */
function table({ graphs, cursor, range }: GraphsModel): TemplateResult {
  const figures: (Point & { readonly graph: Graph; readonly series: Series })[] = graphs
    .flatMap((graph) => graph.series.flatMap((series) => series.points.map((point) => ({ ...point, graph, series }))))
    .filter(({ at }) => at >= range.from && at <= range.to)
    .sort((a, b) => a.seq - b.seq);
  const before = figures.filter(({ seq }) => seq <= cursor).length;
  const from = Math.max(Math.min(before - ROWS / 2, figures.length - ROWS), 0);
  const shown = figures.slice(from, from + ROWS);
  return html`<details class="graph-figures"><summary>The figures as a table</summary>
    <table class="twin"><caption class="quiet">${shown.length} of ${figures.length}, those around the cursor</caption>
    <thead><tr><th scope="col">Event</th><th scope="col">Time</th><th scope="col">Graph</th><th scope="col">What</th>
      <th scope="col" class="number">Value</th></tr></thead>
    <tbody>${shown.map(
      ({
        seq,
        at,
        value,
        graph,
        series,
      }) => html`<tr ?data-future=${seq > cursor}><th scope="row"><a href="#e=${seq}">${seq}</a></th>
        <td class="number">${formatTime(at)}</td><td>${graph.title}</td><td>${series.name}</td>
        <td class="number">${number(value)} ${graph.unit}</td></tr>`,
    )}</tbody></table></details>`;
}

const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 3 });
