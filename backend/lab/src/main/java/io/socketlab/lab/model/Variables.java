package io.socketlab.lab.model;

import io.socketlab.lab.check.Mentions;
import io.socketlab.lab.check.Term;
import io.socketlab.lab.expr.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of the patterns of one assertion. One that is written with an offset, {@code
 * $isn+1}, means nothing unless the same name stands somewhere else too.
 */
final class Variables {

    /** Where a variable stands. */
    private record Use(Element element, Term.Bound variable) {}

    private final Map<String, List<Use>> uses = new LinkedHashMap<>();

    void add(Element element, Mentions mentions) {
        for (Term.Bound variable : mentions.variables()) {
            uses.computeIfAbsent(variable.name(), _ -> new ArrayList<>())
                    .add(new Use(element, variable));
        }
    }

    /** Reports those that are bound nowhere. */
    void check() {
        uses.forEach((name, places) -> {
            Use first = places.getFirst();
            if (places.size() > 1 || first.variable().plus() == 0) return;
            var others = new ArrayList<>(uses.keySet());
            others.remove(name);
            String near =
                    Spelling.nearest(name, others)
                            .map(n -> "; did you mean '$" + n + "'?")
                            .orElse("");
            first.element()
                    .problemWith(
                            "$" + name, "the variable '$" + name + "' is bound nowhere" + near);
        });
    }
}
