package io.socketlab.server.classroom;

import io.socketlab.server.run.RunQuestions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a student asks about an event of his run.
 *
 * @param seq the event's number
 * @param whose the student's name
 * @param answer what staff says; empty until it does
 * @param unseen whether the student has not seen the answer yet
 * @param closed when staff said that it needs no answer any more; empty if it did not
 */
record Question(
        UUID id,
        UUID run,
        UUID assignment,
        int seq,
        String whose,
        String title,
        String text,
        Instant created,
        Optional<String> answer,
        Optional<Instant> answered,
        Optional<Instant> closed,
        boolean unseen) {

    /** Where a question stands. */
    enum State {
        OPEN,
        ANSWERED,
        CLOSED;

        /** What it is called in requests and answers. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> named(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }

    public State state() {
        if (answer.isPresent()) return State.ANSWERED;
        return closed.isPresent() ? State.CLOSED : State.OPEN;
    }

    /** Whether somebody waits for an answer. */
    public boolean isOpen() {
        return state() == State.OPEN;
    }

    /** The moment itself on the bench. */
    public String path() {
        return "/runs/" + run + "#e=" + seq;
    }

    RunQuestions.Asked asked() {
        return new RunQuestions.Asked(id, seq, text, answer, unseen);
    }
}
