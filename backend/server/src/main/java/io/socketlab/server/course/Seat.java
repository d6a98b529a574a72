package io.socketlab.server.course;

import io.socketlab.server.run.Runs;
import java.util.HexFormat;

/** Somebody in a course, who may do what was asked for. */
public record Seat(Course course, Member member) {

    /** Seeds of a course's assignment are the course's own, so that no other's answers fit. */
    Runs.Cause cause(Assignment assignment) {
        return new Runs.Cause(assignment.id(), HexFormat.of().parseHex(course.secret()));
    }

    public boolean isStaff() {
        return member.role().isStaff();
    }

    public boolean may(Permission permission) {
        return permission.isOf(member.role());
    }
}
