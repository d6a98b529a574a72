import { expect, it } from "vitest";
import { Recording } from "../src/islands/recording.ts";
import type { SegmentSent, TraceEvent } from "../src/trace/events.ts";
import { expertInfo, whereSeen } from "../src/views/wireshark.ts";
import { exchange } from "./fixtures/exchange.ts";

const segments = exchange().filter((event): event is SegmentSent => event.type === "SegmentSent");
const like = (change: Partial<SegmentSent>): SegmentSent => ({ ...(segments[0] as SegmentSent), ...change });
const filters = (change: Partial<SegmentSent>) => expertInfo(like(change)).map(({ filter }) => filter);

it("says of a handshake what the expert information says", () => {
  const [syn, synAck] = segments;
  expect(expertInfo(syn as SegmentSent)).toEqual([
    {
      severity: "Chat",
      text: expect.stringMatching(/^Connection establish request \(SYN\): server port \d+$/),
      filter: "tcp.flags.syn == 1",
    },
  ]);
  expect(expertInfo(synAck as SegmentSent)[0]?.text).toMatch(
    /^Connection establish acknowledge \(SYN\+ACK\): server port/,
  );
  const port = (segment?: SegmentSent) => segment && expertInfo(segment)[0]?.text.match(/\d+$/)?.[0];
  expect(port(syn)).toBe(port(synAck));
});

it("names what its analysis flags, with the filter that finds it", () => {
  const data = { flags: ".", length: 100, window: 500 };
  expect(filters({ ...data, retransmission: 1, rule: "RFC6298.TIMEOUT" })).toEqual(["tcp.analysis.retransmission"]);
  expect(filters({ ...data, length: 0, window: 0 })).toEqual(["tcp.analysis.zero_window"]);
  expect(filters({ ...data, length: 0, rule: "RFC5681.ACK_OUT_OF_ORDER" })).toEqual(["tcp.analysis.duplicate_ack"]);
  expect(filters(data)).toEqual([]);
});

it("warns of a reset", () => {
  expect(expertInfo(like({ flags: "R", length: 0 }))).toMatchObject([
    { severity: "Warning", text: "Connection reset (RST)" },
  ]);
});

it("tells in whose capture a frame is", () => {
  const recording = new Recording();
  const events: readonly TraceEvent[] = exchange();
  recording.append(events);
  const rows = recording.frames.ofPacket(segments[0]?.packet ?? 0);
  expect(whereSeen(rows)).toMatch(/^In a capture on client\.eth0, server\.eth0\.$/);
  expect(whereSeen(rows.slice(0, 1))).toBe("In a capture on client.eth0; the other end has not seen it.");
});
