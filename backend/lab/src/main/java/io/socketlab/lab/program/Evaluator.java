package io.socketlab.lab.program;

import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.Formula;
import io.socketlab.lab.script.Formula.Operator;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The variables of a program, and what formulas over them come to. */
final class Evaluator {

    /** The most elements of a list and octets of a text. */
    private static final int MAX_SIZE = 1 << 16;

    private final String file;
    private final Map<String, Argument> variables;

    /**
     * @param file what errors call the script
     */
    Evaluator(String file) {
        this(file, new LinkedHashMap<>());
    }

    private Evaluator(String file, Map<String, Argument> variables) {
        this.file = file;
        this.variables = variables;
    }

    /** With the same values, which from now on change apart from these. */
    Evaluator copy() {
        return new Evaluator(file, new LinkedHashMap<>(variables));
    }

    void set(String variable, Argument value) {
        variables.put(variable, value);
    }

    ScriptException error(Position at, String problem) {
        return new ScriptException(file, at, problem);
    }

    private ScriptException expected(Formula at, String what, Argument found) {
        return error(at.position(), "expected " + what + ", found " + found.found());
    }

    /**
     * @throws ScriptException if it has no value
     */
    Argument value(Formula formula) {
        Position at = formula.position();
        return switch (formula) {
            case Formula.Literal(var value) -> value;
            case Formula.Variable(_, var name) -> variable(at, name);
            case Formula.Several(_, var elements) ->
                    new Array(at, elements.stream().map(this::value).toList());
            case Formula.Structure(_, var parts) -> structure(at, parts);
            case Formula.Member(_, var of, var name) -> member(formula, of, name);
            case Formula.Element(_, var of, var index) -> element(formula, of, index);
            case Formula.Slice(_, var of, var from, var to) -> slice(formula, of, from, to);
            case Formula.Unary(_, var operator, var operand) ->
                    Values.number(
                            at,
                            operator == Operator.NOT
                                    ? bool(!isTrue(operand))
                                    : exact(at, () -> Math.negateExact(number(operand))));
            case Formula.Binary(_, var operator, var left, var right) ->
                    binary(at, operator, left, right);
            case Formula.Function(_, var name, var argument) ->
                    Values.number(at, name.equals("len") ? length(argument) : max(argument));
        };
    }

    private Argument variable(Position at, String name) {
        Argument value = variables.get(name);
        if (value == null) throw error(at, "expected " + name + " to have been given a value");
        return Values.at(at, value);
    }

    private Struct structure(Position at, List<Formula.Part> parts) {
        return new Struct(
                at,
                parts.stream()
                        .map(p ->
                                new Argument.Field(
                                        p.position(), p.name(), Optional.empty(), value(p.value())))
                        .toList());
    }

    private Argument member(Formula at, Formula of, String name) {
        Argument whole = value(of);
        if (!(whole instanceof Struct struct)) {
            throw expected(of, "a structure that has " + name, whole);
        }
        return struct.field(name)
                .orElseThrow(() -> expected(at, "a structure that has " + name, whole));
    }

    private Argument element(Formula at, Formula of, Formula index) {
        Argument whole = value(of);
        long i = number(index);
        int size = size(of, whole);
        if (i < 0 || i >= size) {
            throw error(
                    index.position(),
                    "expected an index below " + size + ", how many there are, found " + i);
        }
        return whole instanceof Text text
                ? Values.number(at.position(), text.octets().charAt((int) i))
                : Values.at(at.position(), list(of, whole).get((int) i));
    }

    private Argument slice(Formula at, Formula of, Optional<Formula> from, Optional<Formula> to) {
        Argument whole = value(of);
        int size = size(of, whole);
        int start = from.map(f -> place(f, size)).orElse(0);
        int end = Math.max(start, to.map(t -> place(t, size)).orElse(size));
        return whole instanceof Text text
                ? new Text(at.position(), text.octets().substring(start, end))
                : new Array(at.position(), list(of, whole).subList(start, end));
    }

    private int place(Formula formula, int size) {
        return Math.clamp(number(formula), 0, size);
    }

