package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.expr.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, as far as grading goes by it.
 *
 * @param seed that it was made of
 * @param predictions what was said beforehand, by id
 * @param script where the script said something else than what happened
 * @param limit which limit ended it, if one did
 */
public record CompletedRun(
        long seed,
        List<TraceEvent> events,
        String traceHash,
        Map<String, Value> predictions,
        List<ResultDocument.ScriptDifference> script,
        Optional<String> limit) {

    public CompletedRun {
        events = List.copyOf(events);
        script = List.copyOf(script);
        predictions = Collections.unmodifiableMap(new LinkedHashMap<>(predictions));
    }

    TraceIndex index() {
        return new TraceIndex(events);
    }
}
