package io.socketlab.server.grading;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something handed in to be graded.
 *
 * @param attempt the run that it is for; a verification has none
 * @param batch with what else it was handed in
 * @param answer script, log or programs; of a verification how many seeds
 * @param tries how often grading it was begun
 */
record Job(
        UUID id,
        UUID account,
        Optional<UUID> attempt,
        Optional<UUID> batch,
        JobKind kind,
        String lab,
        int revision,
        long seed,
        String answer,
        Phase phase,
        int tries,
        Instant queued,
        Optional<Instant> started,
        Optional<Instant> finished) {

    /** The same with another answer. */
    Job withAnswer(String other) {
        return new Job(
                id, account, attempt, batch, kind, lab, revision, seed, other, phase, tries, queued,
                started, finished);
    }
}
