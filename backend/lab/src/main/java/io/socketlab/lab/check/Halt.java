package io.socketlab.lab.check;

import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.Optional;

/**
 * A moment of a run at which it halts, and somebody says what happens next.
 *
 * @param pattern what happens there
 * @param nth which of the events that fit it, counted from 1; the first without it
 * @param rule of the catalogue, that explains what happens then
 */
public record Halt(EventPattern pattern, Optional<Expression> nth, String rule) {

    /**
     * Which of the events that fit it is meant, from 1.
     *
     * @throws IllegalArgumentException if it comes to no such number
     */
    public int nth(Scope scope) {
        return nth.flatMap(n -> Evaluation.of(n, scope))
                .map(value -> {
                    if (value instanceof Value.Int(var n) && n >= 1) return Math.toIntExact(n);
                    throw new IllegalArgumentException("expected a number from 1 on, not " + value);
                })
                .orElse(1);
    }
}
