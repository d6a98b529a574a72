package io.socketlab.server.course;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an assignment as they stand in the fields of a form, which keeps what was written
 * even where it cannot be.
 *
 * @param opens {@code 2026-12-04T18:00} in the course's zone or empty, as are the other times
 * @param published {@code true} or empty, as is {@code hidesScores}
 * @param schedule percents with commas between them
 */
record AssignmentForm(
        String title,
        String points,
        String published,
        String opens,
        String early,
        String earlyPercent,
        String due,
        String late,
        String latePercent,
        String attempts,
        String schedule,
        String pay,
        String hidesScores) {

    /** A field that a browser does not send is empty. */
    AssignmentForm {
        title = given(title);
        points = given(points);
        published = given(published);
        opens = given(opens);
        early = given(early);
        earlyPercent = given(earlyPercent);
        due = given(due);
        late = given(late);
        latePercent = given(latePercent);
        attempts = given(attempts);
        schedule = given(schedule);
        pay = given(pay);
        hidesScores = given(hidesScores);
    }

    private static String given(@Nullable String field) {
        return field == null ? "" : field;
    }

    static AssignmentForm of(Assignment a, CoursePage.Times times) {
        Timeline t = a.timeline();
        return new AssignmentForm(
                a.title(),
                Numbers.text(a.points()),
                box(a.published()),
                times.field(t.opens()),
                times.field(t.early()),
                Integer.toString(t.earlyPercent()),
                times.field(t.due()),
                times.field(t.late()),
                Integer.toString(t.latePercent()),
                Integer.toString(a.attempts()),
                a.schedule().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                a.pay().name().toLowerCase(Locale.ROOT),
                box(a.hidesScores()));
    }

    /** As a browser sends a box that is ticked. */
    private static String box(boolean ticked) {
        return ticked ? "true" : "";
    }

    private static boolean isTicked(String box) {
        return box.equals("true");
    }

    /**
     * What it says.
     *
     * @throws io.socketlab.server.web.ProblemException if a field says nothing that can be
     */
    Assignments.Terms terms(ZoneId zone) {
        return new Assignments.Terms(
                title,
                isTicked(published),
                number("points", points),
                new Timeline(
                        time("opens", opens, zone),
                        time("early", early, zone),
                        whole("earlyPercent", earlyPercent, 100),
                        time("due", due, zone),
                        time("late", late, zone),
                        whole("latePercent", latePercent, 0)),
                whole("attempts", attempts, 0),
                percents(schedule),
                Assignment.Pay.named(pay),
                isTicked(hidesScores));
    }

    static Optional<Instant> time(String field, String text, ZoneId zone) {
        if (text.isBlank()) return Optional.empty();
        try {
            return Optional.of(LocalDateTime.parse(text.strip()).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            throw Refusals.invalid(
                    "Parameter '%s': expected a time as 2026-12-04T18:00, found '%s'."
                            .formatted(field, text));
        }
    }

    private static List<Integer> percents(String text) {
        if (text.isBlank()) return List.of();
        return Arrays.stream(text.split(",", -1)).map(p -> whole("schedule", p, 0)).toList();
    }

    static int whole(String field, String text, int otherwise) {
        if (text.isBlank()) return otherwise;
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw Refusals.invalid(
                    "Parameter '%s': expected a whole number, found '%s'.".formatted(field, text));
        }
    }

    static double number(String field, String text) {
        try {
            double n = Double.parseDouble(text.strip());
            if (Double.isFinite(n)) return n;
        } catch (NumberFormatException e) {
            // said below
        }
        throw Refusals.invalid(
                "Parameter '%s': expected a number, found '%s'.".formatted(field, text));
    }
}
