package io.socketlab.server.integrity;

import io.socketlab.server.course.Member;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a student handed in last for an assignment.
 *
 * @param lines as they were written: lines of the console or of a script, then sources in C
 * @param given what the student's seed gave
 */
record Work(Member member, UUID run, long seed, Instant at, List<String> lines, Given given) {

    Work {
        lines = List.copyOf(lines);
    }

    boolean isOf(Member other) {
        return member.id().equals(other.id());
    }
}
