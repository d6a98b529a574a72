package io.socketlab.lab.model;

import io.socketlab.lab.check.Condition;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.LocalText;
import java.util.Optional;

/**
 * A question that is asked before the run and answered by it.
 *
 * @param value what the answer is compared with, as it is when the run is over
 * @param tolerance by how much the answer may miss
 */
public record Prediction(
        String id, LocalText ask, Condition value, Optional<Expression> tolerance, int points) {}
