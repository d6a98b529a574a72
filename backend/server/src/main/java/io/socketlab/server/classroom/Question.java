package io.socketlab.server.classroom;

import io.socketlab.server.run.RunQuestions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a student asks about an event of his run.
 *
 * @param seq the event's number
 * @param whose the student's name
 * @param answer what staff says; empty until it does
 * @param unseen whether the student has not seen the answer yet
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
        boolean unseen) {

    /** The moment itself on the bench. */
    public String path() {
        return "/runs/" + run + "#e=" + seq;
    }

    RunQuestions.Asked asked() {
        return new RunQuestions.Asked(id, seq, text, answer, unseen);
    }
}
