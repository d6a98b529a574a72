package io.socketlab.lab.model;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a seed can make of a lab's parameters.
 *
 * @param plans in the order in which the lab names them: a later one can speak of an earlier
 */
record ParameterSpace(List<ParameterPlan> plans, Variants variants) {

    private static final int DRAWS = 1_000;

    /** A parameter that comes to nothing. */
    static final class Senseless extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final String parameter;

        Senseless(String parameter, IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    ParameterSpace {
        plans = List.copyOf(plans);
    }

    /**
     * The parameters that a seed makes.
     *
     * @throws IllegalStateException if no draw fulfils the constraints, or one makes no sense
     * @throws Senseless if an expression makes no sense
     */
    Parameters of(long seed) {
        Chance chance = new Chance(seed).fork("params");
        for (int draw = 0; draw < DRAWS; draw++) {
            Parameters parameters = draw(draw == 0 ? chance : chance.fork("again " + draw));
            if (fulfils(parameters)) return parameters;
        }
        throw new IllegalStateException(
                "no parameters for seed " + seed + " fulfil the constraints");
    }

    private Parameters draw(Chance chance) {
        var values = new LinkedHashMap<String, Value>();
        for (ParameterPlan plan : plans) {
            try {
                values.put(plan.name(), plan.draw(chance, new Parameters(values)));
            } catch (IllegalArgumentException e) {
                throw new Senseless(plan.name(), e);
            }
        }
        return new Parameters(values);
    }

    private boolean fulfils(Parameters parameters) {
        for (Expression constraint : variants.constraints()) {
            try {
                if (!Evaluation.truth(Evaluation.constant(constraint, parameters))) return false;
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return true;
    }
}
