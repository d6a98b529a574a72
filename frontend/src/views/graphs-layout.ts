import { lowerBound } from "../base/search.ts";
import { MILLISECOND, type Nanos, nanos, SECOND } from "../base/time.ts";
import type { Connection, Point, Span } from "../trace/connections.ts";

/** Figures of one name. A step holds its value until the next, a mark stands alone, a bar has an extent. */
export interface Series {
  readonly name: string;
  /** Its line or mark, told by shape as well as by colour: 0, 1, 2, … */
  readonly tone: number;
  readonly shape: "step" | "mark" | "bar";
  readonly points: readonly (Point & { readonly to?: number; readonly note?: string })[];
}

export interface Graph {
  readonly id: string;
  /** As Wireshark calls it, where it has it. */
  readonly title: string;
  readonly unit: string;
  /** What it is made of, in a sentence. */
  readonly note: string;
  readonly series: readonly Series[];
}

/** What ssthresh is before a loss has set it: more than any window. */
const NO_SSTHRESH = 2 ** 30;
/** Over how long throughput is averaged: Wireshark's default. */
const WINDOW = SECOND;

type Queues = ReadonlyMap<string, readonly Point[]>;

export const GRAPHS: readonly { readonly id: string; readonly title: string }[] = [
  { id: "stevens", title: "Time / Sequence (Stevens)" },
  { id: "tcptrace", title: "Time / Sequence (tcptrace)" },
  { id: "window", title: "Window Scaling" },
  { id: "cwnd", title: "Congestion window" },
  { id: "rtt", title: "Round Trip Time" },
  { id: "throughput", title: "Throughput" },
  { id: "buffers", title: "Buffers" },
  { id: "queues", title: "Queues" },
];

/** The graph of that id of what one end of a connection sends. */
export function graphOf(id: string, connection: Connection, queues: Queues): Graph {
  const title = GRAPHS.find((graph) => graph.id === id)?.title ?? id;
  const { variables, buffers } = connection;
  const variable = (name: string, key: string, tone: number, scale = 1, most = Number.POSITIVE_INFINITY): Series => ({
    name,
    tone,
    shape: "step",
    points: (variables.get(key) ?? [])
      .filter(({ value }) => value < most)
      .map((p) => ({ ...p, value: p.value / scale })),
  });
  const steps = (name: string, points: readonly Point[], tone: number): Series => ({
    name,
    tone,
    shape: "step",
    points,
  });
  switch (id) {
    case "stevens":
      return {
        id,
        title,
        unit: "octet",
        note: "Each segment where it begins, when it is sent.",
        series: stevens(connection),
      };
    case "tcptrace":
      return {
        id,
        title,
        unit: "octet",
        note: "Segments as bars between what is acknowledged, below, and what the peer would take, above.",
        series: [
          ...bars(connection.spans),
          steps("acknowledged", connection.acks, 1),
          steps("end of the window", connection.windowEdge, 2),
        ],
      };
    case "window":
      return {
        id,
        title,
        unit: "octets",
        note: "What the peer offers, and what of it is under way: sent and not acknowledged.",
        series: [variable("window (snd.wnd)", "snd.wnd", 2), variable("bytes out", "bytes out", 0)],
      };
    case "cwnd":
      return {
        id,
        title,
        unit: "segments",
        note: "What the sender allows itself. ssthresh is shown once a loss has set it.",
        series: [
          variable("cwnd", "cwnd", 0),
          variable("ssthresh", "ssthresh", 2, 1, NO_SSTHRESH),
          variable("in flight", "inFlight", 1),
        ],
      };
    case "rtt":
      return {
        id,
        title,
        unit: "ms",
        note: "The estimate, its variation, and the timeout made of both.",
        series: [
          variable("SRTT", "srtt", 0, MILLISECOND),
          variable("RTTVAR", "rttvar", 1, MILLISECOND),
          variable("RTO", "rto", 2, MILLISECOND),
        ],
      };
    case "throughput":
      return {
        id,
        title,
        unit: "kbit/s",
        note: "What was sent for the first time, and what was acknowledged, over the second before each event.",
        series: [
          steps("throughput", rates(connection.spans.filter(({ kind }) => kind === "sent").map(grown)), 0),
          steps("goodput", rates(growth(connection.acks)), 1),
        ],
      };
    case "buffers":
      return {
        id,
        title,
        unit: "octets",
        note: "What waits in the socket of this end.",
        series: [...buffers].map(([name, points], tone) => steps(name, points, tone)).filter(isMoving),
      };
    default:
      return queuesGraph(queues);
  }
}

/** Packets that wait, on all hosts. The one graph that needs no TCP. */
export function queuesGraph(queues: Queues): Graph {
  return {
    id: "queues",
    title: "Queues",
    unit: "packets",
    note: "Of all the run: packets that wait in queueing disciplines and rings, and datagrams that nobody has read.",
    series: [...queues].map(([name, points], tone): Series => ({ name, tone, shape: "step", points })).filter(isMoving),
  };
}

const isMoving = ({ points }: Series): boolean => points.some(({ value }) => value > 0);

function stevens({ spans }: Connection): readonly Series[] {
  const of = (name: string, tone: number, chosen: (span: Span) => boolean): Series => ({
    name,
    tone,
    shape: "mark",
    points: spans.filter(chosen).map(({ seq, at, value }) => ({ seq, at, value })),
  });
  return [
    of("sent", 0, ({ kind, lost }) => kind === "sent" && !lost),
    of("sent again", 1, ({ kind, lost }) => kind === "again" && !lost),
    of("sent and lost", 3, ({ lost }) => lost),
  ].filter(({ points }) => points.length > 0);
}

