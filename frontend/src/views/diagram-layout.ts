import { lowerBound } from "../base/search.ts";
import type { Nanos } from "../base/time.ts";
import type { WireEntered } from "../trace/events.ts";
import type { PacketStory, TraceIndex } from "../trace/trace-index.ts";
import { LINE, type Moment, moments } from "./diagram-axis.ts";
import { type Column, columns } from "./diagram-columns.ts";
import { type CallItem, type Item, lossOf, type StateItem } from "./diagram-items.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type ArrowEnd = "arrived" | "dropped" | "lost" | "flying";
export interface Arrow {
  readonly seq: number;
  readonly packet: number;
  readonly story: PacketStory;
  readonly from: Point;
  readonly to: Point;
  readonly end: ArrowEnd;
  /** Of the event at its end; 0 while there is none. */
  readonly endSeq: number;
  /** Why it was dropped or lost, as the trace names it. */
  readonly reason: string | null;
}
export interface Bar {
  readonly item: CallItem;
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
  readonly moments: readonly Moment[];
  readonly arrows: readonly Arrow[];
  readonly bars: readonly Bar[];
  readonly states: readonly Label<StateItem>[];
  readonly notes: readonly Label<Exclude<Item, StateItem>>[];
  /** How many items are not shown above and below. */
  readonly hidden: { readonly above: number; readonly below: number };
  readonly items: readonly Item[];
  /** Where each of `items` stands. */
  readonly ys: readonly number[];
}

/** Above the first moment. The hosts' names stand above that, in a picture of their own. */
const TOP = 12;
const FOOT = 28;
const LONGEST = 240;
const SHIFT = 60;

/** A packet that its host has not taken up yet: it is drawn up to where it will arrive, or waits in the NIC. */
interface Pending {
  readonly packet: number;
  readonly to: string;
  readonly arrives: Nanos;
}

/** Where everything goes: a column a host, time running down. */
export function layout(
  all: readonly Item[],
  index: TraceIndex,
  view: { readonly width: number; readonly cursor: number; readonly hosts: readonly string[] },
): Diagram {
  const { shown, above, below } = excerpt(all, view.cursor);
  const placed = columns(view.hosts, view.width);
  const column = (host: string): Column | undefined => placed.find((c) => c.host === host);
  const flying = below === 0 ? pending(shown, index) : [];
  const lines = assignLines(shown, flying);
  const axis = moments(lines.wanted, index.delay, TOP);
  const ys = lines.at.map(({ moment, line }) => (axis.placed[moment]?.y ?? 0) + line * LINE + LINE / 2);
  const flights = new Map(
    flying.map((f, i) => [f.packet, { ...f, y: (axis.placed[lines.flights[i] ?? 0]?.y ?? 0) + LINE / 2 }]),
  );
  const context: Context = { shown, ys, column, index, flights, bottom: axis.bottom };
  return {
    width: view.width,
    height: axis.bottom + FOOT,
    columns: placed,
    moments: axis.placed,
    arrows: arrows(context),
    bars: bars(context),
    states: labels(context, (item) => (item.kind === "state" ? item : null)),
    notes: labels(context, (item) =>
      item.kind === "state" || item.kind === "departure" || (item.kind === "arrival" && item.dropped === null)
        ? null
        : item,
    ),
    hidden: { above, below },
    items: shown,
    ys,
  };
}

/** Where the line of the cursor is drawn: at the last item up to it. */
export function cursorY(diagram: Diagram, cursor: number): number | null {
  const after = lowerBound(diagram.items, cursor + 1, (item) => item.seq);
  return diagram.ys[after - 1] ?? null;
}

function pending(shown: readonly Item[], index: TraceIndex): Pending[] {
  return shown.flatMap((item) => {
    const story = item.kind === "departure" ? index.packet(item.packet) : undefined;
    const wire = story?.wires.at(-1);
    if (!story || !wire || story.ends.length > 0) return [];
    return [{ packet: wire.packet, to: farEnd(wire, story, index), arrives: wire.arrives }];
  });
}

/** A long run is shown around the cursor. The excerpt moves in steps, so that it stands still while stepping. */
function excerpt(all: readonly Item[], cursor: number): { shown: readonly Item[]; above: number; below: number } {
  if (all.length <= LONGEST) return { shown: all, above: 0, below: 0 };
  const at = lowerBound(all, cursor, (item) => item.seq);
  const latest = Math.max(Math.ceil((all.length - LONGEST) / SHIFT) * SHIFT, 0);
  const start = Math.min(Math.max(Math.floor((at - LONGEST / 2) / SHIFT) * SHIFT, 0), latest);
  const shown = all.slice(start, start + LONGEST);
  return { shown, above: start, below: all.length - start - shown.length };
}

interface Lines {
  readonly wanted: { at: Nanos; lines: number }[];
  /** For each item, its moment and its line there. */
  readonly at: { moment: number; line: number }[];
  /** For each pending flight, its moment. */
  readonly flights: number[];
}

/**
 * Items of one moment stand below each other, in their order, at their host. Beside a lifeline there is room on two
 * sides: calls and notes stand outside, states and the ends of arrows inside.
 */
