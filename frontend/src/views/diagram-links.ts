import { lowerBound } from "../base/search.ts";
import type { TraceEvent } from "../trace/events.ts";
import { causeChain, type TraceIndex } from "../trace/trace-index.ts";

/** How far back a segment's call is looked for, and how far on its acknowledgement. */
const BACK = 64;
const ON = 400;

/**
 * What belongs together: a packet, the call that made it, and the segment that acknowledges it. Each has a letter, by the
 * name of its picture: `c3` a call, `p12` a packet.
 */
export function links(
  packet: number | null,
  index: TraceIndex,
  find: (seq: number) => TraceEvent | undefined,
): ReadonlyMap<string, string> {
  const badges = new Map<string, string>();
  const sent = packet === null ? undefined : index.packet(packet)?.sent;
  if (packet === null || !sent) return badges;
  badges.set(`p${packet}`, "[B]");
  const call = causeChain(sent, find, BACK).find((event) => event.type === "CallEntered");
  if (call?.type === "CallEntered") badges.set(`c${call.call}`, "[A]");
  const ack = acknowledgement(packet, index);
  if (ack !== null) badges.set(`p${ack}`, "[C]");
  return badges;
}

/** Likewise of a call: it, what was sent for it, and what acknowledges the last of that. */
export function linksOfCall(call: number, packets: readonly number[], index: TraceIndex): ReadonlyMap<string, string> {
  return linksOfCalls([call], packets, index);
}

/** And of octets: the calls that have written them, the segments that carry them, what acknowledges the last of these. */
export function linksOfCalls(
  calls: readonly number[],
  packets: readonly number[],
  index: TraceIndex,
): ReadonlyMap<string, string> {
  const last = packets.at(-1);
  const ack = last === undefined ? null : acknowledgement(last, index);
  return new Map([
    ...calls.map((call) => [`c${call}`, "[A]"] as const),
    ...packets.map((packet) => [`p${packet}`, "[B]"] as const),
    ...(ack === null ? [] : [[`p${ack}`, "[C]"] as const]),
  ]);
}

/** The first segment that the other side sent after it had the packet and that acknowledges all of it. */
export function acknowledgement(packet: number, index: TraceIndex): number | null {
  const story = index.packet(packet);
  const sent = story?.sent;
  const end = story?.ends.find((each) => each.type === "SegmentReceived");
  if (sent?.type !== "SegmentSent" || !end) return null;
  const length = sent.length + (/[SF]/.test(sent.flags) ? 1 : 0);
  if (length === 0) return null;
  const all = index.packets();
  const first = lowerBound(all, packet + 1, (each) => each.packet);
  for (const { packet: other, sent: answer } of all.slice(first, first + ON)) {
    if (answer?.type !== "SegmentSent" || answer.seq < end.seq) continue;
    if (answer.src === sent.dst && answer.dst === sent.src && answer.relAck >= sent.relSeq + length) return other;
  }
  return null;
}
