package io.socketlab.lab.model;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import java.util.List;

/** How a seed makes the value of a parameter. */
public sealed interface ParameterPlan {

    String name();

    /** Uniform among the whole numbers between two, both of them possible. */
    record IntRange(String name, long from, long to) implements ParameterPlan {}

    record Choice(String name, List<Value> values) implements ParameterPlan {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** From parameters that stand before it. */
    record Computed(String name, Expression expression) implements ParameterPlan {}

    /** The value for a seed, given those before. Its chance is its own: others do not move it. */
    default Value draw(Chance chance, Parameters before) {
        Chance own = chance.fork(name());
        return switch (this) {
            case IntRange(_, var from, var to) ->
                    new Value.Int(from + own.nextInt(Math.toIntExact(to - from + 1)));
            case Choice(_, var values) -> values.get(own.nextInt(values.size()));
            case Computed(_, var expression) -> Evaluation.constant(expression, before);
        };
    }
}
