package io.socketlab.server.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is asked about events of a run, and answered. Told by whoever keeps questions. */
@FunctionalInterface
public interface RunQuestions {

    /** Those of one run, the first first. */
    List<Asked> about(Run run);

    /**
     * A question.
     *
     * @param event the event's number, 0 for the run as a whole
     * @param answer empty until there is one
     * @param unseen whether there is an answer that the student has not seen
     */
    record Asked(UUID id, int event, String text, Optional<String> answer, boolean unseen) {}

    /** Something was asked about a run, or answered: who looks at it is told. */
    record Changed(UUID run) {}
}
