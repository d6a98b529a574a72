package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a run before it shows it.
 *
 * @param value what the answer is compared with; empty where there are choices
 * @param tolerance by how much the answer may miss it
 * @param choices the answers that there are; none where there is a value
 * @param at the event at which it is decided, behind the halt if there is one; the end of the run
 *     without it
 * @param halt when it is asked; before the first call without it
 */
public record Question(
        Optional<Condition> value,
        Optional<Expression> tolerance,
        List<Choice> choices,
        Optional<EventPattern> at,
        Optional<Halt> halt) {

    public Question {
        choices = List.copyOf(choices);
    }

    /** The words that an answer can be; none where it can be any number or time. */
    public List<String> words() {
        return choices.stream().map(Choice::id).toList();
    }
}
