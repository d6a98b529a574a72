package io.socketlab.server.course;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a hand-in is worth, as a student reads it.
 *
 * @param made how many have counted already
 */
record Worth(Assignment assignment, ZoneId zone, int made) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", Locale.ENGLISH);

    /** {@code Counts in full until Fri 4 Dec 2026 18:00.} */
    String sentence(Instant now) {
        if (assignment.attempts() > 0 && made >= assignment.attempts()) {
            return "All %d attempts are used: handing in is practice now."
                    .formatted(assignment.attempts());
        }
        Timeline t = assignment.timeline();
        if (t.percent(now) == 0) return "The deadline is over: handing in is practice now.";
        int percent = Credit.percent(assignment, made, now);
        int n = made + 1;
        if (percent == 0) return "Hand-in %d counts for nothing: it is practice.".formatted(n);
        Optional<Instant> until =
                t.early()
                        .filter(e -> !now.isAfter(e))
                        .or(() -> t.due().filter(d -> !now.isAfter(d)))
                        .or(t::late);
        boolean less = Credit.ofAttempt(assignment, made) < 100;
        String what = less ? "Hand-in " + n + " counts " : "Counts ";
        String share = percent == 100 ? "in full" : percent + " %";
        return what + share + until.map(u -> " until " + time(u, zone)).orElse("") + "." + gain();
    }

    private String gain() {
        boolean gains = made > 0 && assignment.pay() == Assignment.Pay.IMPROVEMENT;
        return gains ? " Only what it gains over those before is paid." : "";
    }

    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
