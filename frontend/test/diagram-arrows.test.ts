import { expect, it } from "vitest";
import { Recording } from "../src/islands/recording.ts";
import type { SegmentSent } from "../src/trace/events.ts";
import type { Arrow } from "../src/views/diagram-arrows.ts";
import { breadth, columns, inOrder } from "../src/views/diagram-columns.ts";
import { type Diagram, type DiagramView, layout } from "../src/views/diagram-layout.ts";
import { levelArrows } from "../src/views/diagram-levels.ts";
import { links } from "../src/views/diagram-links.ts";
import { arrowTags, packetLabel } from "../src/views/diagram-text.ts";
import { fields } from "../src/views/packet-fields.ts";
import { exchange } from "./fixtures/exchange.ts";
import { troubles } from "./fixtures/troubles.ts";
import { TraceWriter } from "./fixtures/writer.ts";

const recording = new Recording();
recording.append(troubles());
const hosts = inOrder(["client", "server", "router"], recording.index.links);

function draw(change: Partial<DiagramView> = {}): Diagram {
  const view: DiagramView = { width: 1000, hosts, axis: "compressed", zoom: 1, lanes: false, ...change };
  return layout(recording.items, recording.index, recording.excerpt(new Set()), view);
}

/** The arrows of the segment that begins at `relSeq`. */
function arrowsOf(relSeq: number, { arrows }: Diagram = draw()): readonly Arrow[] {
  return arrows.filter(
    ({ story: { sent } }) => sent?.type === "SegmentSent" && sent.relSeq === relSeq && sent.length > 0,
  );
}

it("puts a router between the hosts that it joins, however they are named", () => {
  expect(hosts).toEqual(["client", "router", "server"]);
  expect(inOrder(["a", "b", "c", "d"], recording.index.links)).toEqual(["a", "b", "c", "d"]);
});

it("draws the way over a router as one arrow with a bend", () => {
  const [arrow] = arrowsOf(1);
  expect(arrow?.path.map(({ x }) => x)).toEqual(columns(hosts, { width: 1000, lanes: false }).map(({ x }) => x));
  const ys = arrow?.path.map(({ y }) => y) ?? [];
  expect(ys.every((y, i) => i === 0 || y > (ys[i - 1] ?? y))).toBe(true);
});

it("says in words what is out of the ordinary", () => {
  const tags = (relSeq: number) => arrowsOf(relSeq).map(arrowTags);
  expect(tags(1)).toEqual([[]]);
  expect(tags(101)).toEqual([["out of order"]]);
  expect(tags(201)).toEqual([[]]);
  expect(tags(301)).toEqual([["CE: has seen congestion"]]);
  expect(tags(401)).toEqual([[], ["copy made by the link"]]);
  expect(tags(501)).toEqual([["damaged"]]);
});

it("tells the first of two copies, which was taken, from the second, which was not", () => {
  expect(arrowsOf(401).map(({ end, reason }) => [end, reason])).toEqual([
    ["arrived", null],
    ["dropped", "OLD_DUPLICATE"],
  ]);
});

it("draws the copy that a hand made from where it was made, and to where it was dropped", () => {
  const w = new TraceWriter();
  w.network(10, { client: "10.0.1.1", server: "10.0.1.2" });
  const body = { flags: "P.", socket: 1, src: "10.0.1.1:1", dst: "10.0.1.2:2", relSeq: 1, relAck: 1, length: 100 };
  const data = w.send(0, "client", 0, body, { to: "server", delayMs: 10 });
  const copy = data.packet + 1;
  const fault = { fault: "duplicate", packet: data.packet, call: 0, how: `packet ${copy}` };
  const made = w.at(4, "client", data.seq, { type: "FaultInjected", ...fault });
  w.receive(10, "server", data.seq, data.packet, 2);
  const end = w.at(10, "server", made, { type: "PacketDropped", packet: copy, where: "tcp", reason: "OLD_DUPLICATE" });
  const run = new Recording();
  run.append(w.events);
  const view: DiagramView = { width: 800, hosts: ["client", "server"], axis: "linear", zoom: 1, lanes: false };
  const drawn = layout(run.items, run.index, run.excerpt(new Set()), view);
  expect(drawn.arrows.map((arrow) => [arrow.seq, arrow.end, arrow.copy, arrowTags(arrow)])).toEqual([
    [run.index.packet(data.packet)?.sent?.seq, "arrived", false, []],
    [made, "dropped", true, ["copy made by hand"]],
  ]);
  expect(drawn.arrows[1]?.endSeq).toBe(end);
  expect(drawn.arrows[1]?.from.y).toBe(drawn.notes.find(({ item }) => item.seq === made)?.y);
  expect(drawn.arrows.map(({ story }) => packetLabel(story).name)).toEqual(["PSH-ACK", "PSH-ACK"]);
});

