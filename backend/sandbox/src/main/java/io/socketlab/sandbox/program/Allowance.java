package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.PageSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all programs of a run together may use, whichever of them does: a program that starts others
 * gets no more by that. A thread that unwinds gives back while the loop goes on, which is why the
 * numbers are atomic.
 */
final class Allowance implements PageSource {

    /** Instructions, and what calls cost in their place. */
    static final long FUEL = 500_000_000L;

    /** Pages of 64 KiB: 256 MiB. */
    static final int PAGES = 4096;

    private final AtomicLong fuel = new AtomicLong(FUEL);
    private final AtomicInteger pages = new AtomicInteger(PAGES);

    /** Takes fuel that has been used; answers whether some is left. */
    boolean spend(long used) {
        return fuel.addAndGet(-used) > 0;
    }

    /** What has been used so far. */
    long spent() {
        return FUEL - fuel.get();
    }

    @Override
    public boolean take(int wanted) {
        if (pages.addAndGet(-wanted) >= 0) return true;
        pages.addAndGet(wanted);
        return false;
    }

    /** What a process has had, when it has ended. */
    void giveBack(int had) {
        pages.addAndGet(had);
    }
}
