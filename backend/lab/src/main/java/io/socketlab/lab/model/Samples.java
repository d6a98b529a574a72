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
import java.util.OptionalLong;

/**
 * The parameters of a lab's first seeds. What the file says of parameters is tried with them, so
 * that a number where a time belongs is told where it stands.
 */
final class Samples {

    /** What an expression has to come to. */
    enum Kind {
        /** How often something happens, how long something is. */
        NUMBER("a number", 0, Integer.MAX_VALUE),
        /** Which of several, counted from 1. */
        NTH("a number from 1 on", 1, Integer.MAX_VALUE),
        PORT("a port from 1 to 65535", 1, 65_535),
        HOSTS("a number of hosts from 0 to 250", 0, 250),
        /** Before there is a run: without its units. */
        SPAN("a time with its unit, as in 20ms"),
        TIME("a time with its unit, as in 20ms or 2rtt"),
        /** By how much something may miss. */
        MARGIN("a number or a time from 0 on", 0, Long.MAX_VALUE),
        NUMBER_OR_TIME("a number or a time", Long.MIN_VALUE, Long.MAX_VALUE),
        TRUTH("a condition, as in a < b");

        private final String text;
        private final long from;
        private final long to;

        /** Of numbers, the least and the greatest. */
        Kind(String text, long from, long to) {
            this.text = text;
            this.from = from;
            this.to = to;
        }

        /** Of no numbers. */
        Kind(String text) {
            this(text, 1, 0);
        }

        private boolean has(Value value) {
            return switch (value) {
                case Value.Int(var n) -> n >= from && n <= to;
                case Value.Span(var nanos) -> this == NUMBER_OR_TIME || nanos >= 0 && isOfTime();
                case Value.Truth _ -> this == TRUTH;
                case Value.Word _ -> false;
            };
        }

        private boolean isOfTime() {
            return this == SPAN || this == TIME || this == MARGIN;
        }

        /** Whether it may be written in the units of a run. */
        private boolean isOfRun() {
            return this == TIME || this == MARGIN || this == NUMBER_OR_TIME;
        }
    }

    private static final long SEEDS = 8;
    private static final long UNIT_NANOS = 1_000_000;

    /** Empty while a lab's parameters have mistakes of their own. */
    private final List<Parameters> drawn = new ArrayList<>();

    private Optional<ParameterSpace> pool = Optional.empty();

    /**
     * Draws them.
     *
     * @param params where the parameters stand, {@code constraints} what they have to fulfil
     */
    void draw(ParameterSpace space, Element params, Element constraints) {
        pool = Optional.of(space);
        try {
            for (long seed = 1; seed <= Math.min(SEEDS, space.variants().pool()); seed++) {
                drawn.add(space.of(seed));
            }
        } catch (IllegalStateException e) {
            drawn.clear();
            constraints.problem(String.valueOf(e.getMessage()));
        } catch (ParameterSpace.Senseless e) {
            drawn.clear();
            params.fields("parameters")
                    .get(e.parameter())
                    .orElse(params)
                    .problem(String.valueOf(e.getMessage()));
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
     * How many there are at most.
     *
     * @return empty where it cannot be told
     */
    OptionalLong most(Expression count) {
        if (drawn.isEmpty() || pool.isEmpty()) return OptionalLong.empty();
        long most = 0;
        try {
            for (long seed = 1; seed <= pool.get().variants().pool(); seed++) {
                Scope values = scope(pool.get().of(seed), Kind.HOSTS);
                Optional<Value> value = Evaluation.of(count, values);
                if (value.isEmpty() || !(value.get() instanceof Value.Int(var n))) {
                    return OptionalLong.empty();
                }
                most = Math.max(most, n);
            }
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            return OptionalLong.empty(); // told where it stands
        }
        return OptionalLong.of(most);
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
        boolean ofRun = kind.isOfRun();
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
