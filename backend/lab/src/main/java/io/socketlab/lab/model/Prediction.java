package io.socketlab.lab.model;

import io.socketlab.lab.check.Question;
import io.socketlab.lab.expr.LocalText;

/**
 * A question that is answered by the run: before it begins, or where it halts to ask.
 *
 * @param ask in words
 * @param points that the right answer earns; none for one that is for practice alone
 */
public record Prediction(String id, LocalText ask, Question question, int points) {

    /** Whether the run halts to ask it. */
    public boolean halts() {
        return question.halt().isPresent();
    }

    /** Whether who is asked may go on without an answer: where that costs nothing. */
    public boolean mayBeSkipped() {
        return points == 0;
    }
}
