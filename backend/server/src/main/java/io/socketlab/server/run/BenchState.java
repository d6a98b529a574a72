package io.socketlab.server.run;

import io.socketlab.lab.run.RunHost;
import io.socketlab.lab.run.TaskSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a bench stands.
 *
 * @param lastSeq the number of the last event, 0 before the first
 * @param inputs how many lines its log has
 * @param now virtual nanoseconds
 * @param next when the next event is due; empty if nothing is under way
 * @param tasks those that have made a call
 * @param foretold what was said of it beforehand, and what is asked
 * @param readOnly why nothing can be put in, if so
 */
public record BenchState(
        int lastSeq,
        int inputs,
        long now,
        OptionalLong next,
        List<RunHost> hosts,
        List<TaskSummary> tasks,
        Foretold foretold,
        Optional<String> readOnly) {

    public BenchState {
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
    }
}
