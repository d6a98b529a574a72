package io.socketlab.lab.bench;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last {@value #KEPT} events of a run, as they are. The kernel has built each in full,
 * with its cause, its rule and the values compared; what a recorder that keeps all of them costs
 * beyond this is memory.
 */
final class Recorder implements TraceSink {

    static final int KEPT = 1 << 15;

    private final @Nullable TraceEvent[] ring = new TraceEvent[KEPT];
    private long events;

    @Override
    public void accept(TraceEvent event) {
        ring[(int) events++ & KEPT - 1] = event;
    }

    /** How many there were, kept or not. */
    long events() {
        return events;
    }

    /** Lets go of those it keeps. */
    void clear() {
        Arrays.fill(ring, null);
    }
}
