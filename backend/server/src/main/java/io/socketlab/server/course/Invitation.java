package io.socketlab.server.course;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A link by which people join a course.
 *
 * @param member if it is for one of the list alone
 * @param section into which those come who are not on the list; may be empty
 */
record Invitation(
        UUID id,
        UUID course,
        Optional<UUID> member,
        CourseRole role,
        String section,
        Instant expires) {}
