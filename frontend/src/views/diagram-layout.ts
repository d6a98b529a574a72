import { lowerBound } from "../base/search.ts";
import type { Nanos } from "../base/time.ts";
import type { CallStory, TraceIndex } from "../trace/trace-index.ts";
import { type Arrow, arrows } from "./diagram-arrows.ts";
import { type Axis, type AxisMode, LINE } from "./diagram-axis.ts";
import { type Column, columns } from "./diagram-columns.ts";
import type { Excerpt } from "./diagram-folds.ts";
import { dropOf, type Item, returnsAtOnce, type StateItem } from "./diagram-items.ts";
import { type FillBand, fillBands } from "./diagram-lanes.ts";
import { levelArrows } from "./diagram-levels.ts";
import { type Row, rowAt, rows } from "./diagram-rows.ts";

export interface Bar {
  readonly story: CallStory;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** Where in it the call waits. */
  readonly waits: { readonly y: number; readonly height: number } | null;
  readonly column: Column;
}
export interface Label<T extends Item> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
  readonly column: Column;
}
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly axis: Axis;
  readonly rows: readonly Row[];
  readonly arrows: readonly Arrow[];
  /** Those of them whose words stand level. */
  readonly level: ReadonlySet<Arrow>;
  readonly bars: readonly Bar[];
  readonly fills: readonly FillBand[];
  readonly states: readonly Label<StateItem>[];
  readonly notes: readonly Label<Exclude<Item, StateItem>>[];
  /** The rows that stand for several items. */
  readonly folds: readonly Row[];
  /** How many items are not drawn above and below. */
  readonly hidden: { readonly above: number; readonly below: number };
}

/** How the diagram is looked at. */
export interface DiagramView {
  readonly width: number;
  readonly hosts: readonly string[];
  readonly axis: AxisMode;
  readonly zoom: number;
  readonly lanes: boolean;
}

/** Above the first moment. The hosts' names stand above that, in a picture of their own. */
const TOP = 12;
const FOOT = 28;

interface Context {
  readonly list: readonly Row[];
  readonly column: (host: string) => Column | undefined;
  readonly index: TraceIndex;
  readonly bottom: number;
}

/** Where everything goes: a column a host, time running down. */
export function layout(items: readonly Item[], index: TraceIndex, excerpt: Excerpt, view: DiagramView): Diagram {
  const placed = columns(view.hosts, view);
  const byHost = new Map(placed.map((each) => [each.host, each]));
  const column = (host: string): Column | undefined => byHost.get(host);
  const hidden = { above: excerpt.from, below: items.length - excerpt.to };
  const scale = { mode: view.axis, zoom: view.zoom, delay: index.delay };
  const made = rows(items, index, excerpt, scale, TOP, hidden.below > 0 ? [] : flights(items, index, excerpt));
  const { axis, list } = made;
  const context: Context = { list, column, index, bottom: axis.bottom };
  const drawn = bars(context);
  const drawnArrows = arrows({ rows: made, column, index, bottom: axis.bottom });
  const beside = { ...context, column: clearOf(drawn, placed) };
  return {
    width: view.width,
    height: axis.bottom + FOOT,
    columns: placed,
    axis,
    rows: list,
    arrows: drawnArrows,
    level: levelArrows(drawnArrows),
    bars: drawn,
    fills: fillBands(list, placed, index.fills, axis.bottom),
    states: labels(context, (item) => (item.kind === "state" ? item : null)),
    notes: labels(beside, (item) => (hasNote(item, index) ? item : null)),
    folds: list.filter((row) => row.fold !== null),
    hidden,
  };
}

/** Where the line of the cursor is drawn: at the last item up to it. */
export function cursorY({ rows: list }: Diagram, cursor: number): number | null {
  return rowAt(list, cursor)?.y ?? null;
}

