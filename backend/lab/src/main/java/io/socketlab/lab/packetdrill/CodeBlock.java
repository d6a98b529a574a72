package io.socketlab.lab.packetdrill;

import io.socketlab.lab.packetdrill.CodeTokens.Kind;
import io.socketlab.lab.packetdrill.CodeTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a block of assertions: the part of Python that scripts use, which is assertions, assignments
 * and expressions over whole numbers and texts. A value is a {@link Long}, a {@link Boolean}, a
 * {@link String} or a {@link List} of values.
 */
final class CodeBlock {

    /** How deep values may stand in one another. */
    private static final int MOST_NESTED = 100;

    /** Characters of the longest text. */
    private static final int LONGEST_TEXT = 1 << 16;

    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final CodeTokens tokens;
    private final Map<String, Object> variables;
    private final Function<String, @Nullable Object> snapshot;
    private final StringBuilder printed = new StringBuilder();
    private int nested;

    /**
     * @param variables of the script, which this block may set
     * @param snapshot the value of a name that is not a variable, null if it has none
     */
    CodeBlock(
            String code,
            Map<String, Object> variables,
            Function<String, @Nullable Object> snapshot) {
        this.tokens = new CodeTokens(code);
        this.variables = variables;
        this.snapshot = snapshot;
    }

    /**
     * Answers what it prints.
     *
     * @throws CodeException if it cannot be understood, and where an assertion does not hold
     */
    String run() {
        while (tokens.peek().kind() != Kind.END) {
            if (tokens.peek().kind() == Kind.NEWLINE) {
                tokens.take();
                continue;
            }
            statement();
            if (tokens.peek().kind() != Kind.NEWLINE && tokens.peek().kind() != Kind.END) {
                throw tokens.unexpected("expected the end of the statement");
            }
        }
        return printed.toString();
    }

    /** The value of a single expression. */
    Object value() {
        Object value = expression();
        if (tokens.peek().kind() != Kind.END) throw tokens.unexpected("expected the end");
        return value;
    }

    private void statement() {
        Token first = tokens.peek();
        if (tokens.accept("assert")) {
            assertion(first.line());
        } else if (first.kind() == Kind.NAME
                && tokens.peekAfter().text().matches("=|[-+*/%&|^]=")) {
            assignment();
        } else {
            tuple();
        }
    }

    private void assertion(int line) {
        int from = tokens.position();
        Object condition = expression();
        String text = tokens.since(from);
        Object detail = tokens.accept(",") ? tuple() : null;
        if (!isTrue(condition)) {
            throw new CodeException(line, text + (detail == null ? "" : "; " + text(detail)));
        }
    }

    private void assignment() {
        String name = tokens.take().text();
        String sign = tokens.take().text();
        Object value = tuple();
        if (!sign.equals("=")) {
            Object before = name(name);
            String operation = sign.substring(0, sign.length() - 1);
            value = arithmetic(before, operation, value);
        }
        variables.put(name, value);
    }

    private Object tuple() {
        Object first = expression();
        if (!tokens.peek().is(",")) return first;
        var values = new ArrayList<Object>();
        values.add(first);
        while (tokens.accept(",")) {
            if (endsExpression()) break;
            values.add(expression());
        }
        return values;
    }

    private boolean endsExpression() {
        Token next = tokens.peek();
        return next.is(")") || next.kind() == Kind.NEWLINE || next.kind() == Kind.END;
    }

    private Object expression() {
        Object value = conjunction();
        while (tokens.accept("or")) {
            Object right = conjunction();
            value = isTrue(value) ? value : right;
        }
        return value;
    }

    private Object conjunction() {
        Object value = negation();
        while (tokens.accept("and")) {
            Object right = negation();
            value = isTrue(value) ? right : value;
        }
        return value;
    }

    private Object negation() {
        if (!tokens.accept("not")) return comparison();
        return within(() -> !isTrue(negation()));
    }

    private Object within(Supplier<Object> inner) {
        if (nested == MOST_NESTED) {
            throw tokens.unexpected("expected at most " + MOST_NESTED + " values in one another");
        }
        nested++;
        Object value = inner.get();
        nested--;
        return value;
    }

    /** As in Python, {@code a < b < c} is {@code a < b and b < c}. */
    private Object comparison() {
        Object left = bits("|");
        if (!isComparison()) return left;
        boolean holds = true;
        while (isComparison()) {
            boolean not = tokens.accept("not");
            String sign = tokens.take().text();
            Object right = bits("|");
            holds &= not != compare(left, sign, right);
            left = right;
        }
        return holds;
    }

    private boolean isComparison() {
        Token next = tokens.peek();
        return COMPARISONS.contains(next.text()) && next.kind() == Kind.SIGN
                || next.is("in")
                || next.is("not") && tokens.peekAfter().is("in");
    }

    private boolean compare(Object left, String sign, Object right) {
        return switch (sign) {
            case "==" -> same(left, right);
            case "!=" -> !same(left, right);
            case "in" -> {
                if (!(right instanceof List<?> list)) throw tokens.unexpected("expected a tuple");
                yield list.stream().anyMatch(v -> same(left, v));
            }
            case "<" -> number(left) < number(right);
            case "<=" -> number(left) <= number(right);
            case ">" -> number(left) > number(right);
            default -> number(left) >= number(right);
        };
    }

    private boolean same(Object left, Object right) {
        if (left instanceof String || left instanceof List<?> || right instanceof String) {
            return left.equals(right);
        }
        return !(right instanceof List<?>) && number(left) == number(right);
    }

