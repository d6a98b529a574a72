package io.socketlab.server.course;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Other terms of an assignment for one member or one section; what is absent is as for all.
 *
 * @param attempts how many hand-ins count, 0 for any number
 */
public record Extension(
        UUID id,
        UUID assignment,
        Optional<UUID> member,
        Optional<String> section,
        Optional<Instant> due,
        Optional<Instant> late,
        OptionalInt attempts,
        String reason) {

    boolean isFor(Member other) {
        return member.map(m -> m.equals(other.id())).orElse(true)
                && section.map(s -> s.equals(other.section())).orElse(true);
    }

    /** The assignment as it is under these terms. */
    Assignment applyTo(Assignment a) {
        return a.with(a.timeline().extended(due, late), attempts.orElse(a.attempts()));
    }
}
