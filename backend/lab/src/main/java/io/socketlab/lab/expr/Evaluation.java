package io.socketlab.lab.expr;

import io.socketlab.lab.expr.Expression.Binary;
import io.socketlab.lab.expr.Expression.Constant;
import io.socketlab.lab.expr.Expression.Negative;
import io.socketlab.lab.expr.Expression.Not;
import io.socketlab.lab.expr.Expression.Operand;
import io.socketlab.lab.expr.Expression.Operator;
import io.socketlab.lab.expr.Expression.Parameter;
import io.socketlab.lab.expr.Expression.Quantity;
import io.socketlab.lab.expr.Value.Int;
import io.socketlab.lab.expr.Value.Span;
import io.socketlab.lab.expr.Value.Truth;
import io.socketlab.lab.expr.Value.Word;
import java.util.Optional;

/** Works expressions out. */
public final class Evaluation {

    private Evaluation() {}

    /**
     * The value of {@code expression}; empty where something of the run it asks for is not defined.
     *
     * @throws IllegalArgumentException if it makes no sense: a length of time plus a word
     */
    public static Optional<Value> of(Expression expression, Scope scope) {
        return switch (expression) {
            case Constant(var value) -> Optional.of(value);
            case Quantity(var amount, var unit) ->
                    scope.unit(unit).map(nanos -> new Span(Math.round(amount * nanos)));
            case Parameter(var name, _) ->
                    Optional.of(
                            scope.parameter(name)
                                    .orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "there is no parameter '" + name + "'")));
            case Operand(var text, _) -> scope.operand(text);
            case Not(var inner) -> of(inner, scope).map(v -> new Truth(!truth(v)));
            case Negative(var inner) -> of(inner, scope).map(Evaluation::negative);
            case Binary(var operator, var left, var right) -> binary(operator, left, right, scope);
        };
    }

    /** The same where nothing of the run is asked for. */
    public static Value constant(Expression expression, Scope scope) {
        return of(expression, scope)
                .orElseThrow(() -> new IllegalArgumentException("it needs a run to have a value"));
    }

    public static boolean truth(Value value) {
        if (value instanceof Truth(var holds)) return holds;
        throw new IllegalArgumentException("expected a condition, not " + value);
    }

    private static Value negative(Value value) {
        return switch (value) {
            case Int(var n) -> new Int(-n);
            case Span(var nanos) -> new Span(-nanos);
            case Word _, Truth _ ->
                    throw new IllegalArgumentException("expected a number, not " + value);
        };
    }

    private static Optional<Value> binary(
            Operator operator, Expression left, Expression right, Scope scope) {
        Optional<Value> a = of(left, scope);
        Optional<Value> b = of(right, scope);
        if (operator == Operator.AND || operator == Operator.OR) {
            return logic(operator == Operator.OR, a, b);
        }
        if (a.isEmpty() || b.isEmpty()) return Optional.empty();
        return Optional.of(apply(operator, a.get(), b.get()));
    }

    /** One side can decide where the other is not defined. */
    private static Optional<Value> logic(boolean or, Optional<Value> a, Optional<Value> b) {
        if (a.isPresent() && truth(a.get()) == or) return a;
        if (b.isPresent() && truth(b.get()) == or) return b;
        return a.isEmpty() ? a : b;
    }

    private static Value apply(Operator operator, Value a, Value b) {
        return switch (operator) {
            case EQUAL -> new Truth(same(a, b));
            case DIFFERENT -> new Truth(!same(a, b));
            case AT_MOST -> new Truth(compare(a, b) <= 0);
            case AT_LEAST -> new Truth(compare(a, b) >= 0);
            case LESS -> new Truth(compare(a, b) < 0);
            case MORE -> new Truth(compare(a, b) > 0);
            case PLUS, MINUS, TIMES, OVER, REMAINDER -> arithmetic(operator, a, b);
            case AND, OR -> throw new IllegalStateException("handled before");
        };
    }

    private static boolean same(Value a, Value b) {
        if (a instanceof Word(var x) && b instanceof Word(var y)) return x.equals(y);
        if (a instanceof Truth && b instanceof Truth) return a.equals(b);
        return compare(a, b) == 0;
    }

    private static int compare(Value a, Value b) {
        if (a instanceof Int(var x) && b instanceof Int(var y)) return Long.compare(x, y);
        if (a instanceof Span(var x) && b instanceof Span(var y)) return Long.compare(x, y);
        throw new IllegalArgumentException("cannot compare " + a + " with " + b);
    }

    private static Value arithmetic(Operator operator, Value a, Value b) {
        if (a instanceof Int(var x) && b instanceof Int(var y)) {
            return new Int(arithmetic(operator, x, y));
        }
        boolean scales = operator == Operator.TIMES || operator == Operator.OVER;
        if (a instanceof Span(var x) && b instanceof Int(var y) && scales) {
            return new Span(arithmetic(operator, x, y));
        }
        if (a instanceof Int(var x) && b instanceof Span(var y) && operator == Operator.TIMES) {
            return new Span(arithmetic(operator, x, y));
        }
        if (a instanceof Span(var x) && b instanceof Span(var y)) {
            if (operator == Operator.OVER) return new Int(arithmetic(operator, x, y));
            if (!scales) return new Span(arithmetic(operator, x, y));
        }
        throw new IllegalArgumentException(
                "cannot compute " + a + " " + operator.symbol() + " " + b);
    }

    private static long arithmetic(Operator operator, long a, long b) {
        try {
            return exactly(operator, a, b);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "%d %s %d is beyond 64 bits".formatted(a, operator.symbol(), b), e);
        }
    }

    private static long exactly(Operator operator, long a, long b) {
        return switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case TIMES -> Math.multiplyExact(a, b);
            case OVER -> a / nonZero(b);
            case REMAINDER -> a % nonZero(b);
            case OR, AND, EQUAL, DIFFERENT, AT_MOST, AT_LEAST, LESS, MORE ->
                    throw new IllegalStateException("not arithmetic: " + operator);
        };
    }

    private static long nonZero(long b) {
        if (b == 0) throw new IllegalArgumentException("division by zero");
        return b;
    }
}
