package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Expression.Operand;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A condition on the run: {@code server.listen[{{port}}].acceptq <= {{backlog}}+1}.
 *
 * @param metrics what its operands are, by their text
 */
public record Condition(String text, Expression expression, Map<String, Metric> metrics) {

    public Condition {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

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
        return new Condition(text, expression, metrics);
    }

    @Override
    public String toString() {
        return text;
    }
}
