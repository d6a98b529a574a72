import { lowerBound } from "../base/search.ts";
import type { TraceEvent } from "./events.ts";
import type { Streams } from "./streams.ts";
import type { PacketStory, TraceIndex } from "./trace-index.ts";

/** A stretch of the octets that a socket sends, by relative sequence numbers: the first octet of a stream is 1. */
export interface Octets {
  readonly host: string;
  readonly socket: number;
  readonly from: number;
  readonly end: number;
}

/** How many packets behind a call are looked through, how many events that it led to, and how many are told at most. */
const ON = 400;
const EFFECTS = 200;
const MOST = 12;

/** The packets that carry what a call has written, or that it has led to before anything arrived: in the order sent. */
export function packetsOfCall(
  call: number,
  index: TraceIndex,
  streams: Streams,
  find: (seq: number) => TraceEvent | undefined,
): readonly number[] {
  const entered = index.call(call)?.entered;
  if (!entered) return [];
  const carried = carriers(call, entered.seq, index, streams);
  return carried.length > 0 ? carried : causedBy(entered.seq, index, find);
}

/** The segments that carry some of these octets, those that were sent again among them; the earliest of them, if many. */
export function packetsOfOctets(octets: Octets, index: TraceIndex): readonly number[] {
  return carrying(octets, index.packets());
}

/** The segments with its octets, those that were sent again among them. */
function carriers(call: number, since: number, index: TraceIndex, streams: Streams): number[] {
  const written = streams.writtenBy(call);
  if (!written) return [];
  const { host, socket } = written;
  const from = written.from + 1; // sequence number 0 is the SYN's
  const all = index.packets();
  const first = lowerBound(all, since, ({ sent }) => sent?.seq ?? 0);
  return carrying({ host, socket, from, end: from + written.length }, all.slice(first, first + ON));
}

function carrying({ host, socket, from, end }: Octets, packets: readonly PacketStory[]): number[] {
  return packets
    .filter(
      ({ sent }) =>
        sent?.type === "SegmentSent" &&
        sent.length > 0 &&
        sent.host === host &&
        sent.socket === socket &&
        sent.relSeq < end &&
        sent.relSeq + sent.length > from,
    )
    .slice(0, MOST)
    .map(({ packet }) => packet);
}

/** What was sent because of an event, and not because of something that was received in between. */
function causedBy(seq: number, index: TraceIndex, find: (seq: number) => TraceEvent | undefined): number[] {
  const found: number[] = [];
  const open = [...index.followers(seq)];
  for (let looked = 0; open.length > 0 && looked < EFFECTS && found.length < MOST; looked += 1) {
    const event = find(open.shift() ?? 0);
    if (!event || event.type === "CallEntered") continue;
    if (event.type === "SegmentSent" || event.type === "DatagramSent") found.push(event.packet);
    else open.push(...index.followers(event.seq));
  }
  return found;
}
