import type { Octets } from "../trace/call-packets.ts";
import type { Recording } from "./recording.ts";

/** A socket, by its number on its host. */
export interface SocketName {
  readonly host: string;
  readonly socket: number;
}

/** What is pointed at outside of the diagram: a socket; more closely a call on it, or octets of a stream. */
export interface Pointed extends SocketName {
  readonly call?: number;
  readonly octets?: Octets | null;
}

/** Whether two things that are pointed at are one. */
export function samePoint(one: Pointed | null, other: Pointed | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The socket that is marked: the one that is pointed at, else the one that the event at the cursor is about. */
export function linkedSocket(pointed: SocketName | null, { lines, timeline, cursor }: Recording): SocketName | null {
  if (pointed) return pointed;
  const call = lines.atEvent(cursor);
  if (call) return call.socket > 0 ? call : null;
  const event = timeline.event(cursor);
  return event && "socket" in event && event.socket > 0 ? event : null;
}
