package io.socketlab.lab.model;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code params} and {@code variants}. */
final class ParameterReader {

    private static final List<String> KINDS = List.of("int", "choice", "expr");

    /** What feedback and the scripts of several peers can name beside the parameters. */
    private static final List<String> RESERVED = List.of("actual", "expected", "event", "i");

    static final List<String> POLICIES = List.of("per-student", "per-attempt", "same");

    private final Names names;

    ParameterReader(Names names) {
        this.names = names;
    }

    List<ParameterPlan> read(Optional<Element> element) {
        var plans = new ArrayList<ParameterPlan>();
        element.ifPresent(e ->
                e.fields("parameters, as in {port: {int: [20000, 29999]}}")
                        .named()
                        .forEach((name, plan) -> add(name, plan, plans)));
        return plans;
    }

    private void add(String name, Element element, List<ParameterPlan> plans) {
        if (!name.matches("[a-z][A-Za-z0-9_]*")) {
            element.problem(
                    "expected a parameter's name of letters and digits, not '" + name + "'");
        }
        if (RESERVED.contains(name)) {
            element.problem(
                    "expected another name: '"
                            + name
                            + "' stands for something in feedback or peers");
        }
        try (Fields fields = element.fields("a parameter, as in {int: [1, 4]}")) {
            long kinds = KINDS.stream().filter(fields::has).count();
            KINDS.forEach(fields::get);
            if (kinds != 1 && element.isMapping() && !fields.hasUnknown()) {
                element.problem("expected one of int, choice or expr");
            }
            fields.get("int").ifPresent(e -> plans.add(range(name, e)));
            fields.get("choice").ifPresent(e -> plans.add(choice(name, e)));
            fields.get("expr")
                    .flatMap(e -> names.expression(e, Kind.NUMBER_OR_TIME))
                    .ifPresent(e -> plans.add(new ParameterPlan.Computed(name, e)));
        }
        names.addParameter(name);
    }

    private static ParameterPlan range(String name, Element element) {
        List<Element> ends = element.items();
        if (ends.size() != 2 || !element.isSequence()) {
            element.problem("expected the least and the greatest value, as in [1, 4]");
            return new ParameterPlan.IntRange(name, 0, 0);
        }
        boolean sound = element.isSound();
        long from = ends.getFirst().integer(Integer.MIN_VALUE, Integer.MAX_VALUE - 1);
        long to = ends.getLast().integer(Integer.MIN_VALUE, Integer.MAX_VALUE - 1);
        if (sound && !element.isSound()) return new ParameterPlan.IntRange(name, from, from);
        if (to < from || to - from >= Integer.MAX_VALUE) {
            element.problem("expected the least value first, not [" + from + ", " + to + "]");
            return new ParameterPlan.IntRange(name, from, from);
        }
        return new ParameterPlan.IntRange(name, from, to);
    }

    private static ParameterPlan choice(String name, Element element) {
        var values = new ArrayList<Value>();
        for (Element item : element.items()) {
            Value value = Value.of(item.text("a value"));
            if (value instanceof Value.Word(var word) && word.matches("-?[0-9.]+ *[A-Za-z]+")) {
                item.problem(
                        "expected a number, or a time in ns, us, ms, s, m or h as in 20ms, not '"
                                + word
                                + "'");
            }
            values.add(value);
        }
        if (values.isEmpty()) {
            element.problem("expected at least one value");
            values.add(new Value.Int(0));
        }
        long kinds = values.stream().map(Object::getClass).distinct().count();
        if (kinds > 1) element.problem("expected values of one kind: all numbers, times or words");
        return new ParameterPlan.Choice(name, values);
    }

    Variants variants(Optional<Element> element) {
        if (element.isEmpty()) return Variants.USUAL;
        try (Fields fields = element.get().fields("variants")) {
            var constraints = new ArrayList<Expression>();
            for (Element item : fields.items("constraints")) {
                names.expression(item, Kind.TRUTH).ifPresent(constraints::add);
            }
            int pool = fields.integer("pool", 1, 10_000, Variants.USUAL.pool());
            return new Variants(
                    fields.choice("policy", POLICIES),
                    pool,
                    fields.integer("programs", 1, pool, Variants.USUAL.programs()),
                    constraints);
        }
    }
}
