package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is in a course: lists, coming in, and leaving. */
@Service
public class Members {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_SECTION = 40;

    private final MemberStore store;
    private final AuditLog audit;
    private final Clock clock;

    Members(MemberStore store, AuditLog audit, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** All of a course, staff first, then by section and name. */
    public List<Member> of(Course course) {
        return store.of(course.id());
    }

    /** Its students, by section and name. */
    public List<Member> students(Course course) {
        return of(course).stream().filter(Member::isStudent).toList();
    }

    /**
     * One of a course.
     *
     * @throws ProblemException if there is none
     */
    public Member one(Course course, String id) {
        return store.find(Refusals.uuid(id, Refusals.unknownMember(id)))
                .filter(m -> m.course().equals(course.id()))
                .orElseThrow(() -> Refusals.unknownMember(id));
    }

    /** What a list changes. */
    record Import(List<String> added, List<String> changed, int same) {
        Import {
            added = List.copyOf(added);
            changed = List.copyOf(changed);
        }
    }

    /**
     * Takes a list in: who is on it already, by his id first and his e-mail address second, gets
     * its name and section; others are added. Nobody is removed, and staff is made by owners only.
     *
     * @param rehearsal whether only to tell what would change
     * @throws ProblemException if the list would make staff and the member may not
     */
    @Transactional
    Import take(Seat seat, Roster roster, boolean rehearsal) {
        var added = new ArrayList<String>();
        var changed = new ArrayList<String>();
        int same = 0;
        List<Member> all = store.of(seat.course().id());
        for (Roster.Row row : roster.rows()) {
            if (row.role().isStaff()) checkMayMake(seat, row.role());
            Optional<Member> there = known(all, row);
            if (there.isEmpty()) {
                added.add(row.name());
                if (!rehearsal) add(member(seat, row));
            } else {
                Member old = there.get();
                Member now = updated(old, row);
                if (now.equals(old)) {
                    same++;
                } else {
                    changed.add(row.name());
                    if (!rehearsal) changeRow(now);
                }
            }
        }
        if (!rehearsal && added.size() + changed.size() > 0) {
            audit.add(
                    seat,
                    null,
                    "roster",
                    "%d added, %d changed".formatted(added.size(), changed.size()));
        }
        return new Import(added, changed, same);
    }

    private static Optional<Member> known(List<Member> all, Roster.Row row) {
        Optional<Member> byId =
                row.id().isEmpty()
                        ? Optional.empty()
                        : all.stream().filter(m -> m.sisId().equals(row.id())).findFirst();
        if (byId.isPresent() || row.email().isEmpty()) return byId;
        return all.stream().filter(m -> m.email().equals(row.email())).findFirst();
    }

    private static Member member(Seat seat, Roster.Row row) {
        return new Member(
                UUID.randomUUID(),
                seat.course().id(),
                Optional.empty(),
                row.role(),
                row.name(),
                row.email(),
                row.id(),
                row.section().orElse(""),
                Optional.empty());
    }

    private static Member updated(Member old, Roster.Row row) {
        return new Member(
                old.id(),
                old.course(),
                old.account(),
                old.role(),
                row.name(),
                row.email().or(old::email),
                row.id().or(old::sisId),
                row.section().orElse(old.section()),
                old.joined());
    }

    private void add(Member member) {
        try {
            store.add(member, now());
        } catch (DuplicateKeyException e) {
            throw Refusals.taken("e-mail address or id");
        }
    }

    private void changeRow(Member member) {
        try {
            store.change(member);
        } catch (DuplicateKeyException e) {
            throw Refusals.taken("e-mail address or id");
        }
    }

    /**
     * Puts somebody on the list.
     *
     * @param email empty if it is not known
     * @throws ProblemException if he is on it, or the member may not make staff
     */
    @Transactional
    Member add(Seat seat, String name, String email, String section, CourseRole role) {
        if (role.isStaff()) checkMayMake(seat, role);
        String address = Courses.words("email", email, 0, LONGEST_EMAIL).toLowerCase(Locale.ROOT);
        var member =
                new Member(
                        UUID.randomUUID(),
                        seat.course().id(),
                        Optional.empty(),
                        role,
                        Courses.words("name", name, 1, LONGEST_NAME),
                        Optional.of(address).filter(a -> !a.isEmpty()),
                        Optional.empty(),
                        Courses.words("section", section, 0, LONGEST_SECTION),
                        Optional.empty());
        add(member);
        audit.add(seat, member.id(), "member", "added as " + role.word());
        return member;
    }

    /**
     * Changes what somebody is in the course and where.
     *
     * @throws ProblemException if the member may not, or it is the last owner
     */
    @Transactional
    void change(Seat seat, Member member, String section, CourseRole role) {
        if (role != member.role()) {
            checkMayMake(seat, role);
            checkMayMake(seat, member.role());
            checkOwnerStays(member);
        }
        var changed =
                new Member(
                        member.id(),
                        member.course(),
                        member.account(),
                        role,
                        member.name(),
                        member.email(),
                        member.sisId(),
                        Courses.words("section", section, 0, LONGEST_SECTION),
                        member.joined());
        store.change(changed);
        if (role != member.role()) {
            audit.add(
                    seat,
                    member.id(),
                    "role",
                    "%s before, %s now".formatted(member.role().word(), role.word()));
        }
    }

    /**
     * Takes somebody off the list. His runs stay his, and count no more.
     *
     * @throws ProblemException if the member may not, or it is the last owner
     */
    @Transactional
    void remove(Seat seat, Member member) {
        if (member.role().isStaff()) checkMayMake(seat, member.role());
        checkOwnerStays(member);
        audit.add(seat, null, "member", member.name() + " was taken off the list");
        store.remove(member.id());
    }

    private void checkOwnerStays(Member member) {
        boolean owns = member.role() == CourseRole.OWNER && member.account().isPresent();
        if (owns && store.owners(member.course()) == 1) throw Refusals.lastOwner();
    }

    private static void checkMayMake(Seat seat, CourseRole role) {
        if (role.isStaff() && !seat.may(Permission.OWN)) {
            throw Refusals.notYours(Permission.OWN, seat.member().role());
        }
    }

    /**
     * Somebody comes in: as who he is on the list by his e-mail address, else anew.
     *
     * @param login what he signs in with
     */
    @Transactional
    Member join(Course course, SignedIn me, String login, CourseRole role, String section) {
        Optional<Member> there = store.of(course.id(), me.id());
        if (there.isPresent()) return there.get();
        Optional<Member> listed =
                store.of(course.id()).stream()
                        .filter(m -> m.email().filter(login::equals).isPresent())
                        .filter(m -> m.account().isEmpty() && m.role() == role)
                        .findFirst();
        if (listed.isPresent()) return claim(listed.get(), me);
        Instant now = now();
        var member =
                new Member(
                        UUID.randomUUID(),
                        course.id(),
                        Optional.of(me.id()),
                        role,
                        me.name(),
                        Optional.empty(),
                        Optional.empty(),
                        section,
                        Optional.of(now));
        store.add(member, now);
        return member;
    }

    /**
     * Somebody comes in as a certain one of the list.
     *
     * @throws ProblemException if another has come as him, or he is in the course as another
     */
    @Transactional
    Member claim(Member member, SignedIn me) {
        Optional<Member> there = store.of(member.course(), me.id());
        if (there.isPresent()) {
            if (there.get().id().equals(member.id())) return member;
            throw Refusals.taken("account");
        }
        if (!store.claim(member.id(), me.id(), now())) throw Refusals.taken("link used, who");
        return store.find(member.id()).orElseThrow();
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
