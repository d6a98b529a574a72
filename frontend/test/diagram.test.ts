import { expect, it } from "vitest";
import { MILLISECOND, nanos } from "../src/base/time.ts";
import { Recording } from "../src/islands/recording.ts";
import type { TraceEvent } from "../src/trace/events.ts";
import { gap, LINE } from "../src/views/diagram-axis.ts";
import { columns, crowded } from "../src/views/diagram-columns.ts";
import { cursorY, type Diagram, type DiagramView, layout } from "../src/views/diagram-layout.ts";
import { twoLines } from "../src/views/diagram-notes.ts";
import { fitCall, packetLabel } from "../src/views/diagram-text.ts";
import { exchange } from "./fixtures/exchange.ts";

const events = exchange();
const HOSTS = ["client", "server"];

function draw(upTo: readonly TraceEvent[] = events, cursor = upTo.length, change: Partial<DiagramView> = {}): Diagram {
  const recording = new Recording();
  recording.append(upTo);
  recording.goTo(cursor);
  const view: DiagramView = { width: 800, hosts: HOSTS, axis: "compressed", zoom: 1, lanes: false, ...change };
  return layout(recording.items, recording.index, recording.excerpt(new Set()), view);
}

const lifelines = () => columns(HOSTS, { width: 800, lanes: false }).map((column) => column.x);

it("breaks why a packet was dropped into two lines where there is little room", () => {
  expect(twoLines("accept queue full", 10)).toEqual(["accept", "queue full"]);
  expect(twoLines("retransmission", 10)).toEqual(["retransmis", "sion"]);
});

it("draws each segment from where it was sent down to where it was received", () => {
  const arrows = draw().arrows;
  const [client, server] = lifelines();
  expect(arrows.map((a) => [packetLabel(a.story).name, a.end])).toEqual([
    ["SYN", "arrived"],
    ["SYN-ACK", "arrived"],
    ["ACK", "arrived"],
    ["PSH-ACK", "lost"],
    ["PSH-ACK", "arrived"],
    ["ACK", "arrived"],
  ]);
  expect([arrows[0]?.from.x, arrows[0]?.to.x]).toEqual([client, server]);
  expect([arrows[1]?.from.x, arrows[1]?.to.x]).toEqual([server, client]);
  for (const arrow of arrows) expect(arrow.to.y).toBeGreaterThan(arrow.from.y);
});

it("ends a lost segment between the hosts, with the reason", () => {
  const lost = draw().arrows.find((arrow) => arrow.end === "lost");
  const [client = 0, server = 0] = lifelines();
  expect(lost?.reason).toBe("LINK_LOSS");
  expect(lost?.to.x).toBeGreaterThan(client);
  expect(lost?.to.x).toBeLessThan(server);
});

it("draws a segment that is still on the wire to where it will arrive", () => {
  const onWire = events.slice(0, events.findIndex((event) => event.type === "WireEntered") + 1);
  const [arrow, ...more] = draw(onWire).arrows;
  expect(more).toEqual([]);
  expect(arrow).toMatchObject({ end: "flying", endSeq: 0 });
  expect(arrow?.to.y).toBeGreaterThan(arrow?.from.y ?? 0);
});

it("draws a segment that waits in the NIC, until its host takes it up", () => {
  const queued = events.slice(0, events.findIndex((event) => event.type === "RxQueued") + 1);
  const [arrow] = draw(queued).arrows;
  expect(arrow).toMatchObject({ end: "flying", endSeq: 0 });
  expect(arrow?.to.y).toBeGreaterThan(arrow?.from.y ?? 0);
});

it("never lets two things at one host and side share a line", () => {
  const diagram = draw();
  const outside = diagram.notes.map((label) => `${label.item.host} ${label.y}`);
  expect(new Set(outside).size).toBe(outside.length);
  const states = diagram.states.map((label) => `${label.item.host} ${label.y}`);
  const ends = diagram.arrows.filter((a) => a.end === "arrived").map((a) => `${a.story.wires[0]?.to} ${a.to.y}`);
  expect(new Set([...states, ...ends]).size).toBe(states.length + ends.length);
});

