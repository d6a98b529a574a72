package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Forms;
import io.socketlab.server.web.ProblemException;
import java.util.List;
import java.util.OptionalDouble;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The gradebook, one assignment of it, and one student's work, as pages. */
@Controller
@RequestMapping("/courses/{course}")
class GradebookController {

    private static final String GRADEBOOK = "/gradebook";

    private final Courses courses;
    private final Assignments assignments;
    private final Members members;
    private final Gradebook gradebook;
    private final CheckColumns checks;

    GradebookController(
            Courses courses,
            Assignments assignments,
            Members members,
            Gradebook gradebook,
            CheckColumns checks) {
        this.courses = courses;
        this.assignments = assignments;
        this.members = members;
        this.gradebook = gradebook;
        this.checks = checks;
    }

    @GetMapping(GRADEBOOK)
    String all(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String section,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        CoursePage.add(model, seat, "gradebook");
        model.addAttribute("table", gradebook.of(seat.course(), section));
        model.addAttribute("section", section);
        model.addAttribute("sections", sections(members.students(seat.course())));
        return "course/gradebook";
    }

    private static List<String> sections(List<Member> students) {
        return students.stream()
                .map(Member::section)
                .filter(s -> !s.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    @GetMapping("/gradebook.csv")
    ResponseEntity<String> csv(
            @PathVariable String course,
            @RequestParam(defaultValue = "plain") String format,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        var how = GradebookCsv.Format.named(format);
        String text = GradebookCsv.write(gradebook.of(seat.course(), ""), how);
        return attachment(text, GradebookCsv.fileName(how));
    }

    static ResponseEntity<String> attachment(String csv, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
                .body(csv);
    }

    /** The file that an LMS has exported comes back filled in, with what could not be. */
    @PostMapping(GRADEBOOK + "/lms")
    String lms(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String csv,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        model.addAttribute("lms", LmsFile.fill(csv, gradebook.of(seat.course(), "")));
        return all(course, "", me, model);
    }

    @GetMapping(GRADEBOOK + "/{assignment}")
    String one(
            @PathVariable String course,
            @PathVariable String assignment,
            @RequestParam(defaultValue = "") String section,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment found = assignments.plain(seat, assignment);
        CoursePage.add(model, seat, "gradebook");
        model.addAttribute("assignment", found);
        model.addAttribute("section", section);
        model.addAttribute("sections", sections(members.students(seat.course())));
        model.addAttribute("table", columns(seat, found, section));
        return "course/checks";
    }

    private CheckColumns.Table columns(Seat seat, Assignment assignment, String section) {
        Gradebook.Table table = gradebook.of(seat.course(), section);
        return checks.of(
                table,
                table.assignments().stream().map(Assignment::id).toList().indexOf(assignment.id()));
    }

    @GetMapping(GRADEBOOK + "/{assignment}/checks.csv")
    ResponseEntity<String> checksCsv(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment found = assignments.plain(seat, assignment);
        return attachment(GradebookCsv.checks(columns(seat, found, "")), "checks.csv");
    }

    @GetMapping(GRADEBOOK + "/{assignment}/{member}")
    String work(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment found = assignments.plain(seat, assignment);
        Member student = members.one(seat.course(), member);
        Grade grade = gradebook.of(found, student);
        CoursePage.add(model, seat, "gradebook");
        model.addAttribute("assignment", grade.assignment());
        model.addAttribute("student", student);
        model.addAttribute("grade", grade);
        model.addAttribute("most", Numbers.text(found.points()));
        model.addAttribute("handIns", HandInRow.of(grade.credit(), false));
        return "course/work";
    }

    @PostMapping(GRADEBOOK + "/{assignment}/{member}")
    String assess(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @RequestParam(defaultValue = "") String points,
            @RequestParam(defaultValue = "") String word,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment found = assignments.plain(seat, assignment);
        Member student = members.one(seat.course(), member);
        return Forms.post(
                workPath(seat, found, student),
                once,
                () -> {
                    try {
                        gradebook.assess(seat, found, student, points(points), word);
                    } catch (ProblemException e) {
                        once.addFlashAttribute("word", word);
                        throw e;
                    }
                    return "Said, and the student sees it.";
                });
    }

    private static OptionalDouble points(String text) {
        return text.isBlank()
                ? OptionalDouble.empty()
                : OptionalDouble.of(AssignmentForm.number("points", text));
    }

    private static String workPath(Seat seat, Assignment assignment, Member member) {
        return CoursePage.path(seat, GRADEBOOK + "/" + assignment.id() + "/" + member.id());
    }

    @PostMapping(GRADEBOOK + "/{assignment}/{member}/take-back")
    String takeBack(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment found = assignments.plain(seat, assignment);
        Member student = members.one(seat.course(), member);
        return Forms.post(
                workPath(seat, found, student),
                once,
                () -> {
                    gradebook.takeBack(seat, found, student);
                    return "Taken back: the grade is the one that is reckoned.";
                });
    }
}
