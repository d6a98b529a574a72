import type { TraceEvent } from "./events.ts";

/** A frame of events as the server sends it: a header of 16 octets, then a line of JSON an event. */
export interface Batch {
  readonly frame: number;
  readonly events: readonly TraceEvent[];
}

/** The frame is not one of ours, or not as it says it is. */
export class MalformedBatch extends Error {}

const MAGIC = 0x534c;
const VERSION = 1;
const EVENTS = 1;
const HEADER = 16;

/** Reads a frame. Throws MalformedBatch where its header and its lines do not agree. */
export function decodeBatch(frame: ArrayBuffer): Batch {
  if (frame.byteLength < HEADER) throw new MalformedBatch(`a frame of ${frame.byteLength} octets`);
  const header = new DataView(frame);
  if (header.getUint16(0) !== MAGIC || header.getUint8(2) !== VERSION || header.getUint8(3) !== EVENTS) {
    throw new MalformedBatch("not a frame of events of version 1");
  }
  const first = header.getUint32(8);
  const count = header.getUint32(12);
  const events = parseLines(new TextDecoder().decode(new Uint8Array(frame, HEADER)));
  if (events.length !== count || (count > 0 && events[0]?.seq !== first)) {
    throw new MalformedBatch(`${events.length} events from ${events[0]?.seq}, not ${count} from ${first}`);
  }
  return { frame: header.getUint32(4), events };
}

/** Events from JSON lines. */
export function parseLines(text: string): TraceEvent[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as TraceEvent);
}

/** What `decodeBatch` reads. For tests and the player of recorded traces. */
export function encodeBatch(frame: number, events: readonly TraceEvent[]): ArrayBuffer {
  const lines = new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  const octets = new Uint8Array(HEADER + lines.length);
  const header = new DataView(octets.buffer);
  header.setUint16(0, MAGIC);
  header.setUint8(2, VERSION);
  header.setUint8(3, EVENTS);
  header.setUint32(4, frame);
  header.setUint32(8, events[0]?.seq ?? 0);
  header.setUint32(12, events.length);
  octets.set(lines, HEADER);
  return octets.buffer;
}
