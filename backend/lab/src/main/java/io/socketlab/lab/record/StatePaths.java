package io.socketlab.lab.record;

import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways that connections go through the states of TCP. */
final class StatePaths {

    private static final int SHORTEST = 2;

    private StatePaths() {}

    /** A connection of a host, as pattern lines. */
    record Path(String host, List<String> lines) {
        Path {
            lines = List.copyOf(lines);
        }
    }

    /** Those that there are in every run, in the order of the first. */
    static List<Path> common(List<Recording> runs) {
        var common = new LinkedHashSet<Path>(of(runs.getFirst()));
        for (Recording run : runs) common.retainAll(of(run));
        return List.copyOf(common);
    }

    private static Set<Path> of(Recording run) {
        record Socket(String host, int number) {}
        Map<Socket, List<String>> lines = new LinkedHashMap<>();
        for (var event : run.events()) {
            if (!(event instanceof StateChanged change)) continue;
            String host = change.stamp().host();
            lines.computeIfAbsent(new Socket(host, change.socket()), _ -> new ArrayList<>())
                    .add("%s.tcp[$s]: %s -> %s".formatted(host, change.from(), change.to()));
        }
        var paths = new LinkedHashSet<Path>();
        lines.forEach((socket, path) -> {
            if (path.size() >= SHORTEST) paths.add(new Path(socket.host, path));
        });
        return paths;
    }
}
