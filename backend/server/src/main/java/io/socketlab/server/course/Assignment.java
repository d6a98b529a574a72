package io.socketlab.server.course;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A lab that a course has to do.
 *
 * @param place in the course's list, from 1
 * @param published whether students see it
 * @param points what a whole solution is worth in the course
 * @param attempts how many hand-ins count, 0 for any number; more are practice
 * @param schedule percent that the n-th hand-in can earn, the last for all that follow; empty: 100
 * @param hidesScores whether students see no scores, as in an exam
 */
public record Assignment(
        UUID id,
        UUID course,
        String lab,
        String title,
        int place,
        boolean published,
        double points,
        Timeline timeline,
        int attempts,
        List<Integer> schedule,
        Pay pay,
        boolean hidesScores) {

    public Assignment {
        schedule = List.copyOf(schedule);
    }

    /** What becomes a grade of many hand-ins. */
    public enum Pay {
        /** Each pays for what it is better than all before, at what it can earn. */
        IMPROVEMENT,
        /** The one that earned most counts. */
        BEST,
        /** The last one that counts. */
        LAST;

        /**
         * The one of a name, {@code improvement}.
         *
         * @throws io.socketlab.server.web.ProblemException if there is none
         */
        static Pay named(String word) {
            return Arrays.stream(values())
                    .filter(p -> p.name().equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .orElseThrow(() ->
                            Refusals.invalid(
                                    "Parameter 'pay': expected improvement, best or last, found '%s'."
                                            .formatted(word)));
        }
    }

    /** Whether somebody sees it, under his own terms. */
    boolean isSeenBy(Seat seat, Instant now) {
        return seat.isStaff() || published && timeline.isOpen(now);
    }

    Assignment with(Timeline other, int otherAttempts) {
        return new Assignment(
                id,
                course,
                lab,
                title,
                place,
                published,
                points,
                other,
                otherAttempts,
                schedule,
                pay,
                hidesScores);
    }
}
