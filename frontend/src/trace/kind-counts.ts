import type { TraceEvent } from "./events.ts";

/** What one looks for in a run that is too long to be read. */
export const KINDS = ["call", "state", "packet", "trouble", "timer"] as const;
export type Kind = (typeof KINDS)[number];

/** How many events are counted together. */
const BLOCK = 4;

/** How many events of each kind there are where in a run. Grows with it, in constant time an event. */
export class KindCounts {
  readonly #counts = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  #events = 0;

  add(event: TraceEvent): void {
    this.#events += 1;
    const kind = kindOf(event);
    const counts = kind && this.#counts.get(kind);
    if (!counts) return;
    const block = Math.floor((event.seq - 1) / BLOCK);
    while (counts.length <= block) counts.push(0);
    counts[block] = (counts[block] ?? 0) + 1;
  }

  /** The run in `wanted` parts, or fewer where it is short: how many of a kind are in each. */
  parts(kind: Kind, wanted: number): number[] {
    const blocks = Math.ceil(this.#events / BLOCK);
    const sums = Array.from({ length: Math.min(wanted, blocks) }, () => 0);
    this.#counts.get(kind)?.forEach((count, block) => {
      const part = Math.floor((block * sums.length) / blocks);
      sums[part] = (sums[part] ?? 0) + count;
    });
    return sums;
  }
}

function kindOf(event: TraceEvent): Kind | null {
  switch (event.type) {
    case "CallEntered":
      return "call";
    case "StateChanged":
      return "state";
    case "SegmentSent":
      return event.retransmission > 0 ? "trouble" : "packet";
    case "DatagramSent":
    case "IcmpSent":
      return "packet";
    case "PacketDropped":
    case "PacketMarked":
    case "FaultInjected":
    case "HostCrashed":
    case "SocketError":
    case "ProgramFaulted":
      return "trouble";
    case "TimerFired":
      return "timer";
    default:
      return null;
  }
}
