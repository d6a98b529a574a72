package io.socketlab.server.course;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.ui.Model;

/** What every page of a course shows: its name, and the way to the others that one may see. */
public final class CoursePage {

    private CoursePage() {}

    /** Each with who may see it; others are not told of. */
    private static final List<Tab> TABS =
            List.of(
                    new Tab("assignments", "Assignments", "", Permission.TAKE_PART),
                    new Tab("people", "People", "/people", Permission.SEE_WORK),
                    new Tab("gradebook", "Gradebook", "/gradebook", Permission.SEE_WORK),
                    new Tab("wall", "Wall", "/wall", Permission.SEE_WORK),
                    new Tab("mistakes", "Mistakes", "/mistakes", Permission.SEE_WORK),
                    new Tab("questions", "Questions", "/questions", Permission.SEE_WORK),
                    new Tab("settings", "Settings", "/settings", Permission.MANAGE));

    /**
     * @param path behind that of the course
     */
    record Tab(String id, String name, String path, Permission permission) {}

    /**
     * Times as they are shown in a course.
     *
     * @param zone of the course
     */
    public record Times(ZoneId zone) {

        private static final DateTimeFormatter SHOWN =
                DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH);
        private static final DateTimeFormatter FIELD =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

        public String text(Instant at) {
            return SHOWN.format(at.atZone(zone));
        }

        /** The same if it is there; else {@code otherwise}. */
        public String text(Optional<Instant> at, String otherwise) {
            return at.map(this::text).orElse(otherwise);
        }

        /** As a field of a form has it, {@code 2026-12-04T18:00}; empty if it is not there. */
        public String field(Optional<Instant> at) {
            return at.map(a -> FIELD.format(a.atZone(zone))).orElse("");
        }
    }

    /** Puts into the model what the head of a course's page needs. */
    public static void add(Model model, Seat seat, String tab) {
        model.addAttribute("seat", seat);
        model.addAttribute("course", seat.course());
        model.addAttribute("tab", tab);
        model.addAttribute("tabs", TABS.stream().filter(t -> seat.may(t.permission())).toList());
        model.addAttribute("times", new Times(seat.course().zone()));
        model.addAttribute("manages", seat.may(Permission.MANAGE) && !seat.course().archived());
        model.addAttribute("grades", seat.may(Permission.GRADE) && !seat.course().archived());
        model.addAttribute("owns", seat.may(Permission.OWN));
    }

    /** {@code /courses/…} and what follows. */
    public static String path(Seat seat, String rest) {
        return "/courses/" + seat.course().id() + rest;
    }
}
