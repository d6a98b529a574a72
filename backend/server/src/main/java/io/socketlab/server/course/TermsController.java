package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Forms;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The terms of an assignment and who has others, for staff. */
@Controller
@RequestMapping("/courses/{course}/assignments")
class TermsController {

    private final Courses courses;
    private final Assignments assignments;
    private final Extensions extensions;
    private final Members members;

    TermsController(
            Courses courses, Assignments assignments, Extensions extensions, Members members) {
        this.courses = courses;
        this.assignments = assignments;
        this.extensions = extensions;
        this.members = members;
    }

    @GetMapping("/{id}/terms")
    String terms(
            @PathVariable String course,
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment assignment = assignments.plain(seat, id);
        var times = new CoursePage.Times(seat.course().zone());
        return terms(seat, assignment, AssignmentForm.of(assignment, times), model);
    }

    private String terms(Seat seat, Assignment assignment, AssignmentForm form, Model model) {
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("assignment", assignment);
        model.addAttribute("form", form);
        List<Member> students = members.students(seat.course());
        model.addAttribute("students", students);
        model.addAttribute(
                "sections",
                students.stream()
                        .map(Member::section)
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .sorted()
                        .toList());
        model.addAttribute(
                "extensions",
                extensions.of(assignment).stream()
                        .map(e -> new ExtensionRow(e, whose(e, students)))
                        .toList());
        return "course/terms";
    }

    /**
     * @param whose a name, or a section
     */
    record ExtensionRow(Extension extension, String whose) {}

    private static String whose(Extension e, List<Member> students) {
        return e.section()
                .map(s -> "Section " + s)
                .orElseGet(() ->
                        students.stream()
                                .filter(m -> e.member().filter(m.id()::equals).isPresent())
                                .map(Member::name)
                                .findFirst()
                                .orElse("somebody of the staff"));
    }

    /** A form that cannot be comes back with all that was written in it. */
    @PostMapping("/{id}/terms")
    String change(
            @PathVariable String course,
            @PathVariable String id,
            @ModelAttribute AssignmentForm form,
            @AuthenticationPrincipal SignedIn me,
            HttpServletResponse response,
            RedirectAttributes once,
            Model model) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment assignment = assignments.plain(seat, id);
        try {
            assignments.change(seat, assignment, form.terms(seat.course().zone()));
        } catch (ProblemException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", e.getBody().getDetail());
            return terms(seat, assignment, form, model);
        }
        once.addFlashAttribute("done", "Saved. Grades follow the new terms.");
        return "redirect:" + termsPath(seat, assignment);
    }

    private static String termsPath(Seat seat, Assignment assignment) {
        return CoursePage.path(seat, "/assignments/" + assignment.id() + "/terms");
    }

    @PostMapping("/{id}/move")
    String move(
            @PathVariable String course,
            @PathVariable String id,
            @RequestParam(defaultValue = "true") boolean up,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        assignments.move(seat, assignments.plain(seat, id), up);
        return "redirect:" + CoursePage.path(seat, "");
    }

    @PostMapping("/{id}/remove")
    String remove(
            @PathVariable String course,
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment assignment = assignments.plain(seat, id);
        return Forms.post(
                CoursePage.path(seat, ""),
                once,
                () -> {
                    assignments.remove(seat, assignment);
                    return assignment.title() + " is no assignment any more.";
                });
    }

    /** More time or attempts, for one or for a section. */
    @PostMapping("/{id}/extensions")
    String extend(
            @PathVariable String course,
            @PathVariable String id,
            @ModelAttribute ExtensionForm form,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment assignment = assignments.plain(seat, id);
        return Forms.post(
                termsPath(seat, assignment),
                once,
                () -> {
                    extensions.add(seat, form.extension(assignment, seat.course().zone()));
                    return "Extended.";
                });
    }

    @PostMapping("/{id}/extensions/{extension}/remove")
    String takeBack(
            @PathVariable String course,
            @PathVariable String id,
            @PathVariable String extension,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment assignment = assignments.plain(seat, id);
        return Forms.post(
                termsPath(seat, assignment),
                once,
                () -> {
                    extensions.remove(seat, assignment, extension);
                    return "Taken back.";
                });
    }
}
