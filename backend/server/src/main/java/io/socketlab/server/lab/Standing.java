package io.socketlab.server.lab;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How far a student has come with a lab. Told by whoever keeps runs and submissions. */
public interface Standing {

    /**
     * @param run the run he has open
     * @param bestScore of what he has submitted
     * @param maxScore what could be had for it
     */
    record OfLab(Optional<UUID> run, Optional<Double> bestScore, double maxScore) {

        /** In words, for a card: {@code 7 of 10}. */
        public String text() {
            return bestScore
                    .map(s -> number(s) + " of " + number(maxScore))
                    .orElse(run.isPresent() ? "in progress" : "not started");
        }

        public boolean complete() {
            return bestScore.isPresent() && bestScore.get() >= maxScore;
        }

        private static String number(double n) {
            return n == Math.rint(n) ? Long.toString((long) n) : Double.toString(n);
        }
    }

    /** By lab id; a lab he has not touched is not there. */
    Map<String, OfLab> of(UUID account);
}
