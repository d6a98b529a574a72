package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code scoring}: {@code {total: 10, attempts: {graded: 6}}}. */
final class ScoringReader {

    static final List<String> PAY = List.of("improvement-only", "every");
    static final List<String> PRACTICE = List.of("unlimited", "none");

    private final int points;

    /**
     * @param points what the checks and predictions add up to
     */
    ScoringReader(int points) {
        this.points = points;
    }

    Scoring read(Fields lab) {
        Optional<Element> element = lab.need("scoring");
        if (element.isEmpty()) {
            return new Scoring(points, 0, 0, PAY.getFirst(), List.of(), true, "unlimited");
        }
        try (Fields scoring = element.get().fields("scoring, as in {total: 10}")) {
            int total = total(scoring, element.get().isSound());
            int starter = starter(scoring, total);
            boolean best = scoring.flag("best", true);
            String practice = scoring.choice("practice", PRACTICE);
            Optional<Element> attempts = scoring.get("attempts");
            if (attempts.isEmpty()) {
                return new Scoring(total, starter, 0, PAY.getFirst(), List.of(), best, practice);
            }
            try (Fields graded = attempts.get().fields("attempts, as in {graded: 6}")) {
                int times = graded.integer("graded", 0, 1000, 0);
                String pay = graded.choice("pay", PAY);
                List<Integer> schedule = schedule(graded, times);
                return new Scoring(total, starter, times, pay, schedule, best, practice);
            }
        }
    }

    private static int starter(Fields scoring, int total) {
        int starter = scoring.integer("starter", 0, 100_000, 0);
        if (starter <= total) return starter;
        scoring.get("starter")
                .ifPresent(e ->
                        e.problem(
                                "expected at most %d, which is the total, not %d"
                                        .formatted(total, starter)));
        return 0;
    }

    /**
     * @param sound whether all points could be read
     */
    private int total(Fields scoring, boolean sound) {
        int total = scoring.integer("total", 0, 100_000);
        if (total == points || !sound) return total;
        scoring.get("total")
                .ifPresent(e ->
                        e.problem(
                                "expected "
                                        + points
                                        + ", which is what the checks and predictions add up to,"
                                        + " not "
                                        + total));
        return total;
    }

    private static List<Integer> schedule(Fields graded, int times) {
        var schedule = new ArrayList<Integer>();
        for (Element item : graded.items("schedule")) schedule.add((int) item.integer(0, 100));
        for (int i = 1; i < schedule.size(); i++) {
            if (schedule.get(i) > schedule.get(i - 1)) {
                graded.items("schedule")
                        .get(i)
                        .problem(
                                "expected at most %d, what the attempt before is worth, not %d"
                                        .formatted(schedule.get(i - 1), schedule.get(i)));
                break;
            }
        }
        if (times > 0 && !schedule.isEmpty() && schedule.size() != times) {
            graded.get("schedule")
                    .ifPresent(e ->
                            e.problem(
                                    "expected a percentage for each of the "
                                            + times
                                            + " graded attempts, not "
                                            + schedule.size()
                                            + " of them"));
        }
        return schedule;
    }
}