    private Argument binary(Position at, Operator operator, Formula left, Formula right) {
        return switch (operator) {
            case OR -> Values.number(at, bool(isTrue(left) || isTrue(right)));
            case AND -> Values.number(at, bool(isTrue(left) && isTrue(right)));
            case EQUAL -> Values.number(at, bool(Values.areEqual(value(left), value(right))));
            case UNEQUAL -> Values.number(at, bool(!Values.areEqual(value(left), value(right))));
            case LESS -> Values.number(at, bool(number(left) < number(right)));
            case AT_MOST -> Values.number(at, bool(number(left) <= number(right)));
            case GREATER -> Values.number(at, bool(number(left) > number(right)));
            case AT_LEAST -> Values.number(at, bool(number(left) >= number(right)));
            case IN ->
                    Values.number(
                            at, bool(Values.contains(list(right, value(right)), value(left))));
            case BIT_OR -> bitOr(at, left, right);
            case BIT_AND -> Values.number(at, number(left) & number(right));
            case PLUS -> sum(at, left, right);
            case MINUS -> difference(at, left, right);
            case TIMES ->
                    Values.number(
                            at, exact(at, () -> Math.multiplyExact(number(left), number(right))));
            case BY -> Values.number(at, quotient(left, right));
            case NOT -> throw new IllegalStateException(operator + " joins no two values");
        };
    }

    /** Constants keep their names. */
    private Argument bitOr(Position at, Formula left, Formula right) {
        if (value(left) instanceof Symbols(_, var some)
                && value(right) instanceof Symbols(_, var more)) {
            return new Symbols(at, Stream.concat(some.stream(), more.stream()).toList());
        }
        return Values.number(at, number(left) | number(right));
    }

    /** Of numbers; one text behind the other; a list with one more element. */
    private Argument sum(Position at, Formula left, Formula right) {
        return switch (value(left)) {
            case Array(_, var elements) -> {
                var more = new ArrayList<>(elements);
                more.add(value(right));
                checkSize(at, more.size());
                yield new Array(at, more);
            }
            case Text(_, var octets) when value(right) instanceof Text(_, var behind) -> {
                checkSize(at, octets.length() + behind.length());
                yield new Text(at, octets + behind);
            }
            case Argument _ ->
                    Values.number(at, exact(at, () -> Math.addExact(number(left), number(right))));
        };
    }

    /** Of numbers; a list without an element. */
    private Argument difference(Position at, Formula left, Formula right) {
        if (value(left) instanceof Array(_, var elements)) {
            Argument out = value(right);
            return new Array(at, elements.stream().filter(e -> !Values.areEqual(e, out)).toList());
        }
        return Values.number(at, exact(at, () -> Math.subtractExact(number(left), number(right))));
    }

    private long quotient(Formula left, Formula right) {
        long divisor = number(right);
        if (divisor == 0)
            throw error(right.position(), "expected something else than 0 to divide by");
        return number(left) / divisor;
    }

    private void checkSize(Position at, int size) {
        if (size > MAX_SIZE)
            throw error(at, "expected at most " + MAX_SIZE + " elements or octets");
    }

    private long exact(Position at, LongSupplier sum) {
        try {
            return sum.getAsLong();
        } catch (ArithmeticException e) {
            throw error(at, "expected a number of at most 63 bits");
        }
    }

    private static long bool(boolean holds) {
        return holds ? 1 : 0;
    }

    /** As in C: whether it is not 0. */
    boolean isTrue(Formula condition) {
        return number(condition) != 0;
    }

    private long number(Formula formula) {
        Argument value = value(formula);
        OptionalLong number = Values.asNumber(value);
        if (number.isEmpty()) throw expected(formula, "a number", value);
        return number.getAsLong();
    }

    /** The elements of a list. */
    List<Argument> list(Formula formula) {
        return list(formula, value(formula));
    }

    private List<Argument> list(Formula formula, Argument value) {
        if (value instanceof Array(_, var elements)) return elements;
        throw expected(formula, "a list such as [3, 4]", value);
    }

    private int size(Formula formula, Argument value) {
        return switch (value) {
            case Text(_, var octets) -> octets.length();
            case Array(_, var elements) -> elements.size();
            case Argument other -> throw expected(formula, "a list or a text", other);
        };
    }

    private long length(Formula formula) {
        return size(formula, value(formula));
    }

    private long max(Formula formula) {
        List<Argument> elements = list(formula);
        long max = Long.MIN_VALUE;
        for (Argument element : elements) {
            OptionalLong number = Values.asNumber(element);
            if (number.isEmpty()) throw expected(formula, "a list of numbers", element);
            max = Math.max(max, number.getAsLong());
        }
        if (elements.isEmpty()) {
            throw error(formula.position(), "expected a list with at least one element");
        }
        return max;
    }
}
