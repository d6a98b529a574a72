package io.socketlab.server.integrity;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.CoursePage;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Members;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.lab.Labs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Labs labs;

    SimilarityController(
            Courses courses, Assignments assignments, Members members, WorkStore works, Labs labs) {
        this.courses = courses;
        this.assignments = assignments;
        this.members = members;
        this.works = works;
        this.labs = labs;
    }

    /**
     * A pair in the list.
     *
     * @param word what has been judged of it; empty if nothing
     */
    record Row(Similarity.Pair pair, String word) {}

    @GetMapping
    String all(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Lab lab = lab(found);
        List<Work> all = works.of(seat.course(), found, lab);
        Map<String, String> judged = works.judgements(found.id());
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("count", all.size());
        model.addAttribute(
                "rows",
                Similarity.pairs(all, work -> known(lab, work.seed())).stream()
                        .map(pair -> new Row(pair, word(judged, pair)))
                        .toList());
        model.addAttribute("foreign", Similarity.foreign(all));
        return "integrity/similarity";
    }

    private static String word(Map<String, String> judged, Similarity.Pair pair) {
        String key = WorkStore.key(pair.one().member().id(), pair.other().member().id());
        return judged.getOrDefault(key, "");
    }

    private Lab lab(Assignment assignment) {
        return labs.find(assignment.lab())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** What a lab's own files say with a seed: whoever writes the like has it from the task. */
    private static List<List<String>> known(Lab lab, long seed) {
        List<String> paths = new ArrayList<>(lab.solutions());
        paths.addAll(lab.mutants());
        lab.student().starter().ifPresent(paths::add);
        List<List<String>> known = new ArrayList<>();
        for (String path : paths) {
            Optional<String> text = lab.file(path, seed);
            if (text.isEmpty()) continue;
            known.add(text.get().lines().toList());
            // and as it is typed, without what calls are to return
            known.add(
                    text.get()
                            .lines()
                            .map(line -> line.replaceFirst("\\) = -?\\w.*$", ")"))
                            .toList());
        }
        return known;
    }

    /**
     * A line of one side.
     *
     * @param alike whether the other side has it, too
     */
    record Line(String text, boolean alike) {}

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
        Member first = members.one(seat.course(), one);
        Member second = members.one(seat.course(), other);
        List<Work> all = works.of(seat.course(), found, lab(found));
        Work a = of(all, first);
        Work b = of(all, second);
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("a", a);
        model.addAttribute("b", b);
        model.addAttribute("left", lines(a, b));
        model.addAttribute("right", lines(b, a));
        model.addAttribute(
                "word",
                works.judgements(found.id())
                        .getOrDefault(WorkStore.key(first.id(), second.id()), ""));
        return "integrity/pair";
    }

    private static Work of(List<Work> all, Member member) {
        Optional<Work> work =
                all.stream().filter(w -> w.member().id().equals(member.id())).findFirst();
        return work.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static List<Line> lines(Work of, Work other) {
        Set<List<String>> there = new HashSet<>();
        for (String line : other.lines()) there.add(Normal.tokens(line, other.parameters()));
        return of.lines().stream()
                .map(line -> {
                    List<String> tokens = Normal.tokens(line, of.parameters());
                    return new Line(line, tokens.size() > 1 && there.contains(tokens));
                })
                .toList();
    }

    /** What a person thinks of it; an empty word takes it back. */
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
        Member first = members.one(seat.course(), one);
        Member second = members.one(seat.course(), other);
        String said = word.strip();
        works.judge(
                seat,
                found,
                first.id(),
                second.id(),
                said.length() <= LONGEST_WORD ? said : said.substring(0, LONGEST_WORD));
        return "redirect:" + CoursePage.path(seat, "/assignments/" + found.id() + "/similarity");
    }
}
