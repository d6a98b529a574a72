package io.socketlab.server.grading;

import java.time.Instant;
import java.util.UUID;

/**
 * What came of a job.
 *
 * @param document the result document, or of a verification its report, JSON
 * @param whole whether students see all of it at once, so that its score can be told
 * @param waitNanos from handing in to the beginning
 * @param gradeNanos from the beginning to the end
 */
record JobResult(
        UUID job,
        String verdict,
        double score,
        double maxScore,
        boolean gradable,
        String traceHash,
        String document,
        boolean whole,
        long waitNanos,
        long gradeNanos,
        Instant created) {}
