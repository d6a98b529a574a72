package io.socketlab.kernel.tcp;

/**
 * Duplicate acknowledgements of a peer without SACK: each stands for a segment that has arrived,
 * but nobody knows which. RFC 5681 §3.2, Linux's tcp_add_reno_sack() and its kin.
 */
final class DuplicateAcks {

    private final Connection c;
    private int count;

    DuplicateAcks(Connection c) {
        this.c = c;
    }

    int count() {
        return count;
    }

    /** Linux's tcp_adjust_pcount(): those that arrived are larger now. */
    void reduce(int segments) {
        count -= Math.min(count, segments);
    }

    void forget() {
        count = 0;
    }

    /** Answers how much the network must have reordered, 0 if it need not have. */
    int add(int duplicates) {
        int before = count;
        count += duplicates;
        int reordered = limit(0);
        c.recovery.countDelivered(Math.max(count - before, 0));
        return reordered;
    }

    /** {@code acked} segments were acknowledged for good; answers as {@link #add} does. */
    int remove(int acked) {
        if (acked > 0) {
            c.recovery.countDelivered(Math.max(acked - count, 1));
            count = Math.max(count - (acked - 1), 0);
        }
        return limit(acked);
    }

    /** No more can have arrived than are under way and not lost. */
    private int limit(int addend) {
        int underWay = c.sent.segments();
        int holes = Math.min(Math.max(c.sent.lost(), 1), underWay);
        if (count + holes <= underWay) return 0;
        count = underWay - holes;
        return underWay + addend;
    }
}
