package io.socketlab.server.course;

/** What is asked for in a course. Every route of a course names one. */
public enum Permission {
    /** Be there: see the course and one's own work in it. */
    TAKE_PART(CourseRole.STUDENT),
    /** See the work of others, and the class as a whole. */
    SEE_WORK(CourseRole.ASSISTANT),
    /** Change a grade, answer a question, give more time. */
    GRADE(CourseRole.ASSISTANT),
    /** Make and change assignments, the list of members, and regrade. */
    MANAGE(CourseRole.INSTRUCTOR),
    /** Say who is staff; copy, archive and delete the course. */
    OWN(CourseRole.OWNER);

    private final CourseRole least;

    Permission(CourseRole least) {
        this.least = least;
    }

    boolean isOf(CourseRole role) {
        return role.isAtLeast(least);
    }
}
