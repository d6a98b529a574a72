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
        int percent = t.percent(now);
        if (percent == 0) return "The deadline is over: handing in is practice now.";
        Optional<Instant> until =
                t.early()
                        .filter(e -> !now.isAfter(e))
                        .or(() -> t.due().filter(d -> !now.isAfter(d)))
                        .or(t::late);
        String what = percent == 100 ? "Counts in full" : "Counts " + percent + " %";
        return what + until.map(u -> " until " + time(u, zone)).orElse("") + ".";
    }

    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
