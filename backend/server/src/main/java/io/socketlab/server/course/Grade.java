package io.socketlab.server.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a student has for an assignment.
 *
 * @param assignment under his own terms
 * @param credit what his hand-ins come to
 * @param assessment what staff says about it
 */
record Grade(Assignment assignment, Credit credit, Optional<Assessment> assessment) {

    /**
     * In the course's points; empty, which is not 0, for whoever has handed in nothing that counts.
     */
    OptionalDouble points() {
        if (isOverridden()) return assessment.orElseThrow().points();
        return credit.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(credit.fraction() * assignment.points());
    }

    /** Whether somebody has put points in place of those that are reckoned. */
    public boolean isOverridden() {
        return assessment.filter(a -> a.points().isPresent()).isPresent();
    }

    /** As a table shows it; empty if there is none. */
    public String text() {
        OptionalDouble points = points();
        return points.isPresent() ? Numbers.text(points.getAsDouble()) : "";
    }

    /** What else has to be known of it, in words that need no colour. */
    public List<String> marks() {
        var marks = new ArrayList<String>();
        if (isOverridden()) marks.add("set by hand");
        boolean onlyPractice =
                credit.isEmpty()
                        && credit.counted().stream().anyMatch(c -> !c.handIn().isOurFault());
        if (onlyPractice) marks.add("practice only");
        boolean late =
                credit.decisive(assignment.pay()).filter(c -> isLate(c.handIn())).isPresent();
        if (late) marks.add("late");
        return marks;
    }

    private boolean isLate(HandIn handIn) {
        return assignment.timeline().due().filter(due -> handIn.at().isAfter(due)).isPresent();
    }
}
