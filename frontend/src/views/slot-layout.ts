import type { ListenQueues } from "../trace/state.ts";

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
