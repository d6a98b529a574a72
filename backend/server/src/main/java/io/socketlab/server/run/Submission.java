package io.socketlab.server.run;

import io.socketlab.lab.check.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * A run handed in, and what came of it.
 *
 * @param n counts the submissions of the run, from 1
 * @param inputCount how much of the input log it covers
 * @param lastSeq the number of the last event it covers
 * @param verdict PASS, FAIL, NOT_EXERCISED, BLOCKED or ERROR
 * @param document the result document, JSON
 */
record Submission(
        UUID runId,
        int n,
        int inputCount,
        int lastSeq,
        String traceHash,
        double score,
        double maxScore,
        String verdict,
        String document,
        Instant created) {

    /** The verdict, {@code not tried}. */
    public String words() {
        return Verdict.words(verdict);
    }
}
