import type { Nanos } from "../base/time.ts";
import type { PacketDropped, TraceEvent } from "../trace/events.ts";
import { copyMade, type FaultInjected } from "../trace/fault-events.ts";
import { faultNote } from "../trace/fault-sentences.ts";
import type { CallStory, PacketStory, TraceIndex } from "../trace/trace-index.ts";
import { timerNote } from "../trace/wire-names.ts";
import { Traffic } from "./diagram-traffic.ts";

/**
 * What the diagram shows of a run, in the order of the trace: each stands at one host, at one time. An item is made when
 * its event comes in and never changes; what becomes of its packet or call is told by the story that it names.
 */
export type Item = CallItem | ReturnItem | StateItem | DepartureItem | ForwardItem | ArrivalItem | NoteItem;

interface Placed {
  readonly seq: number;
  readonly at: Nanos;
  readonly host: string;
}
/** A call enters the kernel. Where it returns at once, this is all of it. */
export interface CallItem extends Placed {
  readonly kind: "call";
  readonly story: CallStory;
}
/** A call that had to wait returns. */
export interface ReturnItem extends Placed {
  readonly kind: "return";
  readonly story: CallStory;
}
export interface StateItem extends Placed {
  readonly kind: "state";
  readonly socket: number;
  readonly from: string;
  readonly to: string;
}
export interface DepartureItem extends Placed {
  readonly kind: "departure";
  readonly packet: number;
}
/** A router sends a packet on. */
export interface ForwardItem extends Placed {
  readonly kind: "forward";
  readonly packet: number;
}
export interface ArrivalItem extends Placed {
  readonly kind: "arrival";
  readonly packet: number;
}
export interface NoteItem extends Placed {
  readonly kind: "note";
  readonly text: string;
  /** The packet that begins here, where somebody has made a copy of another. */
  readonly copy?: number;
}

/** The items of a run. Grows with it. */
export class ItemList {
  readonly traffic: Traffic;
  readonly #index: TraceIndex;
  readonly #list: Item[] = [];

  constructor(index: TraceIndex) {
    this.#index = index;
    this.traffic = new Traffic(index);
  }

  get list(): readonly Item[] {
    return this.#list;
  }

  /** Adds what an event is in the diagram, if anything. The index has to know the event already. */
  add(event: TraceEvent): void {
    const made = item(event, this.#index);
    if (!made) return;
    this.#list.push(made);
    this.traffic.add(made);
  }
}

function item(event: TraceEvent, index: TraceIndex): Item | null {
  const { seq, at, host } = event;
  const place = { seq, at, host };
  switch (event.type) {
    case "CallEntered": {
      const story = index.call(event.call);
      return story ? { kind: "call", ...place, story } : null;
    }
    case "CallReturned": {
      const story = index.call(event.call);
      return story && !returnsAtOnce(story) ? { kind: "return", ...place, story } : null;
    }
    case "StateChanged":
      return { kind: "state", ...place, socket: event.socket, from: event.from, to: event.to };
    case "SegmentSent":
    case "DatagramSent":
    case "IcmpSent":
      return { kind: "departure", ...place, packet: event.packet };
    case "FragmentSent": // the first keeps the number of the whole, which has departed already
      return event.packet === event.of ? null : { kind: "departure", ...place, packet: event.packet };
    case "PacketForwarded":
      return { kind: "forward", ...place, packet: event.packet };
    case "SegmentReceived":
    case "DatagramReceived":
    case "IcmpReceived":
      return { kind: "arrival", ...place, packet: event.packet };
    case "PacketDropped":
      return arrivesAndIsDropped(event, index) ? { kind: "arrival", ...place, packet: event.packet } : null;
    case "TimerFired":
      return { kind: "note", ...place, text: timerNote(event.timer) };
    case "FaultInjected":
      return host ? { kind: "note", ...place, text: faultNote(event), ...copyIn(event) } : null;
    case "HostCrashed":
      return { kind: "note", ...place, text: "loses its power" };
    case "HostBooted":
      return { kind: "note", ...place, text: "is up again" };
    case "HostStalled":
      return { kind: "note", ...place, text: "programs stand still" };
    case "SocketError":
      return { kind: "note", ...place, text: `${event.errno} waits` };
    default:
      return null;
  }
}

function copyIn(event: FaultInjected): { readonly copy?: number } {
  const copy = copyMade(event);
  return copy === null ? {} : { copy };
}

export function returnsAtOnce(story: CallStory): boolean {
  return story.blocked.length === 0 && story.returned?.at === story.entered.at;
}

/** The drop by which nothing came of an arrival; null if it was taken. TCP may take a segment in and then find that it cannot use it. */
export function dropEventOf(arrival: ArrivalItem, index: TraceIndex): PacketDropped | null {
  const ends = index.packet(arrival.packet)?.ends.filter((end) => end.host === arrival.host && end.seq >= arrival.seq);
  const drop = ends?.[0]?.type === "PacketDropped" ? ends[0] : ends?.[1];
  return drop?.type === "PacketDropped" ? drop : null;
}

/** Why nothing came of an arrival. */
export function dropOf(arrival: ArrivalItem, index: TraceIndex): string | null {
  return dropEventOf(arrival, index)?.reason ?? null;
}

/** Whether a drop is where the packet was to go, and TCP has not said that it arrived. */
function arrivesAndIsDropped(drop: TraceEvent & { readonly packet: number }, index: TraceIndex): boolean {
  const story = index.packet(drop.packet);
  if (!story || drop.host === "" || drop.host === story.sent?.host) return false;
  return !story.ends.some((end) => end.type !== "PacketDropped" && end.host === drop.host && end.seq < drop.seq);
}

/** The drop of a packet that never reached another host. */
export function lossOf(story: PacketStory): { readonly seq: number; readonly reason: string } | null {
  for (const end of story.ends) {
    if (end.type === "PacketDropped" && (end.host === "" || end.host === story.sent?.host)) return end;
  }
  return null;
}
