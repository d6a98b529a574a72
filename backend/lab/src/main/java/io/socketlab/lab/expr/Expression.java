package io.socketlab.lab.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * A small expression: {@code backlog + 3}, {@code {{rtt}}/2}, {@code
 * server.listen[{{port}}].acceptq <= {{backlog}}+1}. No loops, no functions of one's own.
 */
public sealed interface Expression {

    record Constant(Value value) implements Expression {}

    /** A length of time in a unit that the run decides: {@code 2rtt}. */
    record Quantity(double amount, String unit) implements Expression {}

    record Parameter(String name, int offset) implements Expression {}

    /** Something of the run: a metric or a counter, as it is written. */
    record Operand(String text, int offset) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Negative(Expression operand) implements Expression {}

    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    enum Operator {
        OR("||", 1),
        AND("&&", 2),
        EQUAL("==", 3),
        DIFFERENT("!=", 3),
        AT_MOST("<=", 3),
        AT_LEAST(">=", 3),
        LESS("<", 3),
        MORE(">", 3),
        PLUS("+", 4),
        MINUS("-", 4),
        TIMES("*", 5),
        OVER("/", 5),
        REMAINDER("%", 5);

        private final String symbol;
        private final int precedence;

        Operator(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }

        public String symbol() {
            return symbol;
        }

        int precedence() {
            return precedence;
        }
    }

    /** The names of the parameters in it, in order. */
    static List<Parameter> parameters(Expression expression) {
        var found = new ArrayList<Parameter>();
        collect(expression, found, new ArrayList<>());
        return found;
    }

    /** What it wants to know of the run, in order. */
    static List<Operand> operands(Expression expression) {
        var found = new ArrayList<Operand>();
        collect(expression, new ArrayList<>(), found);
        return found;
    }

    private static void collect(
            Expression expression, List<Parameter> parameters, List<Operand> operands) {
        switch (expression) {
            case Constant _, Quantity _ -> {}
            case Parameter parameter -> parameters.add(parameter);
            case Operand operand -> operands.add(operand);
            case Not(var inner) -> collect(inner, parameters, operands);
            case Negative(var inner) -> collect(inner, parameters, operands);
            case Binary(_, var left, var right) -> {
                collect(left, parameters, operands);
                collect(right, parameters, operands);
            }
        }
    }
}
