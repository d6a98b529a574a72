package io.socketlab.server.classroom;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.CoursePage;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Members;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.Forms;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The wall, the mistakes and the questions of a course, as pages. */
@Controller
class ClassroomController {

    private final Courses courses;
    private final Assignments assignments;
    private final Members members;
    private final Runs runs;
    private final Wall wall;
    private final Mistakes mistakes;
    private final Questions questions;

    ClassroomController(
            Courses courses,
            Assignments assignments,
            Members members,
            Runs runs,
            Wall wall,
            Mistakes mistakes,
            Questions questions) {
        this.courses = courses;
        this.assignments = assignments;
        this.members = members;
        this.runs = runs;
        this.wall = wall;
        this.mistakes = mistakes;
        this.questions = questions;
    }

    @GetMapping("/courses/{course}/wall")
    String wall(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String assignment,
            @RequestParam(defaultValue = "") String section,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        CoursePage.add(model, seat, "wall");
        Optional<Assignment> chosen = choose(seat, assignment, model);
        model.addAttribute("section", section);
        model.addAttribute(
                "sections",
                members.students(seat.course()).stream()
                        .map(Member::section)
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .sorted()
                        .toList());
        List<Tile> tiles = chosen.map(a -> wall.tiles(seat.course(), a, section)).orElse(List.of());
        model.addAttribute("tiles", tiles);
        model.addAttribute("missing", tiles.stream().filter(Tile::missing).count());
        return "classroom/wall";
    }

    /** The one that was asked for; else the last one that is open. */
    private Optional<Assignment> choose(Seat seat, String id, Model model) {
        List<Assignment> all = assignments.of(seat.course());
        Optional<Assignment> chosen =
                id.isEmpty()
                        ? all.reversed().stream().filter(Assignment::published).findFirst()
                        : Optional.of(assignments.plain(seat, id));
        model.addAttribute("assignments", all);
        model.addAttribute("assignment", chosen.orElse(null));
        return chosen;
    }

    @GetMapping("/courses/{course}/mistakes")
    String mistakes(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String assignment,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        CoursePage.add(model, seat, "mistakes");
        Optional<Assignment> chosen = choose(seat, assignment, model);
        model.addAttribute("report", chosen.map(mistakes::of).orElse(null));
        return "classroom/mistakes";
    }

    @GetMapping("/courses/{course}/questions")
    String questions(
            @PathVariable String course, @AuthenticationPrincipal SignedIn me, Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        CoursePage.add(model, seat, "questions");
        model.addAttribute("questions", questions.of(seat.course()));
        return "classroom/questions";
    }

    @PostMapping("/courses/{course}/questions/{question}")
    String answer(
            @PathVariable String course,
            @PathVariable String question,
            @RequestParam(defaultValue = "") String text,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        return Forms.post(
                CoursePage.path(seat, "/questions"),
                once,
                () -> {
                    questions.answer(seat, question, text);
                    return "Answered.";
                });
    }

    @PostMapping("/courses/{course}/questions/{question}/close")
    String close(
            @PathVariable String course,
            @PathVariable String question,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        return Forms.post(
                CoursePage.path(seat, "/questions"),
                once,
                () -> {
                    questions.close(seat, question);
                    return "Closed.";
                });
    }

    /** What a student has asked about a run, and where he asks about an event of it. */
    @GetMapping("/runs/{run}/questions")
    String ask(
            @PathVariable String run,
            @RequestParam(defaultValue = "0") int event,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Run mine = runs.mine(me, run);
        model.addAttribute("run", mine);
        model.addAttribute("event", event);
        model.addAttribute("questions", questions.of(mine));
        questions.see(mine);
        return "classroom/ask";
    }

    /** The bench has shown its student the answers. */
    @PostMapping("/runs/{run}/questions/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seen(@PathVariable String run, @AuthenticationPrincipal SignedIn me) {
        questions.see(runs.mine(me, run));
    }

    @PostMapping("/runs/{run}/questions")
    String asked(
            @PathVariable String run,
            @RequestParam(defaultValue = "0") int event,
            @RequestParam(defaultValue = "") String text,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Run mine = runs.mine(me, run);
        once.addFlashAttribute("text", text);
        return Forms.post(
                "/runs/" + mine.id() + "/questions?event=" + event,
                once,
                () -> {
                    questions.ask(mine, runs.lastEvent(mine), event, text);
                    once.addFlashAttribute("text", "");
                    return "Asked. The answer will stand here.";
                });
    }
}
