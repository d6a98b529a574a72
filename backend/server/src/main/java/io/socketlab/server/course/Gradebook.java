package io.socketlab.server.course;

import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everybody's grades, reckoned anew each time they are asked for. */
@Service
class Gradebook {

    private static final int LONGEST_WORD = 1000;
    private static final double MOST_POINTS = 10_000;

    private final AssignmentStore assignments;
    private final MemberStore members;
    private final AssessmentStore assessments;
    private final AuditLog audit;
    private final Clock clock;

    Gradebook(
            AssignmentStore assignments,
            MemberStore members,
            AssessmentStore assessments,
            AuditLog audit,
            Clock clock) {
        this.assignments = assignments;
        this.members = members;
        this.assessments = assessments;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A student's row.
     *
     * @param grades in the order of the assignments
     */
    record Row(Member member, List<Grade> grades) {
        Row {
            grades = List.copyOf(grades);
        }

        double total() {
            return grades.stream().mapToDouble(g -> g.points().orElse(0)).sum();
        }

        public String totalText() {
            boolean any = grades.stream().anyMatch(g -> g.points().isPresent());
            return any ? Numbers.text(total()) : "";
        }
    }

    /**
     * @param assignments as they are for whoever has no extension
     * @param rows by section and name
     */
    record Table(List<Assignment> assignments, List<Row> rows) {
        Table {
            assignments = List.copyOf(assignments);
            rows = List.copyOf(rows);
        }

        /** What could be had in all. */
        public String most() {
            return Numbers.text(assignments.stream().mapToDouble(Assignment::points).sum());
        }
    }

    /**
     * The whole course, in five queries whatever its size.
     *
     * @param section empty for all
     */
    Table of(Course course, String section) {
        List<Assignment> all = assignments.of(course.id());
        List<Extension> extensions = assignments.extensions(course.id());
        Map<Work, List<HandIn>> handIns = new HashMap<>();
        for (HandIn handIn : assignments.handIns(course.id())) {
            handIns.computeIfAbsent(
                            new Work(handIn.assignment(), handIn.account()), _ -> new ArrayList<>())
                    .add(handIn);
        }
        Map<Work, Assessment> words = new HashMap<>();
        assessments
                .of(course.id())
                .forEach(a -> words.put(new Work(a.assignment(), a.member()), a));
        List<Row> rows =
                members.of(course.id()).stream()
                        .filter(Member::isStudent)
                        .filter(m -> section.isEmpty() || m.section().equals(section))
                        .map(m -> row(m, all, extensions, handIns, words))
                        .toList();
        return new Table(all, rows);
    }

    /** An assignment's work of an account or of a member. */
    private record Work(UUID assignment, UUID whose) {}

    private static Row row(
            Member member,
            List<Assignment> all,
            List<Extension> extensions,
            Map<Work, List<HandIn>> handIns,
            Map<Work, Assessment> words) {
        List<Grade> grades = new ArrayList<>();
        for (Assignment plain : all) {
            Assignment own = Assignments.under(plain, member, extensions);
            List<HandIn> his =
                    member.account()
                            .map(account -> handIns.get(new Work(plain.id(), account)))
                            .orElse(List.of());
            grades.add(
                    new Grade(
                            own,
                            Credit.of(own, his),
                            Optional.ofNullable(words.get(new Work(plain.id(), member.id())))));
        }
        return new Row(member, grades);
    }

    /** One student's grade for one assignment. */
    Grade of(Assignment plain, Member member) {
        Assignment own = Assignments.under(plain, member, assignments.extensionsOf(plain.id()));
        List<HandIn> his =
                member.account()
                        .map(account -> assignments.handIns(plain.id(), account))
                        .orElse(List.of());
        return new Grade(own, Credit.of(own, his), assessments.find(plain.id(), member.id()));
    }

    /**
     * Says something about a student's work.
     *
     * @param points in place of those that are reckoned, if they are there
     * @throws ProblemException if they cannot be, or there is no word with them
     */
    @Transactional
    void assess(Seat seat, Assignment plain, Member member, OptionalDouble points, String word) {
        String said = word.strip();
        if (said.isEmpty() || said.length() > LONGEST_WORD) {
            throw Refusals.invalid(
                    "Parameter 'word': expected why, in 1 to %d characters, found %d."
                            .formatted(LONGEST_WORD, said.length()));
        }
        if (points.isPresent()
                && !(points.getAsDouble() >= 0 && points.getAsDouble() <= MOST_POINTS)) {
            throw Refusals.invalid(
                    "Parameter 'points': expected 0 to 10000, found %s."
                            .formatted(points.getAsDouble()));
        }
        String before = of(plain, member).text();
        assessments.put(
                new Assessment(
                        plain.id(),
                        member.id(),
                        points,
                        said,
                        seat.member().account(),
                        DatabaseTime.now(clock)));
        String now = of(plain, member).text();
        String change =
                points.isPresent()
                        ? "%s before, %s now: ".formatted(shown(before), shown(now))
                        : "";
        audit.add(seat, member.id(), "grade", plain.title() + ": " + change + said);
    }

    private static String shown(String points) {
        return points.isEmpty() ? "nothing" : points;
    }

    /** Takes back what was said: the grade is the one that is reckoned. */
    @Transactional
    void takeBack(Seat seat, Assignment plain, Member member) {
        if (assessments.remove(plain.id(), member.id())) {
            audit.add(seat, member.id(), "grade", plain.title() + ": what was set is taken back");
        }
    }
}
