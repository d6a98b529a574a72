package io.socketlab.server.course;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The gradebook, for programs. */
@RestController
@RequestMapping("/api/v1/courses/{course}")
@Tag(name = "Courses")
class GradebookApi {

    private final Courses courses;
    private final Assignments assignments;
    private final Members members;
    private final Gradebook gradebook;
    private final CheckColumns checks;

    GradebookApi(
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

    /**
     * @param points absent, and not 0, where nothing that counts was handed in
     * @param handIns how often something was handed in
     * @param marks set by hand, late, practice only
     */
    @Schema(name = "Grade")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record GradeView(
            UUID assignment,
            @Nullable Double points,
            double most,
            int handIns,
            List<String> marks,
            Optional<String> word) {

        static GradeView of(Grade grade) {
            OptionalDouble points = grade.points();
            return new GradeView(
                    grade.assignment().id(),
                    points.isPresent() ? points.getAsDouble() : null,
                    grade.assignment().points(),
                    grade.credit().counted().size(),
                    grade.marks(),
                    grade.assessment().map(Assessment::word));
        }
    }

    @Schema(name = "GradebookRow")
    record RowView(MemberApi.MemberView member, List<GradeView> grades, double total) {}

    @Schema(name = "AssessmentRequest")
    record AssessmentRequest(
            @Schema(
                            description = "in place of those that are reckoned; or a word alone",
                            example = "8")
                    @Nullable Double points,
            @Schema(example = "The link was broken during the exercise.")
                    @NotNull(message = "expected why")
                    String word) {}

    @GetMapping(path = "/gradebook", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getGradebook", summary = "Every student's grades; for staff")
    List<RowView> all(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String section,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        return gradebook.of(seat.course(), section).rows().stream()
                .map(row ->
                        new RowView(
                                MemberApi.MemberView.of(row.member()),
                                row.grades().stream().map(GradeView::of).toList(),
                                row.total()))
                .toList();
    }

    @GetMapping(path = "/gradebook.csv", produces = "text/csv")
    @Operation(
            operationId = "getGradebookCsv",
            summary = "The gradebook as CSV: plain, or as Canvas or Moodle takes it in")
    ResponseEntity<String> csv(
            @PathVariable String course,
            @RequestParam(defaultValue = "plain") String format,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        var how = GradebookCsv.Format.named(format);
        return GradebookController.attachment(
                GradebookCsv.write(gradebook.of(seat.course(), ""), how),
                GradebookCsv.fileName(how));
    }

    @GetMapping(path = "/assignments/{assignment}/checks.csv", produces = "text/csv")
    @Operation(
            operationId = "getChecksCsv",
            summary = "What each check gave each student, in the hand-in that the grade is of")
    ResponseEntity<String> checks(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment found = assignments.plain(seat, assignment);
        Gradebook.Table table = gradebook.of(seat.course(), "");
        int at = table.assignments().stream().map(Assignment::id).toList().indexOf(found.id());
        return GradebookController.attachment(
                GradebookCsv.checks(checks.of(table, at)), "checks.csv");
    }

    @PutMapping(
            path = "/assignments/{assignment}/grades/{member}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "assess",
            summary = "Sets a student's points by hand, or says a word, which the student sees")
    GradeView assess(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @Valid @RequestBody AssessmentRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment found = assignments.plain(seat, assignment);
        Member student = members.one(seat.course(), member);
        OptionalDouble points =
                body.points() == null ? OptionalDouble.empty() : OptionalDouble.of(body.points());
        gradebook.assess(seat, found, student, points, body.word());
        return GradeView.of(gradebook.of(found, student));
    }

    @DeleteMapping("/assignments/{assignment}/grades/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "takeBackAssessment", summary = "Takes back what was set by hand")
    void takeBack(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String member,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        gradebook.takeBack(
                seat, assignments.plain(seat, assignment), members.one(seat.course(), member));
    }
}
