package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** The packets of one socket in {@link Fq}, and when it may send again. */
final class FqFlow {

    /** Which of a band's lists it stands in. */
    enum Place {
        DETACHED,
        NEW,
        OLD,
        THROTTLED
    }

    final PacketList packets = new PacketList();
    Place place = Place.DETACHED;

    /** Octets that it may send in this turn; below 1 it is another's. */
    long credit;

    /** When it may send next, as far as its rate decides; virtual nanoseconds. */
    long nextDeparture;

    int band;

    /** When it last got a packet. */
    long lastUsed;

    /** Which of those throttled until the same time came first. */
    long throttledOrder;

    /** The flow behind it in its list. */
    @Nullable FqFlow next;

    /** Flows that take turns. */
    static final class Ring {
        private @Nullable FqFlow head;
        private @Nullable FqFlow tail;

        @Nullable FqFlow first() {
            return head;
        }

        void add(FqFlow flow, Place as) {
            flow.place = as;
            flow.next = null;
            if (tail == null) head = flow;
            else tail.next = flow;
            tail = flow;
        }

        FqFlow take() {
            FqFlow flow = head;
            if (flow == null) throw new IllegalStateException("no flow");
            head = flow.next;
            if (head == null) tail = null;
            flow.next = null;
            return flow;
        }
    }
}
