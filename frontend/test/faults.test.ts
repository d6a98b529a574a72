import { expect, it } from "vitest";
import type { TraceEvent } from "../src/trace/events.ts";
import { packetsAway } from "../src/trace/packets-away.ts";
import { TraceIndex } from "../src/trace/trace-index.ts";
import { branchRows } from "../src/views/branches-layout.ts";
import { PACKET_FAULTS, USUAL_MEASURES } from "../src/views/fault-buttons.ts";

function indexOf(events: readonly object[]): TraceIndex {
  const index = new TraceIndex();
  events.forEach((event, i) => {
    index.add({ seq: i + 1, at: 0, host: "client", cause: 0, ...event } as TraceEvent);
  });
  return index;
}

const sent = { type: "DatagramSent", packet: 7, socket: 1, src: "10.0.0.1:1", dst: "10.0.0.2:2", length: 10 };
const wire = { type: "WireEntered", packet: 7, dev: "eth0", link: "l", to: "server", arrives: 5, txUsed: 0 };

it("knows which packets are on their way after an event", () => {
  const index = indexOf([
    sent,
    wire,
    { type: "RxQueued", packet: 7, dev: "eth0", used: 1, size: 8, head: 1, tail: 0, host: "server" },
  ]);
  const away = (seq: number) => packetsAway(index, seq).map(({ story, arrives }) => [story.packet, arrives]);
  expect(away(0)).toEqual([]);
  expect(away(1)).toEqual([[7, null]]);
  expect(away(2)).toEqual([[7, 5]]);
  expect(away(3)).toEqual([]);
});

it("takes a packet that a router sends on for one on its way again", () => {
  const index = indexOf([
    sent,
    wire,
    { type: "RxQueued", packet: 7, dev: "eth0", used: 1, size: 8, head: 1, tail: 0, host: "router" },
    { type: "PacketForwarded", packet: 7, in: "eth0", out: "eth1", ttl: 63, nextHop: "10.0.1.2", host: "router" },
    { ...wire, arrives: 9, host: "router" },
  ]);
  expect(packetsAway(index, 3)).toEqual([]);
  expect(packetsAway(index, 4).map(({ arrives }) => arrives)).toEqual([null]);
  expect(packetsAway(index, 5).map(({ arrives }) => arrives)).toEqual([9]);
});

it("knows the copy that a hand made of a packet, from then on", () => {
  const index = indexOf([
    sent,
    wire,
    { type: "FaultInjected", fault: "duplicate", packet: 7, call: 0, how: "packet 8" },
    { type: "DatagramReceived", packet: 7, socket: 2, host: "server" },
    { type: "PacketDropped", packet: 8, where: "udp", reason: "RCVBUF_FULL", host: "server" },
  ]);
  const away = (seq: number) => packetsAway(index, seq).map(({ story, arrives }) => [story.packet, arrives]);
  expect(away(2)).toEqual([[7, 5]]);
  expect(away(3)).toEqual([
    [8, 5],
    [7, 5],
  ]);
  expect(away(4)).toEqual([[8, 5]]);
  expect(away(5)).toEqual([]);
});

it("writes a fault as the line that does it", () => {
  const lines = PACKET_FAULTS.map(({ line }) => line(7, { ...USUAL_MEASURES, bit: "" }));
  expect(lines).toEqual([
    "drop packet 7",
    "duplicate packet 7",
    "delay packet 7 50ms",
    "reorder packet 7 1",
    "corrupt packet 7",
  ]);
});

it("draws branches under what they were forked from, by the event", () => {
  const branch = (id: string, parent: string | null, event: number, n: number) => ({
    id,
    parent,
    event,
    branch: n,
    name: id,
  });
  const rows = branchRows([
    branch("trunk", null, 0, 0),
    branch("late", "trunk", 90, 1),
    branch("early", "trunk", 40, 2),
    branch("deep", "early", 60, 3),
    branch("orphan", "gone", 10, 4),
  ]);
  expect(rows.map(({ id, depth, last }) => [id, depth, last])).toEqual([
    ["trunk", 0, false],
    ["early", 1, false],
    ["deep", 2, true],
    ["late", 1, true],
    ["orphan", 0, true],
  ]);
  expect(rows[2]?.through).toEqual([true, true]);
});
