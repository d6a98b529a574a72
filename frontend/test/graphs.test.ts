import { describe, expect, it } from "vitest";
import { nanos } from "../src/base/time.ts";
import { type Connection, Connections } from "../src/trace/connections.ts";
import type { TraceEvent } from "../src/trace/events.ts";
import { picture } from "../src/views/graph-picture.ts";
import {
  connectionAt,
  figuresAt,
  type Graph,
  graphOf,
  lifetimeOf,
  nearest,
  queuesGraph,
  ticks,
  zoomed,
} from "../src/views/graphs-layout.ts";
import { exchange } from "./fixtures/exchange.ts";

const MS = 1e6;
const events = exchange();

function connections(): Connections {
  const found = new Connections();
  found.follow(events);
  return found;
}

function client(): Connection {
  const found = connections().all.find(({ host }) => host === "client");
  if (!found) throw new Error("the client has no connection");
  return found;
}

const graph = (id: string): Graph => graphOf(id, client(), connections().queues);
const room = { width: 600, height: 190, range: { from: nanos(0), to: nanos(400 * MS) }, now: nanos(100 * MS) };

describe("the connection that a time is about", () => {
  const one = (host: string, local: string, remote: string, at: number, octets: number): Connection => ({
    host,
    socket: 1,
    local,
    remote,
    spans: [{ seq: 1, at: nanos(at), value: 1, to: octets, kind: "sent", lost: false }],
    acks: [{ seq: 2, at: nanos(at + 10), value: octets }],
    windowEdge: [],
    variables: new Map(),
    buffers: new Map(),
  });
  const upload = one("client", "a:1", "b:80", 100, 5_000);
  const answer = one("server", "b:80", "a:1", 110, 2);
  const request = one("client", "a:2", "b:80", 500, 30);
  const download = one("server", "b:80", "a:2", 510, 9_000);
  const all = [upload, answer, request, download];

  it("is the last to have begun by then, as seen from the end that sends more", () => {
    expect(connectionAt(all, nanos(300))).toBe(upload);
    expect(connectionAt(all, nanos(500))).toBe(download);
    expect(connectionAt(all, nanos(900))).toBe(download);
  });

  it("is seen from the end that has begun it where neither sends more", () => {
    const asked = one("client", "a:3", "b:80", 700, 1);
    const taken = one("server", "b:80", "a:3", 710, 1);
    expect(connectionAt([...all, asked, taken], nanos(800))).toBe(asked);
  });

  it("is the first before there is one", () => {
    expect(connectionAt(all, nanos(0))).toBe(upload);
    expect(connectionAt([], nanos(0))).toBeNull();
  });
});

