package io.socketlab.lab.model;

import io.socketlab.lab.expr.Expression;
import java.util.List;

/**
 * Who gets which parameters.
 *
 * @param policy {@code per-student}, {@code per-attempt} or {@code same}
 * @param pool how many seeds there are: 1 to this
 * @param programs with how many seeds of the pool a C program is graded; the worst counts
 * @param constraints what the parameters have to fulfil; a draw that does not is drawn again
 */
public record Variants(String policy, int pool, int programs, List<Expression> constraints) {

    public static final Variants USUAL = new Variants("per-student", 64, 1, List.of());

    public Variants {
        constraints = List.copyOf(constraints);
    }
}
