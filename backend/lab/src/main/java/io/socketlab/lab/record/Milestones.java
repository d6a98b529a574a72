package io.socketlab.lab.record;

import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.expr.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the student's programs have got from the kernel, in the order that all runs have. */
final class Milestones {

    private final List<Recording> runs;

    /** Of each run: the first call of its kind, by its kind. */
    private final List<Map<Kind, CallReturned>> firsts = new ArrayList<>();

    /** Calls that came to the same: that failed with an errno, or did not. */
    private record Kind(String host, String name, Optional<String> errno) {}

    /**
     * @param hosts those that the student drives
     */
    Milestones(List<Recording> runs, Set<String> hosts) {
        this.runs = runs;
        for (Recording run : runs) {
            var first = new LinkedHashMap<Kind, CallReturned>();
            run.events().stream()
                    .filter(e -> e instanceof CallReturned && hosts.contains(e.stamp().host()))
                    .map(CallReturned.class::cast)
                    .forEach(call -> first.putIfAbsent(kind(call), call));
            firsts.add(first);
        }
    }

    private static Kind kind(CallReturned call) {
        return new Kind(
                call.stamp().host(),
                call.name(),
                call.result() < 0 ? Optional.ofNullable(call.errno()) : Optional.empty());
    }

    /** As pattern lines. */
    List<String> lines() {
        List<Kind> common = List.copyOf(firsts.getFirst().keySet());
        for (var first : firsts) common = common(common, List.copyOf(first.keySet()));
        return common.stream().map(this::line).toList();
    }

    private String line(Kind kind) {
        return kind.host + ": " + kind.name + "(...) = " + result(kind);
    }

    private String result(Kind kind) {
        if (kind.errno.isPresent()) return "-1 " + kind.errno.get();
        List<Parameters> parameters = runs.stream().map(Recording::parameters).toList();
        List<Long> results = firsts.stream().map(first -> result(first, kind)).toList();
        boolean descriptors = results.stream().allMatch(n -> n > 0) && isDescriptor(kind.name);
        if (descriptors) return "0..";
        return Amount.of(parameters, results).orElse("0..");
    }

    private static long result(Map<Kind, CallReturned> first, Kind kind) {
        CallReturned call = first.get(kind);
        if (call == null) throw new IllegalArgumentException("not in every run: " + kind);
        return call.result();
    }

    private static boolean isDescriptor(String name) {
        return name.matches("socket|accept4?|dup[23]?|epoll_create1?|kqueue|open");
    }

    /** The longest part that both have in the same order. */
    private static <T> List<T> common(List<T> a, List<T> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] =
                        a.get(i).equals(b.get(j))
                                ? length[i + 1][j + 1] + 1
                                : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        var common = new ArrayList<T>();
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            if (a.get(i).equals(b.get(j))) {
                common.add(a.get(i));
                i++;
                j++;
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }
}
