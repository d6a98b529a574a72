package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.TraceIndex;
import java.util.List;
import java.util.Optional;

/**
 * A run that is over, as far as grading goes by it.
 *
 * @param seed that it was made of
 * @param script where the script said something else than what happened
 * @param limit which limit ended it, if one did
 */
public record CompletedRun(
        long seed,
        List<TraceEvent> events,
        String traceHash,
        List<ResultDocument.ScriptDifference> script,
        Optional<String> limit) {

    public CompletedRun {
        events = List.copyOf(events);
        script = List.copyOf(script);
    }

    TraceIndex index() {
        return new TraceIndex(events);
    }
}
