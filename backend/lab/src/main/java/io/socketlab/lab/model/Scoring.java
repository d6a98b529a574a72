package io.socketlab.lab.model;

import java.util.List;

/**
 * How points add up over attempts.
 *
 * @param total of all checks and predictions
 * @param starter what the untouched starter earns
 * @param gradedAttempts how many attempts count, 0 for any number
 * @param pay {@code improvement-only} or {@code every}
 * @param schedule percent that the n-th attempt can earn
 * @param best whether the best attempt counts; else the last
 * @param practice {@code unlimited} or {@code none}
 */
public record Scoring(
        int total,
        int starter,
        int gradedAttempts,
        String pay,
        List<Integer> schedule,
        boolean best,
        String practice) {
    public Scoring {
        schedule = List.copyOf(schedule);
    }
}
