package io.socketlab.server.run;

import io.socketlab.server.lab.Labs;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A student's run of a lab. These values and the input log are all there is of it: the trace, the
 * picture and the grade come from them by replay.
 *
 * @param attempt counts the student's runs of this lab, from 1
 * @param seed one of the lab's pool, from 1
 * @param assignment what of a course it is for, if it is for any
 * @param branch which of the attempt's branches it is
 * @param engine the version of the kernel and lab code it was made with
 */
public record Run(
        UUID id,
        UUID accountId,
        Optional<UUID> assignment,
        String labId,
        int labRevision,
        int attempt,
        Branch branch,
        long seed,
        String engine,
        String title,
        Instant created,
        Instant updated) {

    /** One that begins as this one does. */
    Run forked(UUID forkId, String forkEngine, Branch forkBranch, Instant now) {
        return new Run(
                forkId,
                accountId,
                assignment,
                labId,
                labRevision,
                attempt,
                forkBranch,
                seed,
                forkEngine,
                title,
                now,
                now);
    }

    /** Whether it is of a draft, as its author tries it. */
    public boolean isTrial() {
        return labId.startsWith(Labs.DRAFT);
    }

    /** The seed as people see it, {@code 002a}. */
    public String seedText() {
        return "%04x".formatted(seed);
    }
}
