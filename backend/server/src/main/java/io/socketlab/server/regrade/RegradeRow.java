package io.socketlab.server.regrade;

import io.socketlab.server.course.Numbers;
import java.util.Optional;
import java.util.UUID;

/**
 * A hand-in graded again.
 *
 * @param n counts those of a regrade, from 1
 * @param member absent if he is on the list no more
 * @param whose name of the student
 * @param changes which checks came out otherwise, in words
 * @param problem why it could not be graded again; empty if it could
 * @param applied whether its result was changed
 * @param renewed what it scores now; empty until it has been graded again
 */
record RegradeRow(
        int n,
        Optional<UUID> member,
        String whose,
        UUID run,
        String way,
        String ref,
        State state,
        String changes,
        String problem,
        boolean applied,
        Score old,
        Optional<Score> renewed) {

    enum State {
        WAITING,
        SAME,
        CHANGED,
        FAILED
    }

    /** Points and what could be had. */
    record Score(double score, double most, String verdict) {

        /** From 0 to 1; 0 for what we failed to grade, whatever could be had. */
        double fraction() {
            if (verdict.equals("ERROR")) return 0;
            return most == 0 ? 1 : score / most;
        }

        public String text() {
            return Numbers.text(score) + " of " + Numbers.text(most);
        }
    }

    boolean isRaised() {
        return renewed.filter(now -> now.fraction() > old.fraction()).isPresent();
    }

    public boolean isLowered() {
        return renewed.filter(now -> now.fraction() < old.fraction()).isPresent();
    }

    public String direction() {
        if (state == State.FAILED) return "cannot be graded again";
        if (renewed.isEmpty()) return "waits";
        if (isRaised()) return "higher";
        if (isLowered()) return "lower";
        return state == State.SAME ? "same" : "same score, other checks";
    }
}
