package io.socketlab.server.course;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is in a course. Each may do all that those below may. */
public enum CourseRole {
    /** Hands in, and sees his own. */
    STUDENT,
    /** Sees the students' work and grades it. */
    ASSISTANT,
    /** Makes assignments, and says who is in the course. */
    INSTRUCTOR,
    /** Also says who is staff, and can do away with the course. */
    OWNER;

    /** What it is called in forms, requests and rosters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isStaff() {
        return this != STUDENT;
    }

    /** Whether this role may do what needs {@code other} at least. */
    public boolean isAtLeast(CourseRole other) {
        return compareTo(other) >= 0;
    }

    /**
     * The one of a name.
     *
     * @throws io.socketlab.server.web.ProblemException if there is none
     */
    static CourseRole named(String word) {
        return of(word).orElseThrow(() ->
                Refusals.invalid(
                        "Parameter 'role': expected student, assistant, instructor or owner, found '%s'."
                                .formatted(word)));
    }

    static Optional<CourseRole> of(String word) {
        return Arrays.stream(values())
                .filter(r -> r.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
