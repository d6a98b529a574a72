package io.socketlab.server.course;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody on a course's list.
 *
 * @param account absent until he has come
 * @param email in lower case
 * @param sisId what the institution's system calls him
 * @param section empty if he is in none
 */
public record Member(
        UUID id,
        UUID course,
        Optional<UUID> account,
        CourseRole role,
        String name,
        Optional<String> email,
        Optional<String> sisId,
        String section,
        Optional<Instant> joined) {

    public boolean isStudent() {
        return role == CourseRole.STUDENT;
    }
}
