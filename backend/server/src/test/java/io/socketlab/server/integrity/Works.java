package io.socketlab.server.integrity;

import io.socketlab.server.course.CourseRole;
import io.socketlab.server.course.Member;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Hand-ins of students that there are not. */
final class Works {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private Works() {}

    static Member member(String name) {
        return new Member(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Optional.of(UUID.randomUUID()),
                CourseRole.STUDENT,
                name,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    /** Handed in the later, the greater the seed. */
    static Work work(String name, long seed, Given given, String text) {
        return work(member(name), seed, given, text);
    }

    static Work work(Member member, long seed, Given given, String text) {
        return new Work(
                member,
                UUID.randomUUID(),
                seed,
                NOW.plusSeconds(seed),
                text.lines().toList(),
                given);
    }
}
