package io.socketlab.lab.catalogue;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.Places;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which lab comes after which: labs that come after each other in a circle can never be begun. */
final class Succession {

    private final Function<String, List<String>> after;

    /**
     * @param after of a lab's id, those that it comes after; none if it is not known
     */
    Succession(Function<String, List<String>> after) {
        this.after = after;
    }

    /** What is wrong with a lab that comes after itself, told at the lab that it names first. */
    Optional<Problem> mistake(Lab lab) {
        for (String before : lab.about().after()) {
            List<String> way = way(before, lab.id());
            if (way.isEmpty()) continue;
            String message =
                    "expected a lab that can be done before '%s', and '%s' comes after it: %s"
                            .formatted(lab.id(), before, String.join(" after ", way));
            return Optional.of(new Places(lab.files()).problem(message, "after", before));
        }
        return Optional.empty();
    }

    /** The shortest way back from a lab to another; empty if there is none. */
    private List<String> way(String from, String to) {
        var cameFrom = new LinkedHashMap<String, String>();
        Deque<String> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            String lab = next.remove();
            for (String before : after.apply(lab)) {
                if (before.equals(from) || cameFrom.containsKey(before)) continue;
                cameFrom.put(before, lab);
                if (before.equals(to)) return back(from, to, cameFrom);
                next.add(before);
            }
        }
        return List.of();
    }

    private static List<String> back(String from, String to, Map<String, String> cameFrom) {
        var way = new ArrayList<String>();
        for (String at = to; at != null && !at.equals(from); at = cameFrom.get(at)) way.add(at);
        way.add(from);
        return way.reversed();
    }
}
