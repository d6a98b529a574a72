package io.socketlab.lab.model;

import io.socketlab.lab.check.Condition;
import io.socketlab.lab.expr.LocalText;

/**
 * A question that is asked before the run and answered by it.
 *
 * @param value what the answer is compared with
 */
public record Prediction(String id, LocalText ask, Condition value, int points) {}
