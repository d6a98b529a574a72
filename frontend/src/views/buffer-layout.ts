import type { ListenQueues, ReceiveBuffer, SendBuffer } from "../trace/state.ts";

/** A part of a bar: how much of the whole it is, from 0 to 1. */
export interface Part {
  readonly kind: string;
  readonly label: string;
  readonly octets: number;
  readonly share: number;
}

/** What is less than this would not be seen. */
const LEAST = 0.03;

export function sendParts({ unacknowledged, unsent, size }: SendBuffer): Part[] {
  return parts(size, [
    ["unacknowledged", "sent, not acknowledged", unacknowledged],
    ["unsent", "not sent", unsent],
  ]);
}

export function receiveParts({ readable, outOfOrder, size }: ReceiveBuffer): Part[] {
  return parts(size, [
    ["readable", "to read", readable],
    ["out-of-order", "out of order", outOfOrder],
  ]);
}

function parts(size: number, wanted: readonly (readonly [string, string, number])[]): Part[] {
  return wanted
    .filter(([, , octets]) => octets > 0)
    .map(([kind, label, octets]) => ({
      kind,
      label,
      octets,
      share: Math.min(Math.max(octets / (size || 1), LEAST), 1),
    }));
}

export interface Slot {
  /** The connection that takes it; null if it is free, and unknown if only the number is known. */
  readonly remote: string | null;
  readonly taken: boolean;
  /** Beyond the backlog: Linux takes one more than was asked for (sk_acceptq_is_full compares with `>`). */
  readonly extra: boolean;
}

const MOST_SLOTS = 16;

/** The accept queue as places, at most so many as can be shown; what is left out is said in a number. */
export function acceptSlots(queues: ListenQueues): { readonly slots: readonly Slot[]; readonly more: number } {
  const wanted = Math.max(queues.backlog + 1, queues.acceptQueue);
  const slots = Array.from({ length: Math.min(wanted, MOST_SLOTS) }, (_, i) => ({
    remote: queues.accept[i]?.remote ?? null,
    taken: i < queues.acceptQueue,
    extra: i >= queues.backlog,
  }));
  return { slots, more: wanted - slots.length };
}

/** The SYN queue has no places of its own to show: one for each request in it. */
export function synSlots(queues: ListenQueues): readonly Slot[] {
  return Array.from({ length: Math.min(queues.synQueue, MOST_SLOTS) }, (_, i) => ({
    remote: queues.syn[i]?.remote ?? null,
    taken: true,
    extra: false,
  }));
}
