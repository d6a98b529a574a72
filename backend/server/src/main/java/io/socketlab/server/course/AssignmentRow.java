package io.socketlab.server.course;

import java.time.Instant;

/**
 * An assignment in a course's list.
 *
 * @param score what this member has earned, empty if nothing that counts
 * @param worth what a hand-in is worth now
 */
record AssignmentRow(Assignment assignment, String score, String worth, boolean isOpen) {

    /**
     * @param hidden whether the score is not shown
     */
    static AssignmentRow of(Seat seat, Grade grade, boolean hidden, Instant now) {
        Assignment a = grade.assignment();
        Credit credit = grade.credit();
        String score = hidden ? "" : grade.text();
        int made = (int) credit.counted().stream().filter(c -> !c.isPractice()).count();
        return new AssignmentRow(
                a,
                score,
                new Worth(a, seat.course().zone(), made).sentence(now),
                a.timeline().isOpen(now));
    }

    public String points() {
        return Numbers.text(assignment.points());
    }
}
