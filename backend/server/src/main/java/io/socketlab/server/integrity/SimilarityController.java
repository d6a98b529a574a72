package io.socketlab.server.integrity;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.CoursePage;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Members;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.integrity.Judgements.PairKey;
import io.socketlab.server.integrity.Judgements.ValueKey;
import io.socketlab.server.lab.Labs;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Hand-ins that are alike, as a page for those who judge. Students are shown none of it. */
@Controller
@RequestMapping("/courses/{course}/assignments/{assignment}/similarity")
class SimilarityController {

    private static final int LONGEST_WORD = 1000;

    private final Courses courses;
    private final Assignments assignments;
    private final Members members;
    private final WorkStore works;
    private final Judgements judgements;
    private final Labs labs;

    SimilarityController(
            Courses courses,
            Assignments assignments,
            Members members,
            WorkStore works,
            Judgements judgements,
            Labs labs) {
        this.courses = courses;
        this.assignments = assignments;
        this.members = members;
        this.works = works;
        this.judgements = judgements;
        this.labs = labs;
    }

    /**
     * A pair in the list.
     *
     * @param word what has been judged of it; empty if nothing
     */
    record Row(Similarity.Pair pair, String word) {}

    /** A value of another's seed in the list, likewise. */
    record ForeignRow(Similarity.Foreign found, String word) {}

    @GetMapping
    String all(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Handout handout = handout(found);
        List<Work> all = works.of(seat.course(), found, handout);
        Map<PairKey, String> ofPairs = judgements.ofPairs(found);
        Map<ValueKey, String> ofValues = judgements.ofValues(found);
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("count", all.size());
        model.addAttribute(
                "rows",
                Similarity.pairs(all, handout).stream()
                        .map(pair -> new Row(pair, ofPairs.getOrDefault(key(pair), "")))
                        .toList());
        model.addAttribute(
                "foreign",
                Similarity.foreign(all, handout).stream()
                        .map(f -> new ForeignRow(f, ofValues.getOrDefault(key(f), "")))
                        .toList());
        return "integrity/similarity";
    }

    private static PairKey key(Similarity.Pair pair) {
        return PairKey.of(pair.one().member(), pair.other().member());
    }

    private static ValueKey key(Similarity.Foreign foreign) {
        return new ValueKey(foreign.work().member().id(), foreign.value());
    }

    private Handout handout(Assignment assignment) {
        return labs.find(assignment.lab())
                .map(Handout::new)
                .orElseThrow(SimilarityController::notThere);
    }

    private static ResponseStatusException notThere() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    @GetMapping("/{one}/{other}")
    String pair(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String one,
            @PathVariable String other,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        List<Work> both = pair(seat, found, one, other);
        Work a = both.getFirst();
        Work b = both.getLast();
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("a", a);
        model.addAttribute("b", b);
        model.addAttribute("left", Similarity.lines(a, b));
        model.addAttribute("right", Similarity.lines(b, a));
        model.addAttribute(
                "word",
                judgements.ofPairs(found).getOrDefault(PairKey.of(a.member(), b.member()), ""));
        return "integrity/pair";
    }

    /** What two students have handed in; nobody is compared with themselves. */
    private List<Work> pair(Seat seat, Assignment assignment, String one, String other) {
        Member first = members.one(seat.course(), one);
        Member second = members.one(seat.course(), other);
        if (first.id().equals(second.id())) throw notThere();
        List<Work> all = works.of(seat.course(), assignment, handout(assignment));
        return List.of(of(all, first), of(all, second));
    }

    private static Work of(List<Work> all, Member member) {
        return all.stream()
                .filter(work -> work.isOf(member))
                .findFirst()
                .orElseThrow(SimilarityController::notThere);
    }

    /** What a person thinks of two that are alike; an empty word takes it back. */
    @PostMapping("/{one}/{other}")
    String judge(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String one,
            @PathVariable String other,
            @RequestParam(defaultValue = "") String word,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        List<Work> both = pair(seat, found, one, other);
        PairKey key = PairKey.of(both.getFirst().member(), both.getLast().member());
        judgements.judge(seat, found, key, shortened(word));
        return list(seat, found);
    }

    /** The same of a value of another's seed in a student's hand-in. */
    @PostMapping("/values/{member}")
    String judgeValue(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "") String word,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        var key = new ValueKey(members.one(seat.course(), member).id(), value);
        Handout handout = handout(found);
        boolean isThere =
                Similarity.foreign(works.of(seat.course(), found, handout), handout).stream()
                        .anyMatch(foreign -> key(foreign).equals(key));
        if (!isThere) throw notThere();
        judgements.judge(seat, found, key, shortened(word));
        return list(seat, found);
    }

    private static String shortened(String word) {
        String said = word.strip();
        return said.length() <= LONGEST_WORD ? said : said.substring(0, LONGEST_WORD);
    }

    private static String list(Seat seat, Assignment assignment) {
        return "redirect:"
                + CoursePage.path(seat, "/assignments/" + assignment.id() + "/similarity");
    }
}
