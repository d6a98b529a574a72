import { lowerBound } from "../base/search.ts";
import type { WireEntered } from "../trace/events.ts";
import type { PacketStory, TraceIndex } from "../trace/trace-index.ts";
import { LINE } from "./diagram-axis.ts";
import type { Column } from "./diagram-columns.ts";
import { type ArrivalItem, dropOf, lossOf } from "./diagram-items.ts";
import type { Row, Rows } from "./diagram-rows.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * `arrived`; `dropped`: where it arrived; `lost`: on the way; `flying`: on the wire or in a card; `waiting`: not on the
 * wire yet.
 */
export type ArrowEnd = "arrived" | "dropped" | "lost" | "flying" | "waiting";

export interface Arrow {
  readonly seq: number;
  readonly packet: number;
  readonly story: PacketStory;
  /** From where it is made to where it is taken, over the routers between. */
  readonly path: readonly Point[];
  readonly from: Point;
  readonly to: Point;
  readonly end: ArrowEnd;
  /** Of the event at its end; 0 while there is none. */
  readonly endSeq: number;
  /** Why it was dropped or lost, as the trace names it. */
  readonly reason: string | null;
  /** The link has made it of another. */
  readonly copy: boolean;
  /** One of its ends is in a fold: it is drawn up to there. */
  readonly folded: boolean;
}

/** What an arrow is drawn from. */
export interface ArrowContext {
  readonly rows: Rows;
  readonly column: (host: string) => Column | undefined;
  readonly index: TraceIndex;
  readonly bottom: number;
}

interface Ends {
  departure: Row | null;
  readonly forwards: Row[];
  readonly arrivals: { readonly row: Row; readonly item: ArrivalItem }[];
}

/** An arrow a packet and host that it came to. Where one end is folded or beyond the excerpt it is drawn up to there. */
export function arrows(context: ArrowContext): Arrow[] {
  const packets = new Map<number, Ends>();
  for (const row of context.rows.list) {
    const { item } = row;
    const packet = "packet" in item ? item.packet : item.kind === "note" ? item.copy : undefined;
    if (row.fold || packet === undefined) continue;
    const ends = packets.get(packet) ?? { departure: null, forwards: [], arrivals: [] };
    packets.set(packet, ends);
    if (item.kind === "departure" || item.kind === "note") ends.departure = row;
    else if (item.kind === "forward") ends.forwards.push(row);
    else if (item.kind === "arrival") ends.arrivals.push({ row, item });
  }
  return [...packets].flatMap(([packet, ends]) => arrowsOf(packet, ends, context));
}

function arrowsOf(packet: number, ends: Ends, context: ArrowContext): Arrow[] {
  const story = context.index.packet(packet);
  const sender = story?.sent && context.column(ends.departure?.item.host ?? story.sent.host);
  if (!story?.sent || !sender) return [];
  const made = ends.departure ?? hiddenRow((story.copied ?? story.sent).seq, context);
  const way = wayOut({ x: sender.x, y: made ? made.y : 0 }, sender, ends, story, context);
  const arrow = (path: readonly Point[], end: ArrowEnd, endSeq: number, reason: string | null): Arrow => {
    const from = path[0] ?? ORIGIN;
    const seq = ends.departure?.seq ?? endSeq;
    return {
      seq,
      packet,
      story,
      path,
      from,
      to: path.at(-1) ?? from,
      end,
      endSeq,
      reason,
      copy: story.copied !== null,
      folded: !ends.departure,
    };
  };
  const found = ends.arrivals.map(({ row, item }, i): Arrow => {
    const reason = dropOf(item, context.index);
    const path = [...way, ...wayIn(row.y, context.column(item.host), story, i, way, context)];
    return {
      ...arrow(path, reason === null ? "arrived" : "dropped", item.seq, reason),
      copy: i > 0 || story.copied !== null,
    };
  });
  const loss = lossOf(story);
  if (loss && ends.departure) {
    const at = lostAt(way.at(-1) ?? ORIGIN, otherEnd(story, context));
    found.push(arrow([...way, at], "lost", loss.seq, loss.reason));
  } else if (found.length === 0) {
    found.push(...unfinished(way, sender, story, context, arrow));
  }
  return found;
}

const ORIGIN: Point = { x: 0, y: 0 };

/** Not at its end yet, or its end is not drawn. */
function unfinished(
  way: readonly Point[],
  sender: Column,
  story: PacketStory,
  context: ArrowContext,
  arrow: (path: readonly Point[], end: ArrowEnd, endSeq: number, reason: string | null) => Arrow,
): Arrow[] {
  const end = story.ends[0];
  const wire = story.wires.at(-1);
  const start = way.at(-1) ?? ORIGIN;
  if (end) {
    const there = context.column(end.host);
    const fold = hiddenRow(end.seq, context);
    const y = fold?.y ?? context.bottom;
    const path = fold && y - start.y < 2 ? way : [...way, { x: there?.wire ?? start.x, y }];
    return there && path.length > 1 ? [{ ...arrow(path, "arrived", end.seq, null), folded: true }] : [];
  }
  if (!wire) return [arrow([...way, { x: start.x - sender.outside * 18, y: start.y }], "waiting", 0, null)];
  const there = context.column(farEnd(wire, story, context.index));
  const y = Math.max(context.rows.axis.y(wire.arrives), start.y + LINE);
  return there ? [arrow([...way, { x: there.wire, y }], "flying", 0, null)] : [];
}

/** The row that holds an event which has none of its own: a fold; none beyond the excerpt. */
function hiddenRow(seq: number, { rows: { list } }: ArrowContext): Row | null {
  const row = list[lowerBound(list, seq + 1, (each) => each.seq) - 1];
  return row?.fold && seq <= row.lastSeq ? row : null;
}

/** Through the card onto the wire, and over the routers that are drawn. */
function wayOut(from: Point, sender: Column, ends: Ends, story: PacketStory, context: ArrowContext): Point[] {
  const way = [from];
  const wire = story.wires[0];
  if (sender.lanes && wire && ends.departure) {
    way.push({ x: sender.wire, y: Math.max(from.y, context.rows.axis.y(wire.at)) });
  }
  for (const { item, y } of ends.forwards) {
    const router = context.column(item.host);
    if (router) way.push({ x: router.x, y });
  }
  return way;
}

/** Off the wire, and through the card up to the socket. */
function wayIn(
  y: number,
  there: Column | undefined,
  story: PacketStory,
  copy: number,
  way: readonly Point[],
  { rows }: ArrowContext,
): Point[] {
  if (!there) return [];
  const end = { x: there.x, y };
  const wires = story.wires.filter((wire) => wire.to === there.host || wire.to === "");
  const wire = wires[copy] ?? wires.at(-1);
  if (!there.lanes || !wire) return [end];
  const earliest = way.at(-1)?.y ?? 0;
  return [{ x: there.wire, y: Math.min(Math.max(rows.axis.y(wire.arrives), earliest), y) }, end];
}

/** A little more than half the way: so that the label has room before the cross. */
function lostAt(from: Point, x: number): Point {
  return { x: from.x + (x - from.x) * 0.62, y: from.y + LINE };
}

function otherEnd(story: PacketStory, { column, index }: ArrowContext): number {
  return column(farEnd(story.wires.at(-1), story, index))?.wire ?? 0;
}

/** The host at the end of a wire: where a switch is there, the one that the packet is for. */
export function farEnd(wire: WireEntered | undefined, story: PacketStory, index: TraceIndex): string {
  return wire?.to || (story.sent && index.hostOf(story.sent.dst)) || "";
}
