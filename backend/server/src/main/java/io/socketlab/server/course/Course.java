package io.socketlab.server.course;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * A course.
 *
 * @param term as people call it, {@code spring 2027}
 * @param zone in which its pages show times, and take them
 * @param secret 32 octets in hexadecimal; variants are drawn with it, so that another term has
 *     others
 * @param retentionDays how long after their last use runs of its assignments are kept
 * @param archived whether it is over: it can be read, and nothing can be done in it
 */
public record Course(
        UUID id,
        String title,
        String term,
        ZoneId zone,
        String secret,
        Optional<UUID> copiedFrom,
        int retentionDays,
        boolean archived,
        Instant created) {

    /** {@code Networks, spring 2027}. */
    public String name() {
        return term.isEmpty() ? title : title + ", " + term;
    }
}
