package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.account.TokenCourses;
import io.socketlab.server.lab.CourseLabs;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.RunRules;
import io.socketlab.server.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What courses say about the runs, labs and tokens that are made for them. */
@Component
class CourseRules implements RunRules, CourseLabs, TokenCourses {

    private final AssignmentStore assignments;
    private final CourseStore courses;
    private final MemberStore members;
    private final Clock clock;

    CourseRules(
            AssignmentStore assignments, CourseStore courses, MemberStore members, Clock clock) {
        this.assignments = assignments;
        this.courses = courses;
        this.members = members;
        this.clock = clock;
    }

    @Override
    public boolean mayLook(UUID account, Run run) {
        return run.assignment()
                .flatMap(assignments::find)
                .flatMap(a -> members.of(a.course(), account))
                .filter(m -> Permission.SEE_WORK.isOf(m.role()))
                .isPresent();
    }

    @Override
    public Optional<UUID> course(Run run) {
        return run.assignment().flatMap(assignments::find).map(Assignment::course);
    }

    @Override
    public Set<UUID> assignments(UUID course) {
        return assignments.of(course).stream().map(Assignment::id).collect(Collectors.toSet());
    }

    /** Of a lab that an assignment is of which he may see. */
    @Override
    public boolean uses(SignedIn me, UUID course, String lab) {
        Optional<Seat> seat =
                members.of(course, me.id())
                        .flatMap(m -> courses.find(course).map(c -> new Seat(c, m)));
        return seat.isPresent()
                && assignments.of(course).stream()
                        .filter(a -> a.lab().equals(lab))
                        .map(a -> own(a, seat.get().member()))
                        .anyMatch(a -> a.isSeenBy(seat.get(), clock.instant()));
    }

    @Override
    public List<TokenCourses.Named> of(SignedIn who) {
        return courses.of(who.id()).stream()
                .map(c -> new TokenCourses.Named(c.id(), c.name()))
                .toList();
    }

    private Assignment own(Assignment plain, Member member) {
        return Assignments.under(plain, member, assignments.extensionsOf(plain.id()));
    }

    @Override
    public Set<UUID> hidden(Collection<UUID> runs) {
        return assignments.hidden(runs);
    }

    @Override
    public Beginning beginning(SignedIn me, String id) {
        Assignment plain =
                assignments
                        .find(Refusals.uuid(id, Refusals.unknownAssignment(id)))
                        .orElseThrow(() -> Refusals.unknownAssignment(id));
        Problem.checkReach(me, Optional.of(plain.course()));
        Seat seat =
                members.of(plain.course(), me.id())
                        .flatMap(m -> courses.find(m.course()).map(c -> new Seat(c, m)))
                        .orElseThrow(() -> Refusals.unknownAssignment(id));
        Assignment own = own(plain, seat.member());
        if (!own.isSeenBy(seat, clock.instant())) throw Refusals.unknownAssignment(id);
        if (seat.course().archived()) throw Refusals.archived();
        return new Beginning(own.lab(), seat.cause(own));
    }

    @Override
    public Optional<Terms> terms(Run run) {
        return run.assignment()
                .flatMap(assignments::find)
                .flatMap(a -> courses.find(a.course()).map(course -> terms(run, course, a)));
    }

    private Terms terms(Run run, Course course, Assignment plain) {
        Assignment own =
                members.of(course.id(), run.accountId()).map(m -> own(plain, m)).orElse(plain);
        var credit = Credit.of(own, assignments.handIns(own.id(), run.accountId()));
        int made = (int) credit.counted().stream().filter(c -> !c.isPractice()).count();
        Instant now = clock.instant();
        return new Terms(
                course.name(),
                "/courses/" + course.id() + "/assignments/" + own.id(),
                new Worth(own, course.zone(), made).sentence(now),
                made,
                own.attempts(),
                own.timeline().isDue(now),
                own.hidesScores());
    }
}
