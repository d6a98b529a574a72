package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.PageSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all programs of a run together may use, whichever of them does: a program that starts others
 * gets no more by that. A thread that unwinds settles what it has run while the loop goes on, which
 * is why that number is atomic.
 */
final class Allowance {

    /** What one process may use of it, and has of its memory: used by who has the turn. */
    final class OfProcess implements PageSource {

        private int had;

        @Override
        public boolean take(int wanted) {
            if (pages < wanted) return false;
            pages -= wanted;
            had += wanted;
            return true;
        }

        /**
         * It has ended. Its threads unwind at some time after that; the others may use its memory
         * from now on, which is the same moment in each run.
         */
        void giveBack() {
            pages += had;
            had = 0;
        }

        boolean spend(long used) {
            return Allowance.this.spend(used);
        }

        /** That of a child of fork(2). */
        OfProcess another() {
            return new OfProcess();
        }
    }

    /** Instructions, and what calls cost in their place. */
    static final long FUEL = 500_000_000L;

    /** Pages of 64 KiB: 256 MiB. */
    static final int PAGES = 4096;

    private final AtomicLong fuel = new AtomicLong(FUEL);
    private int pages = PAGES;

    OfProcess ofProcess() {
        return new OfProcess();
    }

    /** Takes fuel that has been used; answers whether some is left. */
    boolean spend(long used) {
        return fuel.addAndGet(-used) > 0;
    }

    /** What has been used so far. */
    long spent() {
        return FUEL - fuel.get();
    }
}
