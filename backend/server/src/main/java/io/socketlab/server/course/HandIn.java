package io.socketlab.server.course;

import io.socketlab.lab.check.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * Something handed in for an assignment, with what it scored.
 *
 * @param way {@code page} or {@code rest}
 * @param ref on the page its number, over REST its job
 * @param verdict PASS, FAIL, NOT_EXERCISED, BLOCKED or ERROR
 */
public record HandIn(
        UUID assignment,
        UUID account,
        UUID run,
        String way,
        String ref,
        double score,
        double maxScore,
        String verdict,
        Instant at) {

    private static final String ERROR = "ERROR";

    /** Whether it could not be graded, and not because of whoever handed it in. */
    public boolean isOurFault() {
        return verdict.equals(ERROR);
    }

    /** The verdict, {@code not tried}. */
    public String words() {
        return Verdict.words(verdict);
    }

    /** From 0 to 1. */
    public double fraction() {
        return maxScore == 0 ? 1 : score / maxScore;
    }
}