it("leaves the numbers away that there is no room for, the window first", () => {
  const story = arrowsOf(1)[0]?.story;
  if (!story) throw new Error("the first segment is not there");
  expect(packetLabel(story)).toEqual({ name: "PSH-ACK", numbers: "seq 1:101 ack 1 win 64240" });
  expect(packetLabel(story, 24).numbers).toBe("seq 1:101 ack 1");
  expect(packetLabel(story, 4).numbers).toBe("seq 1:101");
});

it("tells the window in octets, as the handshake has scaled it", () => {
  const story = arrowsOf(1)[0]?.story;
  if (story?.sent?.type !== "SegmentSent") throw new Error("the first segment is not there");
  const scaled = { ...story, windowShift: 10, sent: { ...story.sent, window: 63 } };
  expect(packetLabel(scaled).numbers).toBe("seq 1:101 ack 1 win 64512");
  expect(fields(scaled.sent, scaled.windowShift)).toContainEqual(["window", "64512 (63 on the wire, × 1024)"]);
});

it("names probes, and what they find, which look like any ACK", () => {
  const [arrow] = arrowsOf(1);
  if (arrow?.story.sent?.type !== "SegmentSent") throw new Error("the first segment is not there");
  const { sent } = arrow.story;
  const tags = (change: Partial<SegmentSent>) =>
    arrowTags({ ...arrow, story: { ...arrow.story, sent: { ...sent, ...change } } });
  expect(tags({ rule: "RFC9293.WINDOW_PROBE" })).toEqual(["window probe"]);
  expect(tags({ window: 0 })).toEqual(["zero window"]);
  expect(tags({ window: 0, flags: "R" })).toEqual([]);
});

it("leads a packet through the lanes: from the socket through the card onto the wire, and back", () => {
  const drawn = draw({ lanes: true });
  const [client, , server] = drawn.columns;
  const [arrow] = arrowsOf(1, drawn);
  expect(arrow?.path.map(({ x }) => x)).toEqual([
    client?.x,
    client?.wire,
    drawn.columns[1]?.x,
    server?.wire,
    server?.x,
  ]);
});

it("keeps the lanes of a host beside each other, and gives none to what is between", () => {
  const [client, router] = draw({ lanes: true }).columns;
  const { application, buffers, nic } = client?.lanes ?? {};
  expect(application && application.x + application.width).toBe(buffers?.x);
  expect(buffers && buffers.x + buffers.width).toBe(nic?.x);
  expect(client && breadth(client).x).toBe(application?.x);
  expect(router?.lanes).toBeNull();
});

it("fills the buffer lane from when the octets are there, in the proportions that the trace says", () => {
  const fills = draw({ lanes: true }).fills.filter(({ host }) => host === "client");
  const width = (layer: string) => fills.find((fill) => fill.layer === layer)?.boxes[0]?.width ?? 0;
  expect(width("unacknowledged")).toBeCloseTo(2 * width("unsent"));
  expect(fills.find(({ layer }) => layer === "unsent")?.peak).toBe(150);
});

it("links a segment with the call that made it and the segment that acknowledges it", () => {
  const find = (seq: number) => recording.timeline.event(seq);
  const packets = recording.index.packets();
  expect(links(packets[0]?.packet ?? 0, recording.index, find)).toEqual(
    new Map([
      [`p${packets[0]?.packet}`, "[B]"],
      ["c1", "[A]"],
      [`p${packets.at(-1)?.packet}`, "[C]"],
    ]),
  );
  expect(links(null, recording.index, find).size).toBe(0);
});

it("has the SYN acknowledged by the SYN-ACK", () => {
  const run = new Recording();
  run.append(exchange());
  expect(links(1, run.index, (seq) => run.timeline.event(seq)).get("p2")).toBe("[C]");
});

it("writes the words of two arrows that begin beside each other in the same manner", () => {
  const arrow = (y: number, steepness: number): Arrow =>
    ({
      from: { x: 0, y },
      to: { x: 100, y: y + 100 * steepness },
      path: [
        { x: 0, y },
        { x: 100, y: y + 100 * steepness },
      ],
      folded: false,
    }) as unknown as Arrow;
  const [flat, beside, steep, far] = [arrow(0, 0.2), arrow(20, 0.25), arrow(40, 0.5), arrow(200, 0.2)];
  const level = levelArrows([flat, beside, steep, far]);
  expect([flat, beside, steep, far].map((each) => level.has(each))).toEqual([true, true, true, false]);
});
