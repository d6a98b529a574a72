package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.trace.TraceHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the trace of a run while it goes on, where a processor is free: to write all events down
 * takes a fifth as long as the run, and whoever waits for a grading would wait for that, too.
 */
final class HashAhead {

    /** Events that are handed over at a time. */
    private static final int PIECE = 256;

    private final TraceHash hash = new TraceHash();
    private List<TraceEvent> piece;
    private @Nullable ForkJoinTask<?> before;

    private HashAhead(List<TraceEvent> soFar) {
        piece = new ArrayList<>(soFar);
    }

    /** Of what has happened in a run, and will until {@link #value}. */
    static HashAhead of(LabRun run) {
        var ahead = new HashAhead(run.events());
        run.onEvent(ahead::add);
        return ahead;
    }

    private void add(TraceEvent event) {
        piece.add(event);
        if (piece.size() >= PIECE) before = hashNext().fork();
    }

    /** Hashes the piece after those before it. */
    private ForkJoinTask<?> hashNext() {
        List<TraceEvent> events = piece;
        ForkJoinTask<?> earlier = before;
        piece = new ArrayList<>(PIECE);
        return ForkJoinTask.adapt(() -> {
            if (earlier != null) earlier.join();
            hash.add(events);
        });
    }

    /** Begins with the last piece; the run is over. */
    void finish() {
        before = hashNext().fork();
    }

    /** As {@link LabRun#traceHash}; waits until it is done. */
    String value() {
        if (before == null) throw new IllegalStateException("the run is not over");
        before.join();
        return hash.value();
    }
}
