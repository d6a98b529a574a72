package io.socketlab.server.course;

import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An extension as it stands in the fields of a form.
 *
 * @param who a member's id, or {@code section:} and its name
 * @param due {@code 2026-12-04T18:00} in the course's zone or empty, as is {@code late}
 */
record ExtensionForm(
        @Nullable String who,
        @Nullable String due,
        @Nullable String late,
        @Nullable String attempts,
        @Nullable String reason) {

    private static final String SECTION = "section:";

    /**
     * What it says.
     *
     * @throws io.socketlab.server.web.ProblemException if a field says nothing that can be
     */
    Extension extension(Assignment assignment, ZoneId zone) {
        String whose = given(who);
        boolean section = whose.startsWith(SECTION);
        return new Extension(
                UUID.randomUUID(),
                assignment.id(),
                section || whose.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Refusals.uuid(whose, Refusals.unknownMember(whose))),
                section ? Optional.of(whose.substring(SECTION.length())) : Optional.empty(),
                AssignmentForm.time("due", given(due), zone),
                AssignmentForm.time("late", given(late), zone),
                given(attempts).isBlank()
                        ? OptionalInt.empty()
                        : OptionalInt.of(AssignmentForm.whole("attempts", given(attempts), 0)),
                given(reason));
    }

    private static String given(@Nullable String field) {
        return field == null ? "" : field;
    }
}
