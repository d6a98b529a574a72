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
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.Map;
import java.util.Objects;

/**
 * Holds a condition to comparing what can be compared: a time with a time, a state with the name of
 * a state. What a run comes to would show it too, but only in runs that get that far.
 */
final class ConditionTypes {

    /** What a value is. */
    enum Type {
        NUMBER("a number"),
        TIME("a time with its unit"),
        STATE("a state"),
        WORD("a word"),
        TRUTH("a condition"),
        /** Of a parameter or a prediction: told by the run. */
        ANY("anything");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** An expression whose states have their own names. */
    record Typed(Expression expression, Type type) {}

    private final Map<String, Metric> metrics;

    private ConditionTypes(Map<String, Metric> metrics) {
        this.metrics = metrics;
    }

    /**
     * Gives an expression a type.
     *
     * @throws SyntaxException at the first operand of what cannot be compared or computed
     */
    static Typed of(Expression expression, Map<String, Metric> metrics) throws SyntaxException {
        return new ConditionTypes(metrics).typed(expression);
    }

    private Typed typed(Expression expression) throws SyntaxException {
        return switch (expression) {
            case Constant(var value) -> new Typed(expression, type(value));
            case Quantity _ -> new Typed(expression, Type.TIME);
            case Parameter _ -> new Typed(expression, Type.ANY);
            case Operand(var text, _) ->
                    new Typed(expression, type(Objects.requireNonNull(metrics.get(text), text)));
            case Not(var inner) -> {
                Typed typed = typed(inner);
                need(typed.type == Type.TRUTH, inner, "a condition behind '!'", typed.type);
                yield new Typed(new Not(typed.expression), Type.TRUTH);
            }
            case Negative(var inner) -> {
                Typed typed = typed(inner);
                need(isAmount(typed.type), inner, "a number or a time behind '-'", typed.type);
                yield new Typed(new Negative(typed.expression), typed.type);
            }
            case Binary binary -> binary(binary);
        };
    }

    private Typed binary(Binary binary) throws SyntaxException {
        Typed left = typed(binary.left());
        Typed right = typed(binary.right());
        Operator operator = binary.operator();
        String behind = "of '" + operator.symbol() + "'";
        return switch (operator) {
            case AND, OR -> {
                String expected = "a condition on each side " + behind;
                need(left.type == Type.TRUTH, binary.left(), expected, left.type);
                need(right.type == Type.TRUTH, binary.right(), expected, right.type);
                yield new Typed(
                        new Binary(operator, left.expression, right.expression), Type.TRUTH);
            }
            case EQUAL, DIFFERENT -> {
                Typed a = stateBeside(right.type, left, binary);
                Typed b = stateBeside(left.type, right, binary);
                alike(a, b, binary);
                yield new Typed(new Binary(operator, a.expression, b.expression), Type.TRUTH);
            }
            case AT_MOST, AT_LEAST, LESS, MORE -> {
                amounts(left, right, binary);
                alike(left, right, binary);
                yield new Typed(
                        new Binary(operator, left.expression, right.expression), Type.TRUTH);
            }
            case PLUS, MINUS, REMAINDER -> {
                amounts(left, right, binary);
                divisor(binary);
                alike(left, right, binary);
                Type type = left.type == Type.ANY ? right.type : left.type;
                yield new Typed(new Binary(operator, left.expression, right.expression), type);
            }
            case TIMES, OVER -> {
                amounts(left, right, binary);
                divisor(binary);
                yield new Typed(
                        new Binary(operator, left.expression, right.expression),
                        scaled(operator, left.type, right.type));
            }
        };
    }

    private static void divisor(Binary binary) throws SyntaxException {
        boolean divides =
                binary.operator() == Operator.OVER || binary.operator() == Operator.REMAINDER;
        if (!divides || !binary.right().equals(new Constant(new Value.Int(0)))) return;
        throw new SyntaxException(
                offset(binary),
                "expected another divisor behind '%s' than 0"
                        .formatted(binary.operator().symbol()));
    }

    private static Type scaled(Operator operator, Type left, Type right) {
        if (left == Type.ANY || right == Type.ANY) return Type.ANY;
        if (operator == Operator.OVER && right == Type.TIME) return Type.NUMBER;
        return left == Type.TIME || right == Type.TIME ? Type.TIME : Type.NUMBER;
    }

    /** A word beside a state is the name of one. */
    private static Typed stateBeside(Type other, Typed typed, Binary where) throws SyntaxException {
        boolean word = typed.expression instanceof Constant(Value.Word _);
        if (other != Type.STATE || !word) return typed;
        String name = States.name(((Constant) typed.expression).value().toString());
        if (!States.NAMES.contains(name)) {
            throw SyntaxException.unknown(offset(where), "state", name, States.NAMES);
        }
        return new Typed(new Constant(new Value.Word(name)), Type.STATE);
    }

    private static void amounts(Typed left, Typed right, Binary where) throws SyntaxException {
        String expected = "numbers or times on both sides of '" + where.operator().symbol() + "'";
        need(isAmount(left.type), where.left(), expected, left.type);
        need(isAmount(right.type), where.right(), expected, right.type);
    }

    private static boolean isAmount(Type type) {
        return type == Type.NUMBER || type == Type.TIME || type == Type.ANY;
    }

    private static void alike(Typed left, Typed right, Binary where) throws SyntaxException {
        if (left.type == right.type || left.type == Type.ANY || right.type == Type.ANY) return;
        throw new SyntaxException(
                offset(where),
                "expected the same on both sides of '%s', not %s and %s"
                        .formatted(where.operator().symbol(), left.type, right.type));
    }

    private static void need(boolean good, Expression where, String expected, Type found)
            throws SyntaxException {
        if (good) return;
        throw new SyntaxException(offset(where), "expected " + expected + ", not " + found);
    }

    /** Of the first operand or parameter in it; 0 where there is none. */
    private static int offset(Expression expression) {
        return switch (expression) {
            case Constant _, Quantity _ -> 0;
            case Parameter(_, var offset) -> offset;
            case Operand(_, var offset) -> offset;
            case Not(var inner) -> offset(inner);
            case Negative(var inner) -> offset(inner);
            case Binary(_, var left, var right) -> {
                int first = offset(left);
                yield first > 0 || left instanceof Operand ? first : offset(right);
            }
        };
    }

    private static Type type(Value value) {
        return switch (value) {
            case Value.Int _ -> Type.NUMBER;
            case Value.Span _ -> Type.TIME;
            case Value.Word _ -> Type.WORD;
            case Value.Truth _ -> Type.TRUTH;
        };
    }

    private static Type type(Metric metric) {
        return switch (metric) {
            case Metric.Variable(_, _, var name) when name.equals("state") -> Type.STATE;
            case Metric.Variable(_, _, var name) -> Series.isTime(name) ? Type.TIME : Type.NUMBER;
            case Metric.CostOf cost -> Series.isTime(cost) ? Type.TIME : Type.NUMBER;
            case Metric.RunQueueLength _,
                    Metric.KernelStack _,
                    Metric.CountOf _,
                    Metric.SumOf _,
                    Metric.Fairness _ ->
                    Type.NUMBER;
            case Metric.Seen _ -> Type.TRUTH;
            case Metric.TimeOf _ -> Type.TIME;
            case Metric.Extreme(_, var of) -> type(of);
            case Metric.Growth(var of, _) -> type(of);
            case Metric.Prediction _ -> Type.ANY;
        };
    }
}
