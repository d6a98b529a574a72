package io.socketlab.server.course;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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

/** An assignment as it is worked on: made, seen, begun. */
@Controller
@RequestMapping("/courses/{course}/assignments")
class AssignmentController {

    private final Courses courses;
    private final Assignments assignments;
    private final Gradebook gradebook;
    private final Runs runs;
    private final Labs labs;
    private final Clock clock;

    AssignmentController(
            Courses courses,
            Assignments assignments,
            Gradebook gradebook,
            Runs runs,
            Labs labs,
            Clock clock) {
        this.courses = courses;
        this.assignments = assignments;
        this.gradebook = gradebook;
        this.runs = runs;
        this.labs = labs;
        this.clock = clock;
    }

    @PostMapping
    String add(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String lab,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment made = assignments.add(seat, lab, Optional.empty());
        return "redirect:" + CoursePage.path(seat, "/assignments/" + made.id() + "/terms");
    }

    @GetMapping("/{id}")
    String one(
            @PathVariable String course,
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.TAKE_PART);
        Assignment assignment = assignments.one(seat, id);
        Grade grade = gradebook.of(assignment, seat.member());
        CoursePage.add(model, seat, "assignments");
        boolean hidden = assignments.hidesScores(seat, assignment);
        model.addAttribute("row", AssignmentRow.of(seat, grade, hidden, clock.instant()));
        model.addAttribute("assignment", assignment);
        model.addAttribute("handIns", HandInRow.of(grade.credit(), hidden));
        model.addAttribute("assessment", grade.assessment().orElse(null));
        model.addAttribute(
                "objectives",
                labs.find(assignment.lab())
                        .map(l -> l.about().objectives().stream().map(o -> o.text()).toList())
                        .orElse(List.of()));
        model.addAttribute("lab", labs.find(assignment.lab()).orElse(null));
        return "course/assignment";
    }

    @PostMapping("/{id}/runs")
    String begin(
            @PathVariable String course,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean anew,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.TAKE_PART);
        Assignment assignment = assignments.one(seat, id);
        Lab lab =
                labs.find(assignment.lab())
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Runs.Cause cause = seat.cause(assignment);
        Run run = anew ? runs.begin(me.id(), lab, cause) : runs.open(me.id(), lab, cause);
        return "redirect:/runs/" + run.id();
    }
}
