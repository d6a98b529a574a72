package io.socketlab.kernel.tcp.congestion;

/**
 * Finds the end of slow start before a loss does: when the acknowledgements of one round arrive as
 * a train longer than half the shortest delay, or when the delay grows. Ha and Rhee, "Hybrid Slow
 * Start", as Linux's CUBIC has it.
 */
final class HyStart {

    private static final long MS = 1_000_000L;
    private static final int LOW_WINDOW = 16;
    private static final int MIN_SAMPLES = 8;

    /** Acknowledgements closer together than this are one train. */
    private static final long TRAIN_GAP = 2 * MS;

    private boolean started;
    private boolean found;
    private int roundEnd;
    private long roundStart;
    private long lastAck;
    private long roundDelay;
    private int samples;

    void restart() {
        started = false;
        found = false;
    }

    /** Takes one delay sample; answers true once, when slow start should end. */
    boolean queueIsBuilding(long delay, long minDelay, int cwnd, long now, int una, int nxt) {
        if (!started || una - roundEnd > 0) {
            started = true;
            roundEnd = nxt;
            roundStart = now;
            lastAck = now;
            roundDelay = Long.MAX_VALUE;
            samples = 0;
        }
        if (found || cwnd < LOW_WINDOW) return false;
        if (now - lastAck <= TRAIN_GAP) {
            lastAck = now;
            if (now - roundStart > (minDelay + MS) / 2) found = true;
        }
        roundDelay = Math.min(roundDelay, delay);
        if (samples < MIN_SAMPLES) {
            samples++;
        } else if (roundDelay > minDelay + Math.clamp(minDelay / 8, 4 * MS, 16 * MS)) {
            found = true;
        }
        return found;
    }
}