function assignLines(shown: readonly Item[], flying: readonly Pending[]): Lines {
  const wanted: Lines["wanted"] = [];
  const at: Lines["at"] = [];
  let free = new Map<string, { inside: number; outside: number; last: number }>();
  for (const item of shown) {
    if (wanted.at(-1)?.at !== item.at) {
      wanted.push({ at: item.at, lines: 1 });
      free = new Map();
    }
    const moment = wanted.length - 1;
    const taken = free.get(item.host) ?? { inside: 0, outside: 0, last: 0 };
    const sides = sidesOf(item);
    const line = Math.max(taken.last, ...sides.map((side) => taken[side]));
    for (const side of sides) taken[side] = line + 1;
    taken.last = line;
    free.set(item.host, taken);
    const here = wanted[moment];
    if (here) here.lines = Math.max(here.lines, line + 1);
    at.push({ moment, line });
  }
  return { wanted, at, flights: futures(wanted, flying) };
}

function sidesOf(item: Item): readonly ("inside" | "outside")[] {
  if (item.kind === "arrival" && item.dropped !== null) return ["inside", "outside"];
  return item.kind === "call" || item.kind === "return" || item.kind === "note" ? ["outside"] : ["inside"];
}

/** Adds moments for what has not arrived yet. */
function futures(wanted: Lines["wanted"], flying: readonly Pending[]): number[] {
  const last = wanted.at(-1)?.at ?? 0;
  const times = [...new Set(flying.map((f) => f.arrives).filter((t) => t > last))].sort((a, b) => a - b);
  for (const at of times) {
    const together = flying.filter((f) => f.arrives === at).length;
    wanted.push({ at, lines: together });
  }
  return flying.map((f) => wanted.findIndex((w) => w.at >= f.arrives)).map((i) => (i < 0 ? wanted.length - 1 : i));
}

interface Context {
  readonly shown: readonly Item[];
  readonly ys: readonly number[];
  readonly column: (host: string) => Column | undefined;
  readonly index: TraceIndex;
  readonly flights: ReadonlyMap<number, Pending & { readonly y: number }>;
  readonly bottom: number;
}

function arrows(context: Context): Arrow[] {
  const { shown, ys, column, index } = context;
  const found: Arrow[] = [];
  shown.forEach((item, i) => {
    if (item.kind !== "departure") return;
    const story = index.packet(item.packet);
    const start = column(item.host);
    if (!story || !start) return;
    const from = { x: start.x, y: ys[i] ?? 0 };
    const base = { seq: item.seq, packet: item.packet, story, from };
    shown.forEach((end, j) => {
      const there = end.kind === "arrival" && end.packet === item.packet && j > i ? column(end.host) : undefined;
      if (!there || end.kind !== "arrival") return;
      const to = { x: there.x, y: ys[j] ?? 0 };
      const drop = end.dropped;
      found.push({ ...base, to, end: drop === null ? "arrived" : "dropped", endSeq: end.seq, reason: drop });
    });
    const loss = lossOf(story);
    const flight = context.flights.get(item.packet);
    if (loss) {
      found.push({
        ...base,
        to: lostAt(from, otherEnd(context, story)),
        end: "lost",
        endSeq: loss.seq,
        reason: loss.reason,
      });
    } else if (flight) {
      const to = { x: column(flight.to)?.x ?? from.x, y: flight.y };
      found.push({ ...base, to, end: "flying", endSeq: 0, reason: null });
    }
  });
  return found;
}

/** A little more than half the way: so that the label has room before the cross. */
function lostAt(from: Point, x: number): Point {
  return { x: from.x + (x - from.x) * 0.62, y: from.y + LINE };
}

function otherEnd({ column, index }: Context, story: PacketStory): number {
  return column(farEnd(story.wires[0], story, index))?.x ?? 0;
}

/** The host at the end of a wire: where a switch is there, the one that the packet is for. */
function farEnd(wire: WireEntered | undefined, story: PacketStory, index: TraceIndex): string {
  return wire?.to || (story.sent && index.hostOf(story.sent.dst)) || "";
}

/** Where the bars of a task stand: a host's tasks side by side, in the order of their numbers. */
function lanes(shown: Context["shown"]): (host: string, task: number) => number {
  const tasks = new Map<string, Set<number>>();
  for (const item of shown) {
    if (item.kind === "call") tasks.set(item.host, (tasks.get(item.host) ?? new Set([1])).add(item.story.task));
  }
  return (host, task) => [...(tasks.get(host) ?? [])].filter((other) => other < task).length;
}

function bars({ shown, ys, column, bottom }: Context): Bar[] {
  const found: Bar[] = [];
  const lane = lanes(shown);
  shown.forEach((item, i) => {
    const there = item.kind === "call" ? column(item.host) : undefined;
    if (item.kind !== "call" || !there) return;
    const y = ys[i] ?? 0;
    const returned = item.story.returned?.seq;
    const endIndex = item.atOnce ? i : shown.findIndex((other) => other.kind === "return" && other.seq === returned);
    const end = endIndex < 0 ? bottom : (ys[endIndex] ?? bottom);
    const height = Math.max(end - y, 0) + LINE / 2;
    const waits = item.story.blocked.length > 0 ? { y: y + LINE / 2, height: Math.max(height - LINE, 4) } : null;
    const x = there.x + there.outside * (there.barOffset + 12 * lane(item.host, item.story.task));
    found.push({ item, x, y: y - LINE / 4, height, waits, column: there });
  });
  return found;
}

function labels<T extends Item>({ shown, ys, column }: Context, pick: (item: Item) => T | null): Label<T>[] {
  const found: Label<T>[] = [];
  shown.forEach((item, i) => {
    const picked = pick(item);
    const there = column(item.host);
    if (picked && there) found.push({ item: picked, x: there.x, y: ys[i] ?? 0, column: there });
  });
  return found;
}
