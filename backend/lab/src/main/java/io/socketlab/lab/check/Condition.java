package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Expression.Operand;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on the run: {@code server.listen[{{port}}].acceptq <= {{backlog}}+1}.
 *
 * @param metrics what its operands are, by their text
 */
public record Condition(String text, Expression expression, Map<String, Metric> metrics) {

    public Condition {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Reads one.
     *
     * @throws SyntaxException also where things are compared that cannot be, a time with a number
     */
    public static Condition parse(String text) throws SyntaxException {
        Expression expression = ExpressionParser.parseCondition(text);
        var metrics = new LinkedHashMap<String, Metric>();
        for (Operand operand : Expression.operands(expression)) {
            try {
                metrics.put(operand.text(), MetricParser.parse(operand.text()));
            } catch (SyntaxException e) {
                throw e.shifted(operand.offset());
            }
        }
        return new Condition(text, ConditionTypes.of(expression, metrics).expression(), metrics);
    }

    /** Whether it comes to true or false. */
    public boolean isTruth() {
        return type() == ConditionTypes.Type.TRUTH;
    }

    /** Whether it comes to the name of a state. */
    public boolean isState() {
        return type() == ConditionTypes.Type.STATE;
    }

    private ConditionTypes.Type type() {
        try {
            return ConditionTypes.of(expression, metrics).type();
        } catch (SyntaxException e) {
            throw new IllegalStateException("it has been read: " + text, e);
        }
    }

    /** What it comes to in every run; empty where a run or a parameter decides. */
    public Optional<Boolean> certain() {
        return Certainty.of(this);
    }

    @Override
    public String toString() {
        return text;
    }
}
