package io.socketlab.server.regrade;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.CoursePage;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.web.Forms;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Regrades as pages: what would change, and then perhaps its change. */
@Controller
@RequestMapping("/courses/{course}/assignments/{assignment}/regrades")
class RegradeController {

    private static final int MOST_ROWS = 1000;
    private static final String REFRESH_SECONDS = "2";

    private final Courses courses;
    private final Assignments assignments;
    private final Regrades regrades;

    RegradeController(Courses courses, Assignments assignments, Regrades regrades) {
        this.courses = courses;
        this.assignments = assignments;
        this.regrades = regrades;
    }

    private static String path(Seat seat, Assignment assignment, String rest) {
        return CoursePage.path(seat, "/assignments/" + assignment.id() + "/regrades" + rest);
    }

    @GetMapping
    String all(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("regrades", regrades.of(found));
        return "regrade/list";
    }

    @PostMapping
    String begin(
            @PathVariable String course,
            @PathVariable String assignment,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        return Forms.lead(
                path(seat, found, ""),
                once,
                () -> path(seat, found, "/" + regrades.begin(seat, found, reason).id()));
    }

    /** While it is under way the page asks for itself again, with or without JavaScript. */
    @GetMapping("/{regrade}")
    String one(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @RequestParam(defaultValue = "false") boolean all,
            @AuthenticationPrincipal SignedIn me,
            HttpServletResponse response,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Regrade one = regrades.one(found, regrade);
        List<RegradeRow> others = regrades.rows(one, 0, MOST_ROWS, true);
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", found);
        model.addAttribute("regrade", one);
        model.addAttribute("rows", all ? regrades.rows(one, 0, MOST_ROWS, false) : others);
        model.addAttribute("all", all);
        model.addAttribute("raised", others.stream().filter(RegradeRow::isRaised).count());
        model.addAttribute("lowered", others.stream().filter(RegradeRow::isLowered).count());
        model.addAttribute(
                "changed",
                others.stream().filter(r -> r.state() == RegradeRow.State.CHANGED).count());
        model.addAttribute(
                "failed",
                others.stream().filter(r -> r.state() == RegradeRow.State.FAILED).count());
        if (one.isRunning()) response.setHeader("Refresh", REFRESH_SECONDS);
        return "regrade/regrade";
    }

    @PostMapping("/{regrade}/cancel")
    String cancel(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Regrade one = regrades.one(found, regrade);
        return Forms.post(
                path(seat, found, "/" + one.id()),
                once,
                () -> {
                    regrades.cancel(one);
                    return "Cancelled. Nothing was changed.";
                });
    }

    @PostMapping("/{regrade}/apply")
    String apply(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @RequestParam(defaultValue = "true") boolean raiseOnly,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Regrade one = regrades.one(found, regrade);
        return Forms.post(
                path(seat, found, "/" + one.id()),
                once,
                () -> regrades.apply(seat, found, one, raiseOnly) + " results were changed.");
    }

    @PostMapping("/{regrade}/undo")
    String undo(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Regrade one = regrades.one(found, regrade);
        return Forms.post(
                path(seat, found, "/" + one.id()),
                once,
                () -> regrades.undo(seat, found, one) + " results were changed back.");
    }
}
