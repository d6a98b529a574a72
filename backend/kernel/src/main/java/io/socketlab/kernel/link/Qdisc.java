package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/**
 * A queueing discipline: what waits between IP and the card, and in which order it goes on. tc(8),
 * net/sched/sch_api.c. Times are virtual nanoseconds.
 */
public interface Qdisc {

    /** {@link #nextAt()} when time alone brings nothing. */
    long NEVER = Long.MAX_VALUE;

    /** What a queueing discipline tells senders by the packet that it was given last. */
    enum Signal {
        NONE,
        /** It is marked as congested. */
        MARKED,
        /** It is dropped although there is room. */
        DROPPED_EARLY
    }

    /**
     * Whether {@code packet} need not wait, although there is such a thing as a queue: there is
     * nothing before it. Linux's TCQ_F_CAN_BYPASS.
     */
    boolean passes(PacketBuffer packet, long now);

    /** Takes {@code packet}; answers false, and has not taken it, if there is no room. */
    boolean enqueue(PacketBuffer packet, long now);

    /** What came of the last packet that was given to {@link #enqueue}, beside its place. */
    default Signal signal() {
        return Signal.NONE;
    }

    /** The next that may go, if there is one. */
    @Nullable PacketBuffer dequeue(long now);

    /** Gives up whatever waits, due or not. */
    @Nullable PacketBuffer discard();

    /** Packets that wait. */
    int length();

    /** Octets that wait, of whole frames. */
    long backlog();

    /** When to ask again, after {@link #dequeue} had nothing to give. */
    default long nextAt() {
        return NEVER;
    }

    /** When {@code packet} may go, if that is a matter of time; it waits here. */
    default long departureOf(PacketBuffer packet) {
        return 0;
    }

    /** As {@code tc qdisc show} has it: {@code fq}. */
    String kind();
}
