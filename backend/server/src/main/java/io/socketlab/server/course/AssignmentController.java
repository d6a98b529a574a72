package io.socketlab.server.course;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.Forms;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An assignment as its pages show it: to students what it is worth, to staff its terms. */
@Controller
@RequestMapping("/courses/{course}/assignments")
class AssignmentController {

    private final Courses courses;
    private final Assignments assignments;
    private final Members members;
    private final Gradebook gradebook;
    private final Runs runs;
    private final Labs labs;
    private final Clock clock;

    AssignmentController(
            Courses courses,
            Assignments assignments,
            Members members,
            Gradebook gradebook,
            Runs runs,
            Labs labs,
            Clock clock) {
        this.courses = courses;
        this.assignments = assignments;
        this.members = members;
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
        model.addAttribute("row", AssignmentRow.of(seat, grade, clock.instant()));
        model.addAttribute("assignment", assignment);
        model.addAttribute("handIns", HandInRow.of(seat, assignment, grade.credit()));
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
                assignments.extensions(assignment).stream()
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
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "") String late,
            @RequestParam(defaultValue = "") String attempts,
            @RequestParam(defaultValue = "") String reason,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment assignment = assignments.plain(seat, id);
        return Forms.post(
                termsPath(seat, assignment),
                once,
                () -> {
                    boolean section = who.startsWith("section:");
                    var zone = seat.course().zone();
                    assignments.extend(
                            seat,
                            new Extension(
                                    UUID.randomUUID(),
                                    assignment.id(),
                                    section || who.isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(members.one(seat.course(), who).id()),
                                    section
                                            ? Optional.of(who.substring("section:".length()))
                                            : Optional.empty(),
                                    AssignmentForm.time("due", due, zone),
                                    AssignmentForm.time("late", late, zone),
                                    attempts.isBlank()
                                            ? OptionalInt.empty()
                                            : OptionalInt.of(
                                                    AssignmentForm.whole("attempts", attempts, 0)),
                                    reason));
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
                    assignments.removeExtension(seat, assignment, extension);
                    return "Taken back.";
                });
    }
}
