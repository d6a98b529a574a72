package io.socketlab.server.course;

import io.socketlab.server.web.ProblemException;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** What is answered where something in a course cannot be done. */
final class Refusals {

    private Refusals() {}

    /** To whoever is not in a course it is not there. */
    static ProblemException unknownCourse() {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-course",
                "Unknown course",
                "You are in no such course. Whoever teaches it has a link to join it by.");
    }

    static ProblemException notYours(Permission permission, CourseRole role) {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "not-your-role",
                "Not for your role",
                "As %s of this course you may not do that."
                        .formatted(role == CourseRole.OWNER ? "owner" : "an " + role.word())
                        .replace("an student", "a student"));
    }

    static ProblemException unknownMember(Object id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-member",
                "Unknown member",
                "The course has no member " + id + ".");
    }

    static ProblemException unknownAssignment(Object id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-assignment",
                "Unknown assignment",
                "The course has no assignment " + id + ".");
    }

    static ProblemException archived() {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "course-archived",
                "Course archived",
                "The course is over: it can be read, and nothing in it can be changed.");
    }

    static ProblemException taken(String what) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "member-there",
                "Already in the course",
                "Somebody in the course has this " + what + " already.");
    }

    static ProblemException lastOwner() {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "last-owner",
                "The last owner",
                "A course has an owner at least. Make somebody else one first who has come.");
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST, "invalid-parameter", "Invalid parameter", detail);
    }

    /**
     * An id as it came in an address.
     *
     * @throws ProblemException {@code otherwise}, if it is none
     */
    static UUID uuid(String id, ProblemException otherwise) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw otherwise;
        }
    }
}
