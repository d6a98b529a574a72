package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Courses, and the one place where it is said who may do what in them. */
@Service
public class Courses {

    private static final int SECRET_OCTETS = 32;
    private static final int MOST_OWNED = 50;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_TERM = 40;
    private static final int LONGEST_RETENTION = 3650;

    /** Two years, so that a complaint about a grade can be looked into. */
    private static final int USUAL_RETENTION = 730;

    private final CourseStore store;
    private final MemberStore members;
    private final AssignmentStore assignments;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Courses(
            CourseStore store,
            MemberStore members,
            AssignmentStore assignments,
            AuditLog audit,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.assignments = assignments;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A course in which somebody may do what he wants to.
     *
     * @throws ProblemException if he is not in it, which he cannot tell from that there is none, or
     *     may not, or his token is bound to another
     */
    public Seat seat(SignedIn me, String course, Permission permission) {
        UUID id = Refusals.uuid(course, Refusals.unknownCourse());
        Problem.checkReach(me, Optional.of(id));
        Seat seat = seat(me.id(), id).orElseThrow(Refusals::unknownCourse);
        if (!seat.may(permission)) throw Refusals.notYours(permission, seat.member().role());
        return seat;
    }

    /**
     * The same where something is to be changed.
     *
     * @throws ProblemException also if the course is archived
     */
    public Seat seatToChange(SignedIn me, String course, Permission permission) {
        Seat seat = seat(me, course, permission);
        if (seat.course().archived() && permission != Permission.OWN) throw Refusals.archived();
        return seat;
    }

    /** What an account is in a course; empty if it is not in it. */
    public Optional<Seat> seat(UUID account, UUID course) {
        return members.of(course, account)
                .flatMap(member -> store.find(course).map(found -> new Seat(found, member)));
    }

    /** Those that somebody is in, the newest first; that of his token alone, if it is bound. */
    List<Seat> of(SignedIn me) {
        return store.of(me.id()).stream()
                .filter(course -> me.reaches(Optional.of(course.id())))
                .flatMap(course ->
                        members.of(course.id(), me.id()).map(m -> new Seat(course, m)).stream())
                .toList();
    }

    /**
     * Makes a course, whose owner is who makes it.
     *
     * @throws ProblemException if he is a guest, owns too many, or the words cannot be
     */
    @Transactional
    Seat create(SignedIn me, String title, String term, String zone) {
        return add(me, title, term, zone(zone), Optional.empty(), USUAL_RETENTION);
    }

    /**
     * The same assignments for another term, with no times and nobody but the owner. Its secret is
     * another, so everybody gets other variants.
     */
    @Transactional
    Seat copy(Seat from, SignedIn me, String title, String term) {
        Course old = from.course();
        Seat made = add(me, title, term, old.zone(), Optional.of(old.id()), old.retentionDays());
        for (Assignment a : assignments.of(old.id())) {
            assignments.add(
                    new Assignment(
                            UUID.randomUUID(),
                            made.course().id(),
                            a.lab(),
                            a.title(),
                            a.place(),
                            false,
                            a.points(),
                            new Timeline(
                                    Optional.empty(),
                                    Optional.empty(),
                                    a.timeline().earlyPercent(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    a.timeline().latePercent()),
                            a.attempts(),
                            a.schedule(),
                            a.pay(),
                            a.hidesScores()),
                    now());
        }
        return made;
    }

    private Seat add(
            SignedIn me,
            String title,
            String term,
            ZoneId zone,
            Optional<UUID> from,
            int retentionDays) {
        Problem.checkReach(me, Optional.empty());
        if (me.guest()) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "guest",
                    "Not for guests",
                    "A course belongs to somebody who can come back: sign up first.");
        }
        if (store.owned(me.id()) >= MOST_OWNED) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "too-many-courses",
                    "Too many courses",
                    "You own %d courses, and more cannot be had. Delete one."
                            .formatted(MOST_OWNED));
        }
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        Instant now = now();
        var course =
                new Course(
                        UUID.randomUUID(),
                        words("title", title, 1, LONGEST_TITLE),
                        words("term", term, 0, LONGEST_TERM),
                        zone,
                        HexFormat.of().formatHex(secret),
                        from,
                        retentionDays,
                        false,
                        now);
        store.add(course);
        var owner =
                new Member(
                        UUID.randomUUID(),
                        course.id(),
                        Optional.of(me.id()),
                        CourseRole.OWNER,
                        me.name(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.of(now));
        members.add(owner, now);
        return new Seat(course, owner);
    }

    /** What can be changed of a course. */
    record Change(String title, String term, String zone, int retentionDays, boolean archived) {}

    /**
     * Changes a course.
     *
     * @throws ProblemException if something cannot be
     */
    @Transactional
    void change(Seat seat, Change to) {
        if (to.retentionDays() < 1 || to.retentionDays() > LONGEST_RETENTION) {
            throw Refusals.invalid(
                    "Parameter 'retentionDays': expected 1 to %d, found %d."
                            .formatted(LONGEST_RETENTION, to.retentionDays()));
        }
        store.change(
                seat.course().id(),
                words("title", to.title(), 1, LONGEST_TITLE),
                words("term", to.term(), 0, LONGEST_TERM),
                zone(to.zone()),
                to.retentionDays(),
                to.archived());
        if (to.archived() != seat.course().archived()) {
            audit.add(seat, null, "course", to.archived() ? "archived" : "opened again");
        }
    }

    /** Does away with a course. Runs stay with those who made them. */
    void remove(Seat seat) {
        store.remove(seat.course().id());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refusals.invalid(
                    "Parameter 'zone': expected a time zone as Europe/Berlin or UTC, found '%s'."
                            .formatted(name));
        }
    }

    /** Words of a form, without blanks around. */
    static String words(String field, String text, int least, int most) {
        String words = text.strip();
        boolean fits = words.length() >= least && words.length() <= most;
        if (fits && words.chars().noneMatch(Character::isISOControl)) return words;
        throw Refusals.invalid(
                "Parameter '%s': expected a line of %d to %d characters, found %d."
                        .formatted(field, least, most, words.length()));
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
