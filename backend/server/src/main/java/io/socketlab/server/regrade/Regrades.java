package io.socketlab.server.regrade;

import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.AuditLog;
import io.socketlab.server.course.Seat;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.ResultNotes;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Regrades: begun, looked at, applied, taken back. */
@Service
class Regrades implements ResultNotes {

    private static final int LONGEST_REASON = 500;
    private static final int ALL = Integer.MAX_VALUE;

    private final RegradeStore store;
    private final RegradeSchedule schedule;
    private final Regrader regrader;
    private final Labs labs;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Regrades(
            RegradeStore store,
            RegradeSchedule schedule,
            Regrader regrader,
            Labs labs,
            AuditLog audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.schedule = schedule;
        this.regrader = regrader;
        this.labs = labs;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Begins to grade all hand-ins of an assignment again. Nothing is changed by that.
     *
     * @param reason what students are told if it is applied
     * @throws ProblemException if another is under way, or there is no reason
     */
    Regrade begin(Seat seat, Assignment assignment, String reason) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "invalid-parameter",
                    "Invalid parameter",
                    "Parameter 'reason': expected why, in 1 to %d characters, found %d."
                            .formatted(LONGEST_REASON, why.length()));
        }
        if (store.of(assignment.id()).stream().anyMatch(Regrade::isRunning)) {
            throw wrongState("Another regrade of this assignment is under way.");
        }
        int revision =
                labs.find(assignment.lab())
                        .orElseThrow(() -> wrongState("The lab is not here any more."))
                        .revision();
        UUID id = UUID.randomUUID();
        UUID by = seat.member().account().orElseThrow();
        store.add(id, assignment.id(), by, why, revision, now());
        schedule.open(id);
        return store.find(id).orElseThrow();
    }

    List<Regrade> of(Assignment assignment) {
        return store.of(assignment.id());
    }

    /**
     * One of an assignment's.
     *
     * @throws ProblemException if there is none
     */
    Regrade one(Assignment assignment, String id) {
        try {
            return store.find(UUID.fromString(id))
                    .filter(r -> r.assignment().equals(assignment.id()))
                    .orElseThrow(() -> unknown(id));
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    /** Its rows behind a number, in order. */
    List<RegradeRow> rows(Regrade regrade, int after, int limit, boolean onlyOther) {
        return store.rows(regrade.id(), after, limit, onlyOther);
    }

    void cancel(Regrade regrade) {
        if (!store.move(regrade.id(), Regrade.State.RUNNING, Regrade.State.CANCELLED)) {
            throw wrongState("It is not under way any more.");
        }
    }

    /**
     * Changes the results to what they are now; all of them or, if the server dies, none.
     *
     * @param raiseOnly whether those stay that would become worse
     * @throws ProblemException if it has not been graded to its end
     */
    int apply(Seat seat, Assignment assignment, Regrade regrade, boolean raiseOnly) {
        Integer changed =
                transaction.execute(_ -> {
                    if (!store.move(regrade.id(), Regrade.State.READY, Regrade.State.APPLIED)) {
                        throw wrongState("Only a regrade that is ready can be applied.");
                    }
                    int n = 0;
                    for (RegradeRow row : store.rows(regrade.id(), 0, ALL, true)) {
                        if (row.state() != RegradeRow.State.CHANGED) continue;
                        if (raiseOnly && !row.isRaised()) continue;
                        change(regrade, row);
                        n++;
                    }
                    store.applied(regrade.id(), raiseOnly, now());
                    audit.add(
                            seat,
                            null,
                            "regrade",
                            "%s: %d results changed: %s"
                                    .formatted(assignment.title(), n, regrade.reason()));
                    return n;
                });
        return changed == null ? 0 : changed;
    }

    private void change(Regrade regrade, RegradeRow row) {
        String old = regrader.document(row).orElseThrow();
        String renewed = store.documents(regrade.id(), row.n()).renewed().orElseThrow();
        regrader.replace(row, row.renewed().orElseThrow(), renewed);
        store.changed(regrade.id(), row.n(), old);
    }

    /**
     * Puts all results back to what they were before it was applied.
     *
     * @throws ProblemException if it was not applied, or a later one was
     */
    int undo(Seat seat, Assignment assignment, Regrade regrade) {
        boolean later =
                store.of(assignment.id()).stream()
                        .filter(r -> r.state() == Regrade.State.APPLIED)
                        .anyMatch(r ->
                                r.applied()
                                        .orElseThrow()
                                        .isAfter(regrade.applied().orElse(Instant.MAX)));
        if (later) throw wrongState("A later regrade was applied: take that one back first.");
        Integer changed =
                transaction.execute(_ -> {
                    if (!store.move(regrade.id(), Regrade.State.APPLIED, Regrade.State.UNDONE)) {
                        throw wrongState("Only a regrade that was applied can be taken back.");
                    }
                    int n = 0;
                    for (RegradeRow row : store.rows(regrade.id(), 0, ALL, true)) {
                        if (!row.applied()) continue;
                        String old = store.documents(regrade.id(), row.n()).old().orElseThrow();
                        regrader.replace(row, row.old(), old);
                        n++;
                    }
                    audit.add(
                            seat,
                            null,
                            "regrade",
                            "%s: %d results changed back".formatted(assignment.title(), n));
                    return n;
                });
        return changed == null ? 0 : changed;
    }

    @Override
    public List<String> of(UUID run, int n) {
        return store.notes(run, "page", Integer.toString(n));
    }

    private static ProblemException unknown(String id) {
        return problem(
                HttpStatus.NOT_FOUND,
                "unknown-regrade",
                "Unknown regrade",
                "The assignment has no regrade " + id + ".");
    }

    private static ProblemException wrongState(String detail) {
        return problem(HttpStatus.CONFLICT, "regrade-state", "Not now", detail);
    }

    private static ProblemException problem(
            HttpStatus status, String type, String title, String detail) {
        return new ProblemException(status, type, title, detail);
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