it("keeps the order of the trace down each lifeline", () => {
  for (const host of HOSTS) {
    const down = draw().rows.flatMap(({ item, y }) => (item.host === host ? [y] : []));
    expect(down).toEqual([...down].sort((a, b) => a - b));
  }
});

it("has a bar for a call that waits, as long as it waits", () => {
  const connect = draw().bars.find((bar) => bar.story.entered.name === "connect");
  const listen = draw().bars.find((bar) => bar.story.entered.name === "listen");
  expect(connect?.waits).not.toBeNull();
  expect(connect?.height).toBeGreaterThan(3 * LINE);
  expect(listen?.waits).toBeNull();
  expect(listen?.height).toBeLessThan(LINE);
});

it("puts the cursor at the last thing shown up to it", () => {
  const diagram = draw();
  expect(cursorY(diagram, 0)).toBeNull();
  expect(cursorY(diagram, events.length)).toBe(diagram.rows.at(-1)?.y);
});

it("breaks the axis where nothing happens, and nowhere else", () => {
  const scale = { mode: "compressed" as const, zoom: 1, delay: nanos(20 * MILLISECOND) };
  expect(gap(nanos(20 * MILLISECOND), scale).idle).toBe(false);
  expect(gap(nanos(60_000 * MILLISECOND), scale)).toEqual({ px: 46, idle: true });
  expect(draw().axis.placed.flatMap((moment) => moment.idle ?? [])).toEqual([200 * MILLISECOND, 90 * MILLISECOND]);
});

it("draws gaps to scale on the linear axis, and alike on that of events", () => {
  const scale = { zoom: 1, delay: nanos(20 * MILLISECOND) };
  const px = (mode: "linear" | "event", ms: number) => gap(nanos(ms * MILLISECOND), { ...scale, mode }).px;
  expect(px("linear", 20)).toBeCloseTo(2 * px("linear", 10));
  expect(px("linear", 200)).toBe(46);
  expect(px("event", 20)).toBe(px("event", 1));
});

it("puts a time between two moments where it is between them", () => {
  const { axis } = draw(events, events.length, { axis: "linear" });
  const [, second, third] = axis.placed;
  const middle = axis.y(nanos(((second?.at ?? 0) + (third?.at ?? 0)) / 2));
  expect(middle).toBeGreaterThan(second?.y ?? 0);
  expect(middle).toBeLessThan(third?.y ?? 0);
});

it("shortens a call in its arguments and keeps its result", () => {
  expect(fitCall("listen(3, 5) = 0", 30)).toBe("listen(3, 5) = 0");
  expect(fitCall("socket(AF_INET, SOCK_STREAM, 0) = 3", 24)).toBe("socket(AF_INET, SO…) = 3");
  expect(fitCall("socket(AF_INET, SOCK_STREAM, 0) = 3", 14)).toBe("socket(…) = 3");
});

it("shortens a call that failed to what it failed with", () => {
  const failed = 'send(3, "again", 5, 0) = -1 ECONNREFUSED (Connection refused)';
  expect(fitCall(failed, 60)).toBe('send(3, "again", 5, 0) = -1 ECONNREFUSED');
  expect(fitCall(failed, 24)).toBe("send(…) = ECONNREFUSED");
});

it("knows when the addresses of many hosts would run into each other", () => {
  const five = ["client", "old", "mallory", "router", "server"];
  const address = (): string => "10.20.89.100";
  expect(crowded(columns(five, { width: 350, lanes: false }), address)).toBe(true);
  expect(crowded(columns(five, { width: 1000, lanes: false }), address)).toBe(false);
  expect(crowded(columns(HOSTS, { width: 350, lanes: false }), address)).toBe(false);
});