    /** {@code |}, {@code ^}, {@code &}, shifts, sums and products, each binding tighter. */
    private Object bits(String level) {
        return switch (level) {
            case "|" -> leftToRight(() -> bits("^"), "|");
            case "^" -> leftToRight(() -> bits("&"), "^");
            default ->
                    leftToRight(
                            () ->
                                    leftToRight(
                                            () -> leftToRight(this::product, "+", "-"), "<<", ">>"),
                            "&");
        };
    }

    private Object product() {
        return leftToRight(this::unary, "*", "/", "//", "%");
    }

    private Object leftToRight(Supplier<Object> operand, String... signs) {
        Object value = operand.get();
        while (tokens.peek().kind() == Kind.SIGN && List.of(signs).contains(tokens.peek().text())) {
            String sign = tokens.take().text();
            value = arithmetic(value, sign, operand.get());
        }
        return value;
    }

    private Object arithmetic(Object left, String sign, Object right) {
        if (left instanceof String format) {
            return switch (sign) {
                case "%" -> limited(format(format, right));
                case "+" -> limited(format + text(right));
                default -> throw tokens.unexpected("expected a number before " + sign);
            };
        }
        long a = number(left);
        long b = number(right);
        if (b == 0 && (sign.equals("/") || sign.equals("//") || sign.equals("%"))) {
            throw tokens.unexpected("expected no division by zero");
        }
        return switch (sign) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a % b == 0 ? (Object) (a / b) : Math.floorDiv(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "&" -> a & b;
            case "|" -> a | b;
            case "^" -> a ^ b;
            case "<<" -> a << b;
            default -> a >> b;
        };
    }

    private String limited(String text) {
        if (text.length() <= LONGEST_TEXT) return text;
        throw tokens.unexpected("expected a text of at most " + LONGEST_TEXT + " characters");
    }

    private Object unary() {
        if (tokens.accept("-")) return within(() -> -number(unary()));
        if (tokens.accept("+")) return within(() -> number(unary()));
        if (tokens.accept("~")) return within(() -> ~number(unary()));
        return primary();
    }

    private Object primary() {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case TEXT -> unquoted(token.text());
            case NAME -> tokens.accept("(") ? within(() -> call(token)) : name(token.text());
            case SIGN, NEWLINE, END -> within(() -> parenthesised(token));
        };
    }

    /** All 64 bits may be set, as in what tcp_info has for no limit. */
    private static Object number(Token token) {
        String text = token.text();
        if (text.matches("0[0-9]+")) return 0L;
        try {
            return text.matches("[0-9]+") ? Long.parseUnsignedLong(text) : Long.decode(text);
        } catch (NumberFormatException e) {
            throw new CodeException(
                    token.line(), "expected a number of at most 64 bits, found " + text);
        }
    }

    private Object parenthesised(Token open) {
        if (!open.is("(")) {
            throw new CodeException(open.line(), "expected a value, found " + open.text());
        }
        if (tokens.accept(")")) return List.of();
        Object value = tuple();
        tokens.expect(")");
        return value;
    }

    private Object call(Token function) {
        var arguments = new ArrayList<Object>();
        while (!tokens.accept(")")) {
            arguments.add(expression());
            if (!tokens.peek().is(")")) tokens.expect(",");
        }
        return switch (function.text()) {
            case "print" -> {
                arguments.forEach(a -> printed.append(text(a)).append(' '));
                printed.append('\n');
                yield 0L;
            }
            case "abs" -> Math.abs(number(only(function, arguments)));
            case "int" -> number(only(function, arguments));
            case "str" -> text(only(function, arguments));
            case "max" -> arguments.stream().mapToLong(this::number).max().orElse(0);
            case "min" -> arguments.stream().mapToLong(this::number).min().orElse(0);
            default ->
                    throw new CodeException(
                            function.line(), "there is no function " + function.text());
        };
    }

    private static Object only(Token function, List<Object> arguments) {
        if (arguments.size() == 1) return arguments.getFirst();
        throw new CodeException(
                function.line(),
                "expected one argument of " + function.text() + "(), found " + arguments.size());
    }

    private Object name(String name) {
        if (name.equals("True")) return true;
        if (name.equals("False")) return false;
        Object value = variables.get(name);
        if (value == null) value = snapshot.apply(name);
        if (value == null) {
            throw new CodeException(tokens.peek().line(), "name '" + name + "' is not defined");
        }
        return value;
    }

    private long number(Object value) {
        return switch (value) {
            case Long n -> n;
            case Boolean b -> b ? 1 : 0;
            default -> throw tokens.unexpected("expected a number, not " + text(value));
        };
    }

    private static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Long n -> n != 0;
            case String s -> !s.isEmpty();
            case List<?> list -> !list.isEmpty();
            default -> true;
        };
    }

    static String text(Object value) {
        return switch (value) {
            case Boolean b -> b ? "True" : "False";
            case List<?> list -> String.join(", ", list.stream().map(CodeBlock::text).toList());
            default -> value.toString();
        };
    }

    /** {@code "%d of %s" % (a, b)}. */
    private static String format(String format, Object values) {
        List<?> list = values instanceof List<?> l ? l : List.of(values);
        var text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char conversion = format.charAt(++i);
            if (conversion == '%') {
                text.append('%');
            } else if (next < list.size()) {
                Object value = list.get(next++);
                boolean hex = conversion == 'x' && value instanceof Long;
                text.append(hex ? Long.toHexString((Long) value) : text(value));
            }
        }
        return text.toString();
    }

    private static String unquoted(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        return inner.replace("\\n", "\n").replace("\\\"", "\"").replace("\\'", "'");
    }
}