function bars(spans: readonly Span[]): readonly Series[] {
  const of = (name: string, tone: number, chosen: (span: Span) => boolean): Series => ({
    name,
    tone,
    shape: "bar",
    points: spans.filter(chosen).map(({ seq, at, value, to }) => ({ seq, at, value, to })),
  });
  return [
    of("sent", 0, ({ kind, lost }) => kind === "sent" && !lost),
    of("sent again", 4, ({ kind, lost }) => kind === "again" && !lost),
    of("sent and lost", 3, ({ lost }) => lost),
    of("SACK", 5, ({ kind }) => kind === "sack"),
  ].filter(({ points }) => points.length > 0);
}

const grown = ({ seq, at, value, to }: Span): Point => ({ seq, at, value: to - value });

/** By how much each is more than the largest before. */
function growth(points: readonly Point[]): Point[] {
  let most = 0;
  return points.flatMap(({ seq, at, value }) => {
    const more = value - most;
    most = Math.max(most, value);
    return more > 0 ? [{ seq, at, value: more }] : [];
  });
}

/** At each of `octets`, how many kbit a second there were in the time before it. */
function rates(octets: readonly Point[]): Point[] {
  let from = 0;
  let sum = 0;
  return octets.map(({ seq, at, value }) => {
    sum += value;
    for (let first = octets[from]; first && first.at <= at - WINDOW; first = octets[from]) {
      sum -= first.value;
      from += 1;
    }
    return { seq, at, value: (sum * 8) / 1000 / (WINDOW / SECOND) };
  });
}

/** A stretch of time that is looked at. */
export interface Range {
  readonly from: Nanos;
  readonly to: Nanos;
}

/** Room behind a connection's last figure, as a part of its life. */
const AFTERWARDS = 1 / 24;

/** From a connection's first figure to its last, and a little more. Null before there is one. */
export function lifetimeOf({ spans, acks, variables, buffers }: Connection): Range | null {
  const told = [spans, acks, ...variables.values(), ...buffers.values()];
  const first = told.reduce((least, points) => Math.min(least, points[0]?.at ?? least), Number.POSITIVE_INFINITY);
  const last = told.reduce((most, points) => Math.max(most, points.at(-1)?.at ?? most), 0);
  return last > first ? { from: nanos(first), to: nanos(Math.ceil(last + (last - first) * AFTERWARDS)) } : null;
}

/**
 * The connection that a time is about: the last to have begun by then, as seen from the end that sends more of the two. The
 * first, before there is one.
 */
export function connectionAt(all: readonly Connection[], at: Nanos): Connection | null {
  const begun = all.filter((connection) => (lifetimeOf(connection)?.from ?? Number.POSITIVE_INFINITY) <= at);
  const latest = begun.reduce<Connection | null>(
    (last, one) => (last && beginOf(last) > beginOf(one) ? last : one),
    null,
  );
  if (!latest) return all[0] ?? null;
  const peer = all.findLast(({ local, remote }) => local === latest.remote && remote === latest.local);
  // of two that send as much, the one that has begun it
  return peer && octetsOf(peer) >= octetsOf(latest) ? peer : latest;
}

const beginOf = (connection: Connection): number => lifetimeOf(connection)?.from ?? 0;
const octetsOf = ({ spans }: Connection): number => spans.findLast(({ kind }) => kind !== "sack")?.to ?? 0;

/** Half as much around `at`, or twice as much, within the run. */
export function zoomed({ from, to }: Range, by: number, at: Nanos, end: Nanos): Range {
  const length = Math.min((to - from) * by, end);
  const inside = at >= from && at <= to ? at : (from + to) / 2;
  const part = (inside - from) / Math.max(to - from, 1);
  const start = Math.min(Math.max(inside - part * length, 0), end - length);
  return { from: nanos(start), to: nanos(start + length) };
}

/**
 * The values from `low` to `high` at which an axis has a line: 1, 2 or 5 times a power of ten apart.
 *
 * @param least how far apart they are at least: 1 for what is counted
 */
export function ticks(low: number, high: number, most: number, least = 0): readonly number[] {
  const rough = Math.max((high - low) / most, least);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The point nearest in time to `at`; of those at one time, the nearest in value. */
export function nearest(graph: Graph, at: Nanos, value: number, perNano: number, perUnit: number): Point | null {
  let best: Point | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { points } of graph.series) {
    const place = lowerBound(points, at, (point) => point.at);
    for (let i = Math.max(place - 24, 0); i < Math.min(place + 24, points.length); i += 1) {
      const point = points[i];
      if (!point) continue;
      const distance = Math.hypot((point.at - at) * perNano, (point.value - value) * perUnit);
      if (distance < least) [least, best] = [distance, point];
    }
  }
  return best;
}

/** What each series says at the cursor: its last figure at or before it. */
export function figuresAt(
  graph: Graph,
  cursor: number,
): readonly { readonly series: Series; readonly value: number | null }[] {
  return graph.series.map((series) => {
    const place = lowerBound(series.points, cursor + 1, (point) => point.seq);
    return { series, value: series.points[place - 1]?.value ?? null };
  });
}
