package io.socketlab.lab.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Halt;
import io.socketlab.lab.check.Happenings;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The moments at which a run halts and asks what will happen next. What the kernel does in the same
 * breath behind such a moment has happened, but is kept back until there is an answer.
 */
final class Halts {

    /** A moment that is waited for. */
    private static final class Awaited {
        private final Prediction prediction;
        private final Halt halt;
        private int left;

        Awaited(Prediction prediction, Halt halt, Parameters parameters) {
            this.prediction = prediction;
            this.halt = halt;
            this.left = halt.nth(parameters);
        }
    }

    /**
     * A moment that has come.
     *
     * @param events how many there were
     */
    private record Met(Prediction prediction, int events) {}

    private final Happenings happenings;
    private final Map<String, Awaited> awaited = new LinkedHashMap<>();
    private final Deque<Met> met = new ArrayDeque<>();
    private final List<TraceEvent> keptBack = new ArrayList<>();
    private final Consumer<TraceEvent> shown;
    private int events;

    /**
     * @param shown is told what has happened, as soon as it may be seen
     */
    Halts(List<Prediction> predictions, Parameters parameters, Consumer<TraceEvent> shown) {
        this.happenings = new Happenings(parameters);
        this.shown = shown;
        for (Prediction p : predictions) {
            p.question().halt().ifPresent(h -> awaited.put(p.id(), new Awaited(p, h, parameters)));
        }
    }

    void accept(TraceEvent event) {
        if (met.isEmpty()) {
            shown.accept(event);
        } else {
            keptBack.add(event);
        }
        events++;
        if (awaited.isEmpty()) return;
        happenings.add(event);
        for (Awaited one : List.copyOf(awaited.values())) {
            if (!happenings.lastFits(one.halt.pattern())) continue;
            one.left--;
            if (one.left > 0) continue;
            awaited.remove(one.prediction.id());
            met.add(new Met(one.prediction, events));
        }
    }

    /** What is asked now; empty if nothing is. */
    Optional<Prediction> asked() {
        return Optional.ofNullable(met.peek()).map(Met::prediction);
    }

    boolean isAsking() {
        return !met.isEmpty();
    }

    /**
     * Those of the run's events that may be seen.
     *
     * @param all of them, growing
     */
    List<TraceEvent> shown(List<TraceEvent> all) {
        return keptBack.isEmpty()
                ? Collections.unmodifiableList(all)
                : List.copyOf(all.subList(0, shownEvents()));
    }

    /** How many events may be seen. */
    int shownEvents() {
        return events - keptBack.size();
    }

    /** What is asked now has been answered, or need not be: the run goes on. */
    void goOn() {
        int before = met.remove().events();
        int until = met.isEmpty() ? events : met.element().events();
        List<TraceEvent> next = keptBack.subList(0, until - before);
        next.forEach(shown);
        next.clear();
    }

    /** The run does not halt for it. */
    void pass(String id) {
        awaited.remove(id);
    }

    /** Whether the run may still halt for it. */
    boolean isAwaited(String id) {
        return awaited.containsKey(id);
    }

    /** The run halts no more. */
    void passAll() {
        awaited.clear();
    }
}
