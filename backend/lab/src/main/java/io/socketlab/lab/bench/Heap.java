package io.socketlab.lab.bench;

/** How much of the heap is in use by what is still referred to. */
final class Heap {

    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Octets, after collections that leave nothing else. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
