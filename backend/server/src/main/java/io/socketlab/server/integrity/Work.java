package io.socketlab.server.integrity;

import io.socketlab.server.course.Member;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a student handed in last for an assignment.
 *
 * @param lines as they were written: lines of the console or of a script, then sources in C
 * @param parameters the values that his seed gave him, as text
 */
record Work(
        Member member,
        UUID run,
        long seed,
        Instant at,
        List<String> lines,
        Set<String> parameters) {

    Work {
        lines = List.copyOf(lines);
        parameters = Set.copyOf(parameters);
    }
}
