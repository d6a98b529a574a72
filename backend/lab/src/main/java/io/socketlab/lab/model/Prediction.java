package io.socketlab.lab.model;

import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.LocalText;
import java.util.Optional;

/**
 * A question that is asked before the run and answered by it.
 *
 * @param value what the answer is compared with
 * @param at the event at which it is compared; the end of the run without it
 * @param tolerance by how much the answer may miss
 */
public record Prediction(
        String id,
        LocalText ask,
        Condition value,
        Optional<EventPattern> at,
        Optional<Expression> tolerance,
        int points) {}