describe("a connection's figures", () => {
  it("are those of the events, none between", () => {
    const cwnd = graph("cwnd").series.find(({ name }) => name === "cwnd");
    const told = events.flatMap((event) =>
      event.type === "TcbChanged" && event.host === "client" && "cwnd" in event.changed
        ? [{ seq: event.seq, at: event.at, value: event.changed["cwnd"] }]
        : [],
    );
    expect(cwnd?.points).toEqual(told);
    expect(told.length).toBeGreaterThan(0);
  });

  it("tell first sending, sending again and loss apart", () => {
    const found = Object.fromEntries(
      graph("stevens").series.map(({ name, points }) => [name, points.map((p) => p.value)]),
    );
    expect(found).toEqual({ sent: [0], "sent again": [1], "sent and lost": [1] });
  });

  it("have segments between what is acknowledged and the window's end", () => {
    const found = graph("tcptrace");
    const bar = found.series.find(({ name }) => name === "sent again")?.points[0];
    expect(bar).toMatchObject({ value: 1, to: 201 });
    const acked = found.series.find(({ name }) => name === "acknowledged")?.points.map(({ value }) => value);
    expect(acked?.at(-1)).toBe(201);
  });

  it("say what holds at the cursor, and nothing before it is told", () => {
    const { series } = graph("rtt");
    expect(figuresAt(graph("rtt"), 0).every(({ value }) => value === null)).toBe(true);
    const at = series[0]?.points[0];
    expect(figuresAt(graph("rtt"), at?.seq ?? 0)[0]?.value).toBe(40);
  });

  it("are shown from the first to the last, not from the run's begin to its end", () => {
    const life = lifetimeOf(client());
    const told = events.flatMap((event) =>
      event.type === "TcbChanged" && event.host === "client" ? [event.at as number] : [],
    );
    expect(life?.from).toBe(Math.min(...told));
    expect(life?.to).toBeGreaterThan(Math.max(...told));
    expect(lifetimeOf({ ...client(), spans: [], acks: [], variables: new Map(), buffers: new Map() })).toBeNull();
  });

  it("tell of datagrams that wait where there is no connection, and not of streams", () => {
    const waiting = (socket: number, datagrams: number, seq: number) =>
      ({
        type: "ReceiveBufferChanged",
        host: "server",
        seq,
        at: nanos(seq),
        cause: 0,
        socket,
        readable: 9,
        outOfOrder: 0,
        datagrams,
        size: 99,
      }) as TraceEvent;
    const found = new Connections();
    found.follow([waiting(1, 1, 1), waiting(1, 2, 2), waiting(1, 0, 3), waiting(2, 0, 4)]);
    expect(
      queuesGraph(found.queues).series.map(({ name, points }) => [name, points.map(({ value }) => value)]),
    ).toEqual([["server socket 1 receive buffer", [1, 2, 0]]]);
  });

  it("are added to, and never gone over again", () => {
    const step = new Connections();
    for (let i = 1; i <= events.length; i += 1) step.follow(events.slice(0, i));
    expect(step.all).toEqual(connections().all);
  });
});

describe("a picture", () => {
  it("has its cursor where the time is, and finds the figure that is clicked", () => {
    const stevens = graph("stevens");
    const drawn = picture(stevens, room);
    expect(drawn.cursorX).toBeCloseTo(64 + (600 - 64 - 12) / 4);
    const point = stevens.series.find(({ name }) => name === "sent again")?.points[0];
    const found = nearest(stevens, nanos((point?.at ?? 0) + 1000), 1, drawn.scale.perNano, drawn.scale.perUnit);
    expect(found?.seq).toBe(point?.seq);
  });

  it("holds a step's value until the next, to its edge", () => {
    const line = picture(graph("cwnd"), room).lines.find(({ series }) => series.name === "cwnd");
    expect(line?.path).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)*H588$/);
  });

  it("leaves out what lies outside", () => {
    const drawn = picture(graph("stevens"), { ...room, range: { from: nanos(350 * MS), to: nanos(400 * MS) } });
    expect(drawn.lines.every(({ path }) => path === "")).toBe(true);
    expect(drawn.cursorX).toBeNull();
  });

  it.each([
    [0, 10, 4, [0, 5, 10]],
    [0, 0.4, 4, [0, 0.1, 0.2, 0.3, 0.4]],
    [3, 3, 4, [3]],
  ])("has round numbers at its axes: %d to %d", (low, high, most, expected) => {
    expect(ticks(low, high, most)).toEqual(expected);
  });
  it("are whole for what is counted", () => {
    expect(ticks(0, 1, 4, 1)).toEqual([0, 1]);
    const counted: Graph = {
      ...graph("stevens"),
      series: [{ name: "sent", tone: 0, shape: "mark", points: [{ seq: 1, at: nanos(0), value: 0 }] }],
    };
    expect(picture(counted, room).valueTicks.map(({ value }) => value)).toEqual([0, 1]);
  });

  it("is zoomed around the cursor, within the run", () => {
    const range = { from: nanos(0), to: nanos(100) };
    expect(zoomed(range, 0.5, nanos(100), nanos(100))).toEqual({ from: 50, to: 100 });
    expect(zoomed({ from: nanos(50), to: nanos(100) }, 4, nanos(60), nanos(100))).toEqual(range);
  });
});