/** When the packets arrive that are on a wire at the end of the run. */
function flights(items: readonly Item[], index: TraceIndex, { from, to }: Excerpt): Nanos[] {
  return items.slice(from, to).flatMap((item) => {
    const story = item.kind === "departure" ? index.packet(item.packet) : undefined;
    const wire = story?.wires.at(-1);
    return wire && story?.ends.length === 0 ? [wire.arrives] : [];
  });
}

/** Where the bars of a task stand: a host's tasks side by side, in the order of their numbers. */
function lanes(calls: readonly CallStory[]): (call: CallStory) => { readonly lane: number; readonly of: number } {
  const tasks = new Map<string, Set<number>>();
  for (const { host, task } of calls) tasks.set(host, (tasks.get(host) ?? new Set([1])).add(task));
  return ({ host, task }) => {
    const its = [...(tasks.get(host) ?? [])];
    return { lane: its.filter((other) => other < task).length, of: its.length };
  };
}

function bars(context: Context): Bar[] {
  const { list, column, index, bottom } = context;
  const starts = new Map<CallStory, number>();
  const ends = new Map<CallStory, number>();
  const first = list[0]?.seq ?? 0;
  for (const { name } of index.hosts) for (const story of running(index.callsOf(name), first)) starts.set(story, 0);
  for (const { item, y } of list) {
    if (item.kind === "call") starts.set(item.story, y);
    else if (item.kind === "return") ends.set(item.story, y);
  }
  const laneOf = lanes([...starts.keys()]);
  return [...starts].flatMap(([story, y]) => {
    const there = column(story.host);
    if (!there) return [];
    const end = returnsAtOnce(story) ? y : (ends.get(story) ?? bottom);
    const height = Math.max(end - y, 0) + LINE / 2;
    const waits = story.blocked.length > 0 ? { y: y + LINE / 2, height: Math.max(height - LINE, 4) } : null;
    const { lane, of } = laneOf(story);
    const x = there.x + there.outside * (there.barOffset + apart(there, of) * lane);
    return [{ story, x, y: y - LINE / 4, height, waits, column: there }];
  });
}

/** How far the bars of a host's tasks are apart, px: less where there is no room for all of them. */
function apart({ room, textOffset, barOffset }: Column, lanes: number): number {
  return Math.min(BAR_STEP, Math.max((room + textOffset - barOffset - BAR_TO_TEXT) / Math.max(lanes - 1, 1), 4));
}

const BAR_STEP = 12;

/** The columns with their words outside of the bars of all their tasks. */
function clearOf(drawn: readonly Bar[], placed: readonly Column[]): (host: string) => Column | undefined {
  const clear = new Map(placed.map((column) => [column.host, column]));
  for (const { x, column } of drawn) {
    const needed = Math.abs(x - column.x) + BAR_TO_TEXT;
    const known = clear.get(column.host);
    if (!known || needed <= known.textOffset) continue;
    clear.set(column.host, { ...known, textOffset: needed, room: known.room - needed + known.textOffset });
  }
  return (host) => clear.get(host);
}

const BAR_TO_TEXT = 10;

/** How far back calls are looked for that are still going on. */
const TASKS = 32;

/** The calls of a host that have begun before an event, and not ended. */
function running(calls: readonly CallStory[], seq: number): readonly CallStory[] {
  const begun = lowerBound(calls, seq, (story) => story.entered.seq);
  return calls.slice(Math.max(begun - TASKS, 0), begun).filter(({ returned }) => !returned || returned.seq >= seq);
}

function hasNote(item: Item, index: TraceIndex): item is Exclude<Item, StateItem> {
  if (item.kind === "arrival") return dropOf(item, index) !== null;
  return item.kind === "call" || item.kind === "return" || item.kind === "note";
}

function labels<T extends Item>({ list, column }: Context, pick: (item: Item) => T | null): Label<T>[] {
  const found: Label<T>[] = [];
  for (const row of list) {
    const picked = row.fold ? null : pick(row.item);
    const there = column(row.item.host);
    if (picked && there) found.push({ item: picked, x: there.x, y: row.y, column: there });
  }
  return found;
}
