package io.socketlab.lab.check;

import io.socketlab.kernel.trace.Cost;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Expression.Binary;
import io.socketlab.lab.expr.Expression.Constant;
import io.socketlab.lab.expr.Expression.Negative;
import io.socketlab.lab.expr.Expression.Not;
import io.socketlab.lab.expr.Expression.Operand;
import io.socketlab.lab.expr.Expression.Operator;
import io.socketlab.lab.expr.Expression.Parameter;
import io.socketlab.lab.expr.Expression.Quantity;
import io.socketlab.lab.expr.Value;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Conditions as feedback says them: {@code the accept queue of server's listener on port 8080 is at
 * most 3}. Who reads it need not know the language of checks; patterns stay as they are, for they
 * are written like calls.
 */
final class Spoken {

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("acceptq", "accept queue"),
                    Map.entry("synq", "SYN queue"),
                    Map.entry("sndbuf.used", "send buffer's content"),
                    Map.entry("sndbuf.unacknowledged", "unacknowledged part of the send buffer"),
                    Map.entry("sndbuf.unsent", "unsent part of the send buffer"),
                    Map.entry("sndbuf.size", "send buffer's size"),
                    Map.entry("rcvbuf.used", "receive buffer's content"),
                    Map.entry("rcvbuf.outOfOrder", "out-of-order part of the receive buffer"),
                    Map.entry("rcvbuf.datagrams", "number of datagrams in the receive buffer"),
                    Map.entry("rcvbuf.size", "receive buffer's size"));

    private final Condition condition;
    private final RunView run;

    private Spoken(Condition condition, RunView run) {
        this.condition = condition;
        this.run = run;
    }

    static String of(Condition condition, RunView run) {
        return new Spoken(condition, run).words(condition.expression());
    }

    /** What a condition asks for, and what it was: {@code the state of client is CLOSED}. */
    static String value(Metric metric, Optional<Value> value, Condition condition, RunView run) {
        var spoken = new Spoken(condition, run);
        if (metric instanceof Metric.Seen(var pattern) && value.isPresent())
            return spoken.quoted(pattern)
                    + (Evaluation.truth(value.get()) ? " has happened" : " has not happened");
        String noun = "the " + spoken.noun(metric);
        return value.map(v -> noun + " is " + v).orElse(noun + " never had a value");
    }

    private String words(Expression expression) {
        if (Expression.operands(expression).isEmpty() && !(expression instanceof Constant))
            return constant(expression);
        return switch (expression) {
            case Constant(var value) -> value.toString();
            case Quantity _, Parameter _ -> constant(expression);
            case Operand operand -> operand(operand);
            case Not(Operand(var text, _)) when metric(text) instanceof Metric.Seen(var pattern) ->
                    quoted(pattern) + " has not happened";
            case Not(var inner) -> "not (" + words(inner) + ")";
            case Negative(var inner) -> "-" + words(inner);
            case Binary(var operator, var left, var right) -> binary(operator, left, right);
        };
    }

    /** What comes to one value, as that; a unit that the run has not decided yet, as it is. */
    private String constant(Expression expression) {
        return Evaluation.of(expression, run)
                .map(Value::toString)
                .orElseGet(() ->
                        expression instanceof Quantity(var amount, var unit)
                                ? amount + unit
                                : "a value not known yet");
    }

    private String binary(Operator operator, Expression left, Expression right) {
        String between =
                switch (operator) {
                    case OR -> " or ";
                    case AND -> " and ";
                    case EQUAL -> " is ";
                    case DIFFERENT -> " is not ";
                    case AT_MOST -> " is at most ";
                    case AT_LEAST -> " is at least ";
                    case LESS -> " is less than ";
                    case MORE -> " is more than ";
                    case PLUS, MINUS, TIMES, OVER, REMAINDER -> " " + operator.symbol() + " ";
                };
        boolean and = operator == Operator.AND;
        return part(left, and) + between + part(right, and);
    }

    /** What binds less than what it is part of stands in parentheses. */
    private String part(Expression expression, boolean ofAnd) {
        boolean alone = expression instanceof Binary(var inner, _, _) && inner == Operator.OR;
        return ofAnd && alone ? "(" + words(expression) + ")" : words(expression);
    }

    private String operand(Operand operand) {
        Metric metric = metric(operand.text());
        return metric instanceof Metric.Seen(var pattern)
                ? quoted(pattern) + " has happened"
                : "the " + noun(metric);
    }

    private Metric metric(String text) {
        return Objects.requireNonNull(condition.metrics().get(text)); // each operand has been read
    }

    /** Without its article. */
    private String noun(Metric metric) {
        return switch (metric) {
            case Metric.Variable(var host, var selector, var name) ->
                    NAMES.getOrDefault(name, name) + " of " + socket(host, selector);
            case Metric.CostOf(var host, var task, var costs) ->
                    costs.stream().map(Cost::traceName).collect(Collectors.joining(" + "))
                            + " of "
                            + task.map(t -> "task " + words(t) + " of ").orElse("")
                            + host;
            case Metric.RunQueueLength(var host) -> "number of tasks of " + host + " without a CPU";
            case Metric.KernelStack(var host) -> "kernel stack memory of " + host;
            case Metric.CountOf(var pattern) -> "number of times " + quoted(pattern) + " happened";
            case Metric.SumOf(var pattern) -> "sum of what " + quoted(pattern) + " returned";
            case Metric.Seen(var pattern) -> "sight of " + quoted(pattern);
            case Metric.TimeOf(var pattern) -> "time of " + quoted(pattern);
            case Metric.Extreme(var most, var of) -> (most ? "greatest " : "least ") + noun(of);
            case Metric.Growth(var of, var since) ->
                    "growth of the " + noun(of) + " since " + quoted(since);
            case Metric.Fairness(var of) ->
                    "evenness (Jain's index, percent) of "
                            + of.stream()
                                    .map(m -> "the " + noun(m))
                                    .collect(Collectors.joining(", "));
            case Metric.Prediction(var name) -> "answer to " + name;
        };
    }

    private String socket(String host, Metric.Selector selector) {
        return switch (selector) {
            case Metric.Selector.Connections() -> host;
            case Metric.Selector.Listening(var port) -> host + "'s listener on port " + words(port);
            case Metric.Selector.Child(var number) ->
                    number.map(n -> "connection " + words(n)).orElse("a connection")
                            + " of "
                            + host
                            + "'s listener";
            case Metric.Selector.Connection(var number) -> host + "'s connection " + words(number);
            case Metric.Selector.Udp(var port) ->
                    host
                            + port.map(p -> "'s UDP socket on port " + words(p))
                                    .orElse("'s UDP sockets");
        };
    }

    private String quoted(EventPattern pattern) {
        return "‘" + Words.of(pattern, run) + "’";
    }
}
