package io.socketlab.lab.expr;

import io.socketlab.lab.expr.Expression.Binary;
import io.socketlab.lab.expr.Expression.Constant;
import io.socketlab.lab.expr.Expression.Negative;
import io.socketlab.lab.expr.Expression.Not;
import io.socketlab.lab.expr.Expression.Operand;
import io.socketlab.lab.expr.Expression.Operator;
import io.socketlab.lab.expr.Expression.Parameter;
import io.socketlab.lab.expr.Expression.Quantity;
import java.util.Set;

/**
 * Reads expressions. A bare name is a parameter where there is nothing else to name (a lab's {@code
 * params}), and something of the run in a condition; between double braces it is always a
 * parameter. A word in capitals is itself: {@code TIME_WAIT}.
 */
public final class ExpressionParser {

    private static final Set<String> RUN_UNITS = Set.of("rtt", "rto", "msl", "tick");

    private final Cursor in;
    private boolean namesAreParameters;

    private ExpressionParser(Cursor in, boolean namesAreParameters) {
        this.in = in;
        this.namesAreParameters = namesAreParameters;
    }

    /** Over parameters: {@code backlog + 3}, {@code {{rtt}}/2}. */
    public static Expression parse(String text) throws SyntaxException {
        return whole(new ExpressionParser(new Cursor(text), true));
    }

    /** Over the run as well: {@code client.state == TIME_WAIT}. */
    public static Expression parseCondition(String text) throws SyntaxException {
        return whole(new ExpressionParser(new Cursor(text), false));
    }

    /** Reads {@code {{…}}} where {@code in} is; what follows stays. */
    public static Expression parseBraces(Cursor in) throws SyntaxException {
        return new ExpressionParser(in, true).braces();
    }

    private static Expression whole(ExpressionParser parser) throws SyntaxException {
        Expression expression = parser.binary(1);
        parser.in.skipSpace();
        if (!parser.in.atEnd()) {
            throw parser.in.expected("an operator or the end of the expression");
        }
        return expression;
    }

    private Expression binary(int precedence) throws SyntaxException {
        if (precedence > 5) return unary();
        Expression left = binary(precedence + 1);
        while (true) {
            Operator operator = operator(precedence);
            if (operator == null) return left;
            left = new Binary(operator, left, binary(precedence + 1));
        }
    }

    private @org.jspecify.annotations.Nullable Operator operator(int precedence) {
        in.skipSpace();
        for (Operator candidate : Operator.values()) {
            if (candidate.precedence() == precedence && in.take(candidate.symbol()))
                return candidate;
        }
        return null;
    }

    private Expression unary() throws SyntaxException {
        in.skipSpace();
        if (in.looksAt("!=")) throw in.expected("a value");
        if (in.take("!")) return new Not(unary());
        if (in.take("-")) return new Negative(unary());
        if (in.looksAt("{{")) return braces();
        if (in.take("(")) {
            Expression inner = binary(1);
            in.skipSpace();
            in.need(")");
            return inner;
        }
        if (Character.isDigit(in.peek()) || in.peek() == '.') return quantity();
        if (Cursor.startsName(in.peek()) || in.peek() == '*') return name();
        throw in.expected("a number, a name or '('");
    }

    private Expression braces() throws SyntaxException {
        in.need("{{");
        boolean before = namesAreParameters;
        namesAreParameters = true;
        Expression inner = binary(1);
        namesAreParameters = before;
        in.skipSpace();
        in.need("}}");
        return inner;
    }

    private Expression quantity() throws SyntaxException {
        int start = in.offset();
        String digits = in.takeWhile(c -> Character.isDigit(c) || c == '.');
        String unit = in.takeWhile(Character::isLetter);
        if (RUN_UNITS.contains(unit)) {
            try {
                return new Quantity(Double.parseDouble(digits), unit);
            } catch (NumberFormatException _) {
                throw new SyntaxException(start, "expected a number, not '" + digits + "'");
            }
        }
        Value value = Value.of(digits + unit);
        if (value instanceof Value.Word) {
            throw new SyntaxException(
                    start,
                    "expected a number or a time like 20ms, 1.5s or 2rtt, not '"
                            + digits
                            + unit
                            + "'");
        }
        return new Constant(value);
    }

    private Expression name() throws SyntaxException {
        int start = in.offset();
        String first = in.takeWhile(Cursor::continuesName);
        if (namesAreParameters) return new Parameter(first, start);
        if (first.equals("true") || first.equals("false")) {
            return new Constant(new Value.Truth(first.equals("true")));
        }
        boolean word = first.matches("[A-Z][A-Z0-9_]*") && in.peek() != '.' && in.peek() != '[';
        if (word) return new Constant(new Value.Word(first));
        while (in.peek() == '.' || in.peek() == '[' || in.peek() == '(' || in.peek() == '*') {
            if (in.peek() == '[') in.takeBalanced('[', ']');
            else if (in.peek() == '(') in.takeBalanced('(', ')');
            else in.take(String.valueOf(in.peek()));
            in.takeWhile(Cursor::continuesName);
        }
        return new Operand(in.since(start), start);
    }
}
