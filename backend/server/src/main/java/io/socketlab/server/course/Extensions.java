package io.socketlab.server.course;

import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who has other terms than all others, and why. */
@Service
class Extensions {

    private static final int LONGEST_REASON = 300;

    private final AssignmentStore store;
    private final MemberStore members;
    private final AuditLog audit;
    private final Clock clock;

    Extensions(AssignmentStore store, MemberStore members, AuditLog audit, Clock clock) {
        this.store = store;
        this.members = members;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those of an assignment, the oldest first. */
    List<Extension> of(Assignment assignment) {
        return store.extensionsOf(assignment.id());
    }

    /**
     * Gives other terms to a member or a section.
     *
     * @throws ProblemException if there is no such member, or they cannot be
     */
    @Transactional
    Extension add(Seat seat, Extension wanted) {
        wanted.member().ifPresent(id -> checkIsThere(seat, id));
        if (wanted.member().isEmpty() && wanted.section().isEmpty()) {
            throw Refusals.invalid("Parameter 'member': expected a member or a section.");
        }
        if (wanted.due().isEmpty() && wanted.late().isEmpty() && wanted.attempts().isEmpty()) {
            throw Refusals.invalid("Parameter 'due': expected a time, or a number of attempts.");
        }
        wanted.attempts()
                .ifPresent(n -> Assignments.check("attempts", n, 0, Assignments.MOST_ATTEMPTS));
        Assignments.checkOrder("due", wanted.due(), "late", wanted.late());
        Courses.words("reason", wanted.reason(), 1, LONGEST_REASON);
        store.add(wanted, DatabaseTime.now(clock));
        String whose = wanted.section().map(s -> "section " + s + ": ").orElse("");
        audit.add(seat, wanted.member().orElse(null), "extension", whose + wanted.reason());
        return wanted;
    }

    private void checkIsThere(Seat seat, UUID id) {
        boolean there =
                members.find(id).filter(m -> m.course().equals(seat.course().id())).isPresent();
        if (!there) throw Refusals.unknownMember(id);
    }

    /**
     * Takes one back.
     *
     * @throws ProblemException if the assignment has none of this id
     */
    @Transactional
    void remove(Seat seat, Assignment assignment, String id) {
        Extension found =
                store.extensionsOf(assignment.id()).stream()
                        .filter(e -> e.id().toString().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-extension",
                                        "Unknown extension",
                                        "The assignment has no extension " + id + "."));
        store.removeExtension(found.id());
        audit.add(seat, found.member().orElse(null), "extension", "taken back: " + found.reason());
    }
}
