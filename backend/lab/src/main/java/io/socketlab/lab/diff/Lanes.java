package io.socketlab.lab.diff;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.diff.Happening.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run as its lanes, and which event led to which. */
final class Lanes {

    private final Map<Lane, List<Happening>> byLane = new LinkedHashMap<>();

    /** By event: the event that led to it. */
    private final Map<Integer, Integer> causes = new HashMap<>();

    Lanes(List<TraceEvent> events) {
        for (TraceEvent event : events) {
            causes.put(event.stamp().seq(), event.stamp().cause());
            Meaning.of(event)
                    .ifPresent(
                            h -> byLane.computeIfAbsent(h.lane(), _ -> new ArrayList<>()).add(h));
        }
    }

    Set<Lane> lanes() {
        return byLane.keySet();
    }

    List<Happening> of(Lane lane) {
        return byLane.getOrDefault(lane, List.of());
    }

    /** The first of the events that led to an event, itself included: an input from outside. */
    int origin(int event) {
        int origin = event;
        for (int at = event; at != 0; at = causes.getOrDefault(at, 0)) origin = at;
        return origin;
    }

    /** Whether one of {@code others} led to the event. */
    boolean isBecauseOf(int event, Set<Integer> others) {
        int cause = causes.getOrDefault(event, 0);
        while (cause != 0) {
            if (others.contains(cause)) return true;
            cause = causes.getOrDefault(cause, 0);
        }
        return false;
    }
}
