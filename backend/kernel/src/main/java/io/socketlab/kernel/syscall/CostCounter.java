package io.socketlab.kernel.syscall;

import io.socketlab.kernel.trace.Cost;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a task has cost, or all tasks of a host. It counts whether or not there is a trace.
 */
public final class CostCounter {

    private static final int KINDS = Cost.values().length;

    private final long[] counts = new long[KINDS];
    private final @Nullable CostCounter whole;

    /** For a host. */
    public CostCounter() {
        this(null);
    }

    /**
     * For a part of it.
     *
     * @param whole gets all that this one gets
     */
    CostCounter(@Nullable CostCounter whole) {
        this.whole = whole;
    }

    void add(Cost cost, long count) {
        counts[cost.ordinal()] += count;
        if (whole != null) whole.add(cost, count);
    }

    /** So far. */
    public long get(Cost cost) {
        return counts[cost.ordinal()];
    }
}
