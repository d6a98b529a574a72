package io.socketlab.lab.check;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a condition is true or false whatever happens in a run: an author who writes such a one
 * has meant another. It is told by what its numbers can be, as an interval each; where that does
 * not tell, nothing is said.
 */
final class Certainty {

    private static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final Range NOT_NEGATIVE = new Range(0, Long.MAX_VALUE);
    private static final Range PERCENT = new Range(0, 100);

    /** What a number can be, both ends included; of times, nanoseconds. */
    private record Range(long least, long most) {

        Range and(Range other) {
            return new Range(Math.max(least, other.least), Math.min(most, other.most));
        }

        boolean isEmpty() {
            return least > most;
        }

        /** Where they can be told apart, so that the result does not depend on the run. */
        Optional<Boolean> compared(Operator operator, Range right) {
            return switch (operator) {
                case LESS -> decided(most < right.least, least >= right.most);
                case AT_MOST -> decided(most <= right.least, least > right.most);
                case MORE -> decided(least > right.most, most <= right.least);
                case AT_LEAST -> decided(least >= right.most, most < right.least);
                case EQUAL -> decided(isOne() && equals(right), and(right).isEmpty());
                case DIFFERENT -> decided(and(right).isEmpty(), isOne() && equals(right));
                case AND, OR, PLUS, MINUS, TIMES, OVER, REMAINDER -> Optional.empty();
            };
        }

        private boolean isOne() {
            return least == most;
        }

        private static Optional<Boolean> decided(boolean always, boolean never) {
            if (always) return Optional.of(true);
            return never ? Optional.of(false) : Optional.empty();
        }
    }

    private final Map<String, Metric> metrics;

    private Certainty(Map<String, Metric> metrics) {
        this.metrics = metrics;
    }

    /** What it always comes to; empty where a run or a parameter decides. */
    static Optional<Boolean> of(Condition condition) {
        return new Certainty(condition.metrics()).of(condition.expression());
    }

    private Optional<Boolean> of(Expression expression) {
        return switch (expression) {
            case Constant(Value.Truth(var truth)) -> Optional.of(truth);
            case Not(var inner) -> of(inner).map(truth -> !truth);
            case Binary(var operator, var left, var right) -> binary(operator, left, right);
            case Constant _, Quantity _, Parameter _, Operand _, Negative _ -> Optional.empty();
        };
    }

    private Optional<Boolean> binary(Operator operator, Expression left, Expression right) {
        return switch (operator) {
            case AND -> {
                Optional<Boolean> both = both(of(left), of(right));
                yield both.isEmpty() && contradict(left, right) ? Optional.of(false) : both;
            }
            case OR ->
                    both(of(left).map(truth -> !truth), of(right).map(truth -> !truth))
                            .map(neither -> !neither);
            case EQUAL, AT_MOST, AT_LEAST ->
                    isSame(left, right) ? Optional.of(true) : compared(operator, left, right);
            case DIFFERENT, LESS, MORE ->
                    isSame(left, right) ? Optional.of(false) : compared(operator, left, right);
            case PLUS, MINUS, TIMES, OVER, REMAINDER -> Optional.empty();
        };
    }

    private static Optional<Boolean> both(Optional<Boolean> left, Optional<Boolean> right) {
        if (left.equals(Optional.of(false)) || right.equals(Optional.of(false))) {
            return Optional.of(false);
        }
        return left.isPresent() && right.isPresent() ? Optional.of(true) : Optional.empty();
    }

    private Optional<Boolean> compared(Operator operator, Expression left, Expression right) {
        return range(left).compared(operator, range(right));
    }

    /** The same metric on both sides, which has one value at any moment. */
    private static boolean isSame(Expression left, Expression right) {
        return left instanceof Operand(var one, _)
                && right instanceof Operand(var other, _)
                && one.equals(other);
    }

    private Range range(Expression expression) {
        return switch (expression) {
            case Constant(Value.Int(var n)) -> new Range(n, n);
            case Constant(Value.Span(var nanos)) -> new Range(nanos, nanos);
            case Operand(var text, _) -> range(Objects.requireNonNull(metrics.get(text), text));
            case Negative(Constant(Value.Int(var n))) -> new Range(-n, -n);
            case Constant _, Quantity _, Parameter _, Not _, Negative _, Binary _ -> ANY;
        };
    }

    private static Range range(Metric metric) {
        return switch (metric) {
            case Metric.CountOf _,
                    Metric.SumOf _,
                    Metric.TimeOf _,
                    Metric.CostOf _,
                    Metric.RunQueueLength _,
                    Metric.KernelStack _ ->
                    NOT_NEGATIVE;
            case Metric.Fairness _ -> PERCENT;
            case Metric.Extreme(_, var of) -> range(of);
            case Metric.Variable(_, _, var name) -> isAmount(name) ? NOT_NEGATIVE : ANY;
            case Metric.Seen _, Metric.Growth _, Metric.Prediction _ -> ANY;
        };
    }

    private static boolean isAmount(String variable) {
        return variable.startsWith("sndbuf.")
                || variable.startsWith("rcvbuf.")
                || variable.equals("acceptq")
                || variable.equals("synq")
                || variable.equals("cwnd")
                || variable.equals("inFlight");
    }

    /** Whether a metric would have to be above what it has to be below. */
    private boolean contradict(Expression left, Expression right) {
        var bounds = new LinkedHashMap<String, Range>();
        bound(left, bounds);
        bound(right, bounds);
        return bounds.values().stream().anyMatch(Range::isEmpty);
    }

    private void bound(Expression expression, Map<String, Range> bounds) {
        if (!(expression instanceof Binary(var operator, var left, var right))) return;
        if (operator == Operator.AND) {
            bound(left, bounds);
            bound(right, bounds);
        } else if (left instanceof Operand(var text, _) && right instanceof Constant) {
            bounds.merge(text, allowed(operator, range(right)), Range::and);
        }
    }

    /** What a number can be that is compared with a constant. */
    private static Range allowed(Operator operator, Range constant) {
        if (!constant.isOne()) return ANY; // a state or another word
        return switch (operator) {
            case LESS -> new Range(ANY.least, constant.most - 1);
            case AT_MOST -> new Range(ANY.least, constant.most);
            case MORE -> new Range(constant.least + 1, ANY.most);
            case AT_LEAST -> new Range(constant.least, ANY.most);
            case EQUAL -> constant;
            case DIFFERENT, AND, OR, PLUS, MINUS, TIMES, OVER, REMAINDER -> ANY;
        };
    }
}
