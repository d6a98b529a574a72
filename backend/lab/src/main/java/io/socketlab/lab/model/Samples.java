package io.socketlab.lab.model;

import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a lab's first seeds. What the file says of parameters is tried with them, so
 * that a number where a time belongs is told where it stands.
 */
final class Samples {

    /** What an expression has to come to. */
    enum Kind {
        NUMBER("a number"),
        /** Before there is a run: without its units. */
        SPAN("a time with its unit, as in 20ms"),
        TIME("a time with its unit, as in 20ms or 2rtt"),
        NUMBER_OR_TIME("a number or a time"),
        TRUTH("a condition, as in a < b");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        private boolean has(Value value) {
            return switch (value) {
                case Value.Int _ -> this == NUMBER || this == NUMBER_OR_TIME;
                case Value.Span _ -> this == SPAN || this == TIME || this == NUMBER_OR_TIME;
                case Value.Truth _ -> this == TRUTH;
                case Value.Word _ -> false;
            };
        }
    }

    private static final long SEEDS = 8;
    private static final long UNIT_NANOS = 1_000_000;

    /** Empty while a lab's parameters have mistakes of their own. */
    private final List<Parameters> drawn = new ArrayList<>();

    /**
     * Draws them.
     *
     * @param params where the parameters stand, {@code constraints} what they have to fulfil
     */
    void draw(ParameterSpace space, Element params, Element constraints) {
        try {
            for (long seed = 1; seed <= Math.min(SEEDS, space.variants().pool()); seed++) {
                drawn.add(space.of(seed));
            }
        } catch (IllegalStateException e) {
            drawn.clear();
            constraints.problem(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            drawn.clear();
            params.problem(String.valueOf(e.getMessage()));
        }
    }

    /** Reports an expression that makes no sense, or comes to something else than it should. */
    void check(Element element, Expression expression, Kind kind) {
        for (Parameters parameters : drawn) {
            Optional<Value> value;
            try {
                value = Evaluation.of(expression, scope(parameters, kind));
            } catch (IllegalArgumentException | ArithmeticException e) {
                element.problem(String.valueOf(e.getMessage()));
                return;
            }
            if (value.isPresent() && kind.has(value.get())) continue;
            String found = value.map(Value::toString).orElse("a unit that only a run has");
            element.problem("expected " + kind.text + ", not " + found);
            return;
        }
    }

    /**
     * What a text comes to; reports one that makes no sense.
     *
     * @param further what it can name beside the parameters
     */
    List<String> filled(Element element, String text, List<String> further) {
        var texts = new ArrayList<String>();
        for (Parameters parameters : drawn) {
            Parameters all = parameters;
            for (String name : further) all = all.with(name, new Value.Int(1));
            try {
                texts.add(all.fill(text));
            } catch (IllegalArgumentException | ArithmeticException e) {
                element.problem(String.valueOf(e.getMessage()));
                return List.of();
            }
        }
        return texts.stream().distinct().toList();
    }

    /** With some length for the units that a run decides, where it is about a run. */
    private static Scope scope(Parameters parameters, Kind kind) {
        boolean ofRun = kind == Kind.TIME || kind == Kind.NUMBER_OR_TIME;
        Map<String, Value> values = parameters.values();
        return new Scope() {
            @Override
            public Optional<Value> parameter(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public Optional<Long> unit(String name) {
                return ofRun ? Optional.of(UNIT_NANOS) : Optional.empty();
            }
        };
    }
}
