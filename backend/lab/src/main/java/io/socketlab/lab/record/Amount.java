package io.socketlab.lab.record;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A number as the lab would write it: what it is with every seed, not with one. */
final class Amount {

    private Amount() {}

    /**
     * @param runs the parameters of each run
     * @param values the number in each run, in the same order
     * @return the number itself, or a parameter, or one more or one less than a parameter; empty if
     *     it is none of them in every run
     */
    static Optional<String> of(List<Parameters> runs, List<Long> values) {
        if (values.stream().distinct().count() == 1 && isMoreThanLuck(runs)) {
            return Optional.of(values.getFirst().toString());
        }
        Set<String> names = new TreeSet<>(runs.getFirst().values().keySet());
        for (String name : names) {
            for (int more : new int[] {0, 1, -1}) {
                if (!isAlways(runs, values, name, more)) continue;
                String sum = more == 0 ? "" : more > 0 ? " + 1" : " - 1";
                return Optional.of("{{" + name + sum + "}}");
            }
        }
        return Optional.empty();
    }

    /** One run says nothing about others. */
    private static boolean isMoreThanLuck(List<Parameters> runs) {
        return runs.stream().distinct().count() > 1;
    }

    private static boolean isAlways(
            List<Parameters> runs, List<Long> values, String name, int more) {
        for (int i = 0; i < runs.size(); i++) {
            long wanted = values.get(i) - more;
            boolean same =
                    runs.get(i)
                            .parameter(name)
                            .filter(v -> v instanceof Value.Int(var n) && n == wanted)
                            .isPresent();
            if (!same) return false;
        }
        return isMoreThanLuck(runs);
    }
}
