package io.socketlab.server.course;

import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Scoring;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a course has to do until when, and what that comes to for each of its students. */
@Service
public class Assignments {

    private static final int MOST = 200;
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_POINTS = 10_000;
    static final int MOST_ATTEMPTS = 1000;
    private static final int MOST_EARLY = 200;
    private static final int FULL = 100;

    private final AssignmentStore store;
    private final Labs labs;
    private final AuditLog audit;
    private final Clock clock;

    Assignments(AssignmentStore store, Labs labs, AuditLog audit, Clock clock) {
        this.store = store;
        this.labs = labs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What can be said of an assignment when it is made or changed.
     *
     * @param points what a whole solution is worth in the course
     */
    record Terms(
            String title,
            boolean published,
            double points,
            Timeline timeline,
            int attempts,
            List<Integer> schedule,
            Assignment.Pay pay,
            boolean hidesScores) {}

    /** As the lab's author would have it: his attempts and points, and no times. */
    static Terms usual(Lab lab) {
        Scoring scoring = lab.scoring();
        boolean improves = "improvement-only".equals(scoring.pay());
        return new Terms(
                lab.title().text(),
                false,
                lab.maxScore(),
                Timeline.ALWAYS,
                scoring.gradedAttempts(),
                scoring.schedule(),
                improves
                        ? Assignment.Pay.IMPROVEMENT
                        : scoring.best() ? Assignment.Pay.BEST : Assignment.Pay.LAST,
                false);
    }

    /** All of a course's. */
    public List<Assignment> of(Course course) {
        return store.of(course.id());
    }

    /** Those that a member may see now, under his own terms. */
    public List<Assignment> of(Seat seat) {
        List<Extension> extensions = store.extensions(seat.course().id());
        return store.of(seat.course().id()).stream()
                .map(a -> under(a, seat.member(), extensions))
                .filter(a -> a.isSeenBy(seat, clock.instant()))
                .toList();
    }

    /**
     * One of them, under his own terms.
     *
     * @throws ProblemException if there is none that he may see
     */
    public Assignment one(Seat seat, String id) {
        Assignment found = plain(seat, id);
        Assignment own = under(found, seat.member(), store.extensionsOf(found.id()));
        if (!own.isSeenBy(seat, clock.instant())) throw Refusals.unknownAssignment(id);
        return own;
    }

    /**
     * One of a course's, as it is for whoever has no extension.
     *
     * @throws ProblemException if there is none
     */
    public Assignment plain(Seat seat, String id) {
        return store.find(Refusals.uuid(id, Refusals.unknownAssignment(id)))
                .filter(a -> a.course().equals(seat.course().id()))
                .orElseThrow(() -> Refusals.unknownAssignment(id));
    }

    /**
     * Whether a member is told no score of his: of an exam never, and not before the end where the
     * lab holds checks back until then.
     *
     * @param own as it is for him
     */
    boolean hidesScores(Seat viewer, Assignment own) {
        if (viewer.isStaff()) return false;
        return own.hidesScores() || !own.timeline().isDue(clock.instant()) && holdsBack(own.lab());
    }

    private boolean holdsBack(String lab) {
        return labs.find(lab).stream()
                .flatMap(found -> found.checks().stream())
                .anyMatch(check -> check.visibility() == Check.Visibility.AFTER_DUE);
    }

    /** By its id alone, for whom a run of it says so. */
    Optional<Assignment> find(UUID id) {
        return store.find(id);
    }

    /** An assignment as it is for one member. */
    public Assignment under(Assignment assignment, Member member) {
        return under(assignment, member, store.extensionsOf(assignment.id()));
    }

    /** A member's own extension is stronger than his section's, and a later one than an earlier. */
    static Assignment under(Assignment assignment, Member member, List<Extension> extensions) {
        Assignment own = assignment;
        List<Extension> his =
                extensions.stream()
                        .filter(e -> e.assignment().equals(assignment.id()) && e.isFor(member))
                        .sorted(Comparator.comparing((Extension e) -> e.member().isPresent()))
                        .toList();
        for (Extension e : his) own = e.applyTo(own);
        return own;
    }

    /**
     * Makes an assignment, behind all others.
     *
     * @throws ProblemException if there is no such lab, or the terms cannot be
     */
    @Transactional
    Assignment add(Seat seat, String labId, Optional<Terms> wanted) {
        Lab lab =
                labs.openTo(seat.member().account().orElseThrow(), labId)
                        .filter(found -> !found.id().startsWith(Labs.DRAFT))
                        .orElseThrow(() -> unknownLab(labId));
        List<Assignment> others = store.of(seat.course().id());
        if (others.size() >= MOST) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "too-many-assignments",
                    "Too many assignments",
                    "A course has %d assignments at most.".formatted(MOST));
        }
        int place = others.stream().mapToInt(Assignment::place).max().orElse(0) + 1;
        Assignment made =
                assignment(
                        UUID.randomUUID(),
                        seat.course().id(),
                        lab.id(),
                        place,
                        wanted.orElseGet(() -> usual(lab)));
        store.add(made, now());
        return made;
    }

    private static ProblemException unknownLab(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-lab",
                "Unknown lab",
                "There is no lab %s. GET /api/v1/labs lists them.".formatted(id));
    }

    /**
     * Changes the terms of an assignment. Grades follow, since they are reckoned from them.
     *
     * @throws ProblemException if they cannot be
     */
    @Transactional
    Assignment change(Seat seat, Assignment old, Terms terms) {
        Assignment changed = assignment(old.id(), old.course(), old.lab(), old.place(), terms);
        store.change(changed);
        if (!changed.timeline().equals(old.timeline())) {
            audit.add(seat, null, "times", old.title() + ": the times were changed");
        }
        return changed;
    }

    /** One place up or down in the list. */
    @Transactional
    void move(Seat seat, Assignment assignment, boolean up) {
        List<Assignment> all = new ArrayList<>(store.of(seat.course().id()));
        int at = all.stream().map(Assignment::id).toList().indexOf(assignment.id());
        int to = up ? at - 1 : at + 1;
        if (to < 0 || to >= all.size()) return;
        all.add(to, all.remove(at));
        for (int i = 0; i < all.size(); i++) store.change(placed(all.get(i), i + 1));
    }

    private static Assignment placed(Assignment a, int place) {
        return new Assignment(
                a.id(),
                a.course(),
                a.lab(),
                a.title(),
                place,
                a.published(),
                a.points(),
                a.timeline(),
                a.attempts(),
                a.schedule(),
                a.pay(),
                a.hidesScores());
    }

    /** Removes one. Runs that were made for it stay with those who made them, and count no more. */
    @Transactional
    void remove(Seat seat, Assignment assignment) {
        store.remove(assignment.id());
        audit.add(seat, null, "assignment", assignment.title() + " was removed");
    }

    private static Assignment assignment(UUID id, UUID course, String lab, int place, Terms t) {
        check("points", t.points(), 0, MOST_POINTS);
        check("attempts", t.attempts(), 0, MOST_ATTEMPTS);
        check("earlyPercent", t.timeline().earlyPercent(), FULL, MOST_EARLY);
        check("latePercent", t.timeline().latePercent(), 0, FULL);
        if (t.schedule().size() > FULL) {
            throw Refusals.invalid("Parameter 'schedule': expected 100 percents at most.");
        }
        t.schedule().forEach(percent -> check("schedule", percent, 0, FULL));
        checkOrder("opens", t.timeline().opens(), "due", t.timeline().due());
        checkOrder("early", t.timeline().early(), "due", t.timeline().due());
        checkOrder("due", t.timeline().due(), "late", t.timeline().late());
        if (t.timeline().late().isPresent() && t.timeline().due().isEmpty()) {
            throw Refusals.invalid("Parameter 'late': expected 'due' with it.");
        }
        return new Assignment(
                id,
                course,
                lab,
                Courses.words("title", t.title(), 1, LONGEST_TITLE),
                place,
                t.published(),
                t.points(),
                t.timeline(),
                t.attempts(),
                t.schedule(),
                t.pay(),
                t.hidesScores());
    }

    static void check(String name, double value, int least, int most) {
        if (value >= least && value <= most) return;
        throw Refusals.invalid(
                "Parameter '%s': expected %d to %d, found %s."
                        .formatted(name, least, most, Numbers.text(value)));
    }

    static void checkOrder(
            String name, Optional<Instant> earlier, String other, Optional<Instant> later) {
        if (earlier.isEmpty() || later.isEmpty() || earlier.get().isBefore(later.get())) return;
        throw Refusals.invalid(
                "Parameter '%s': expected a time before '%s'.".formatted(name, other));
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
