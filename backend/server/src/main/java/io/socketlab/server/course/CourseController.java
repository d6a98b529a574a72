package io.socketlab.server.course;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.LabShelf;
import io.socketlab.server.web.Forms;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's courses, a course, and its settings, as pages. */
@Controller
class CourseController {

    private static final int AUDIT_ENTRIES = 100;

    private final Courses courses;
    private final Assignments assignments;
    private final Gradebook gradebook;
    private final AuditLog audit;
    private final LabCatalogue labs;
    private final LabShelf shelf;
    private final Clock clock;

    CourseController(
            Courses courses,
            Assignments assignments,
            Gradebook gradebook,
            AuditLog audit,
            LabCatalogue labs,
            LabShelf shelf,
            Clock clock) {
        this.courses = courses;
        this.assignments = assignments;
        this.gradebook = gradebook;
        this.audit = audit;
        this.labs = labs;
        this.shelf = shelf;
        this.clock = clock;
    }

    @GetMapping("/courses")
    String all(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("seats", courses.of(me));
        return "course/list";
    }

    @PostMapping("/courses")
    String create(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String term,
            @RequestParam(defaultValue = "UTC") String zone,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        return Forms.lead(
                "/courses",
                Map.of("title", title, "term", term, "zone", zone),
                once,
                () -> CoursePage.path(courses.create(me, title, term, zone), ""));
    }

    @GetMapping("/courses/{id}")
    String one(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
        Seat seat = courses.seat(me, id, Permission.TAKE_PART);
        List<AssignmentRow> rows =
                assignments.of(seat).stream()
                        .map(a -> gradebook.of(a, seat.member()))
                        .map(grade ->
                                AssignmentRow.of(
                                        seat,
                                        grade,
                                        assignments.hidesScores(seat, grade.assignment()),
                                        clock.instant()))
                        .toList();
        CoursePage.add(model, seat, "assignments");
        model.addAttribute("rows", rows);
        model.addAttribute("labs", seat.may(Permission.MANAGE) ? labsFor(me) : List.of());
        return "course/course";
    }

    /** Those of the catalogue, and what somebody has published. */
    private List<Lab> labsFor(SignedIn me) {
        return Stream.concat(labs.all().stream(), shelf.publishedBy(me.id()).stream()).toList();
    }

    @GetMapping("/courses/{id}/settings")
    String settings(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
        Seat seat = courses.seat(me, id, Permission.MANAGE);
        CoursePage.add(model, seat, "settings");
        model.addAttribute("audit", audit.of(seat.course().id(), AUDIT_ENTRIES));
        return "course/settings";
    }

    @PostMapping("/courses/{id}/settings")
    String change(
            @PathVariable String id,
            @ModelAttribute CourseForm form,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, id, Permission.OWN);
        return Forms.post(
                CoursePage.path(seat, "/settings"),
                once,
                () -> {
                    courses.change(seat, form.change());
                    return "Saved.";
                });
    }

    @PostMapping("/courses/{id}/copies")
    String copy(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String term,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seat(me, id, Permission.MANAGE);
        return Forms.lead(
                CoursePage.path(seat, "/settings"),
                Map.of("copyTitle", title, "copyTerm", term),
                once,
                () -> CoursePage.path(courses.copy(seat, me, title, term), ""));
    }

    /** The title has to be written out: what goes does not come back. */
    @PostMapping("/courses/{id}/remove")
    String remove(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String confirm,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, id, Permission.OWN);
        if (!confirm.strip().equals(seat.course().title())) {
            once.addFlashAttribute("problem", "Nothing was deleted: that is not its title.");
            return "redirect:" + CoursePage.path(seat, "/settings");
        }
        courses.remove(seat);
        return "redirect:/courses";
    }
}
