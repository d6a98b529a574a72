package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.SyntaxException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;

/**
 * When something comes about in a run: when a condition comes true, {@code server.rwnd == 0}, or
 * when a pattern is met, {@code drop}.
 */
public sealed interface Moment {

    /** A condition comes true that was not. */
    record Holds(Condition condition) implements Moment {}

    /** Something happens. */
    record Happens(EventPattern pattern) implements Moment {}

    /**
     * Reads a condition or a pattern line.
     *
     * @throws SyntaxException if it is neither, about what it is more like
     */
    static Moment parse(String text) throws SyntaxException {
        try {
            return new Holds(Condition.parse(text));
        } catch (SyntaxException noCondition) {
            try {
                return new Happens(EventPattern.parse(text));
            } catch (SyntaxException noPattern) {
                throw noPattern.offset() >= noCondition.offset() ? noPattern : noCondition;
            }
        }
    }

    /** The hosts that it names. */
    default Set<String> hosts() {
        return switch (this) {
            case Holds(var condition) -> Mentions.of(condition).hosts();
            case Happens(var pattern) -> Mentions.of(pattern).hosts();
        };
    }

    /**
     * The number of the first event at which it comes about; empty if it does not.
     *
     * @param events of a whole run
     * @param after only events of higher numbers count
     * @throws IllegalArgumentException if it means nothing with these parameters
     */
    default OptionalInt firstAfter(List<TraceEvent> events, Parameters parameters, int after) {
        var view = new RunView(new TraceIndex(events), parameters);
        return switch (this) {
            case Happens(var pattern) ->
                    view.matcher().candidates(pattern.shape()).stream()
                            .filter(position -> position >= after)
                            .mapToInt(position -> position + 1)
                            .findFirst();
            case Holds(var condition) -> risesAfter(view, condition, after);
        };
    }

    private static OptionalInt risesAfter(RunView view, Condition condition, int after) {
        SortedSet<Integer> later = view.changes(condition).tailSet(after);
        boolean held = after > 0 && view.holds(condition, after - 1).orElse(false);
        for (int position : later) {
            boolean holds = view.holds(condition, position).orElse(false);
            if (holds && !held) return OptionalInt.of(position + 1);
            held = holds;
        }
        return OptionalInt.empty();
    }
}
