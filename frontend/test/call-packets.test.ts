import { describe, expect, it } from "vitest";
import { packetsOfCall, packetsOfOctets } from "../src/trace/call-packets.ts";
import type { TraceEvent } from "../src/trace/events.ts";
import { Streams } from "../src/trace/streams.ts";
import { TraceIndex } from "../src/trace/trace-index.ts";
import { threadServer } from "./fixtures/programs.ts";

function told(events: readonly TraceEvent[]) {
  const index = new TraceIndex();
  const streams = new Streams();
  for (const event of events) {
    index.add(event);
    streams.add(event);
  }
  return { index, streams };
}

function indexed(events: readonly TraceEvent[]) {
  const { index, streams } = told(events);
  return (call: number) => packetsOfCall(call, index, streams, (seq) => events[seq - 1]);
}

const EVENTS = threadServer();
const packets = indexed(EVENTS);

/** The same events numbered anew. */
function numbered(events: readonly TraceEvent[]): TraceEvent[] {
  return events.map((event, i) => ({ ...event, seq: i + 1 }));
}

describe("the packets of a call", () => {
  it("are the segments that carry what it has written", () => {
    expect(packets(12)).toEqual([4]);
    expect(packets(18)).toEqual([7]);
  });

  it("are those that it led to before anything arrived, where it has written nothing", () => {
    expect(packets(11)).toEqual([1]); // connect(): the SYN, and not the acknowledgement of the SYN-ACK
    expect(packets(13)).toEqual([5]);
    expect(packets(20)).toEqual([8]);
  });

  it("are none of a call that only waits, that has no number, or that is not there", () => {
    expect(packets(4)).toEqual([]);
    expect(packets(14)).toEqual([]);
    expect(packets(0)).toEqual([]);
    expect(packets(4711)).toEqual([]);
  });

  it("have the segments that were sent again, and only those that carry its octets", () => {
    const sent = EVENTS.find((event) => event.type === "SegmentSent" && event.packet === 4);
    if (sent?.type !== "SegmentSent") throw new Error("the fixture has no packet 4");
    const again: TraceEvent = { ...sent, packet: 40, seq: 0 };
    const next: TraceEvent = { ...sent, packet: 41, relSeq: sent.relSeq + sent.length, seq: 0 };
    const others: TraceEvent = { ...sent, packet: 42, socket: sent.socket + 7, seq: 0 };
    const probe: TraceEvent = { ...sent, packet: 43, relSeq: sent.relSeq + 1, length: 0, seq: 0 };
    expect(indexed(numbered([...EVENTS, again, next, others, probe]))(12)).toEqual([4, 40]);
  });

  it("lead from octets to the calls that have written them, and to the segments that carry them", () => {
    const { index, streams } = told(EVENTS);
    const written = streams.writtenBy(12);
    if (!written) throw new Error("call 12 of the fixture writes nothing");
    const { host, socket, from, length } = written;
    expect(streams.writersOf({ ...written, from: from + length - 1, length: 1 })).toEqual([12]);
    expect(streams.writersOf({ ...written, from: from + length })).not.toContain(12);
    expect(packetsOfOctets({ host, socket, from: from + 1, end: from + 2 }, index)).toEqual([4]);
    expect(packetsOfOctets({ host, socket: socket + 7, from: from + 1, end: from + 2 }, index)).toEqual([]);
  });

  it("are twelve at most", () => {
    const sent = EVENTS.find((event) => event.type === "SegmentSent" && event.packet === 4);
    if (sent?.type !== "SegmentSent") throw new Error("the fixture has no packet 4");
    const many = Array.from({ length: 30 }, (_, i): TraceEvent => ({ ...sent, packet: 100 + i, seq: 0 }));
    expect(indexed(numbered([...EVENTS, ...many]))(12)).toHaveLength(12);
  });
});
