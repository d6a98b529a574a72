package io.socketlab.server.course;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * What somebody of the staff says about a student's work.
 *
 * @param points in place of those that are reckoned; empty if they stand
 * @param word for the student: why, or what else there is to say
 * @param by his account; empty if it is gone
 */
record Assessment(
        UUID assignment,
        UUID member,
        OptionalDouble points,
        String word,
        Optional<UUID> by,
        Instant at) {}
