package io.socketlab.server.course;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A course's assignments, for programs. */
@RestController
@RequestMapping("/api/v1/courses/{course}/assignments")
@Tag(name = "Courses")
class AssignmentApi {

    private final Courses courses;
    private final Assignments assignments;
    private final Extensions extensions;

    AssignmentApi(Courses courses, Assignments assignments, Extensions extensions) {
        this.courses = courses;
        this.assignments = assignments;
        this.extensions = extensions;
    }

    /**
     * @param points what a whole solution is worth
     * @param opens before that students do not see it; a time that is absent never comes
     * @param earlyPercent percent that a hand-in earns until {@code early}
     * @param latePercent percent that it earns from {@code due} until {@code late}
     * @param attempts how many hand-ins count, 0 for any number
     * @param schedule percent that the n-th hand-in can earn
     * @param pay improvement, best or last
     * @param hidesScores whether students see no scores
     */
    @Schema(name = "Terms")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TermsView(
            @Schema(example = "The handshake") @NotNull(message = "expected a title") String title,
            @Schema(example = "true") boolean published,
            @Schema(example = "10") double points,
            @Nullable Instant opens,
            @Nullable Instant early,
            @Schema(example = "100") int earlyPercent,
            @Schema(example = "2027-04-30T18:00:00Z") @Nullable Instant due,
            @Schema(example = "2027-05-07T18:00:00Z") @Nullable Instant late,
            @Schema(example = "50") int latePercent,
            @Schema(example = "6") int attempts,
            @Schema(example = "[100, 100, 80]") @NotNull(message = "expected percents, or []")
                    List<Integer> schedule,
            @Schema(
                            example = "improvement",
                            allowableValues = {"improvement", "best", "last"})
                    @NotNull(message = "expected improvement, best or last")
                    String pay,
            @Schema(example = "false") boolean hidesScores) {

        static TermsView of(Assignment a) {
            Timeline t = a.timeline();
            return new TermsView(
                    a.title(),
                    a.published(),
                    a.points(),
                    t.opens().orElse(null),
                    t.early().orElse(null),
                    t.earlyPercent(),
                    t.due().orElse(null),
                    t.late().orElse(null),
                    t.latePercent(),
                    a.attempts(),
                    a.schedule(),
                    a.pay().name().toLowerCase(Locale.ROOT),
                    a.hidesScores());
        }

        Assignments.Terms terms() {
            return new Assignments.Terms(
                    title,
                    published,
                    points,
                    new Timeline(
                            Optional.ofNullable(opens),
                            Optional.ofNullable(early),
                            earlyPercent,
                            Optional.ofNullable(due),
                            Optional.ofNullable(late),
                            latePercent),
                    attempts,
                    schedule,
                    Assignment.Pay.named(pay),
                    hidesScores);
        }
    }

    /** Under one's own terms, for a student. */
    @Schema(name = "Assignment")
    record AssignmentView(UUID id, UUID course, String lab, int place, TermsView terms) {

        static AssignmentView of(Assignment a) {
            return new AssignmentView(a.id(), a.course(), a.lab(), a.place(), TermsView.of(a));
        }
    }

    @Schema(name = "AssignmentRequest")
    record AssignmentRequest(
            @Schema(example = "c1-handshake") @NotNull(message = "expected the id of a lab")
                    String lab,
            @Schema(description = "the lab's own, without times, if they are left out") @Valid
                    @Nullable TermsView terms) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAssignments", summary = "What a course has to do, in order")
    List<AssignmentView> all(@PathVariable String course, @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.TAKE_PART);
        return assignments.of(seat).stream().map(AssignmentView::of).toList();
    }

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addAssignment", summary = "Makes an assignment of a lab")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<AssignmentView> add(
            @PathVariable String course,
            @Valid @RequestBody AssignmentRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment made =
                assignments.add(
                        seat, body.lab(), Optional.ofNullable(body.terms()).map(TermsView::terms));
        String path = CoursePage.path(seat, "/assignments/" + made.id());
        return ResponseEntity.created(URI.create("/api/v1" + path)).body(AssignmentView.of(made));
    }

    @GetMapping(path = "/{assignment}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getAssignment", summary = "An assignment, under one's own terms")
    AssignmentView one(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.TAKE_PART);
        return AssignmentView.of(assignments.one(seat, assignment));
    }

    @PutMapping(
            path = "/{assignment}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "changeAssignment",
            summary = "Changes its terms; grades follow, since they are reckoned from them")
    AssignmentView change(
            @PathVariable String course,
            @PathVariable String assignment,
            @Valid @RequestBody TermsView body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment old = assignments.plain(seat, assignment);
        return AssignmentView.of(assignments.change(seat, old, body.terms()));
    }

    @DeleteMapping("/{assignment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeAssignment", summary = "Removes an assignment")
    void remove(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        assignments.remove(seat, assignments.plain(seat, assignment));
    }

    /**
     * @param member for whom; else a section
     */
    @Schema(name = "Extension")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ExtensionView(
            @Nullable UUID id,
            @Nullable UUID member,
            @Schema(example = "A") @Nullable String section,
            @Schema(example = "2027-05-02T18:00:00Z") @Nullable Instant due,
            @Nullable Instant late,
            @Nullable Integer attempts,
            @Schema(example = "ill for a week") @NotNull(message = "expected a reason")
                    String reason) {

        static ExtensionView of(Extension e) {
            return new ExtensionView(
                    e.id(),
                    e.member().orElse(null),
                    e.section().orElse(null),
                    e.due().orElse(null),
                    e.late().orElse(null),
                    e.attempts().isPresent() ? Integer.valueOf(e.attempts().getAsInt()) : null,
                    e.reason());
        }

        Extension extension(Assignment a) {
            return new Extension(
                    UUID.randomUUID(),
                    a.id(),
                    Optional.ofNullable(member),
                    Optional.ofNullable(section),
                    Optional.ofNullable(due),
                    Optional.ofNullable(late),
                    attempts == null ? OptionalInt.empty() : OptionalInt.of(attempts),
                    reason);
        }
    }

    @GetMapping(path = "/{assignment}/extensions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listExtensions", summary = "Who has other terms")
    List<ExtensionView> extensions(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        return extensions.of(assignments.plain(seat, assignment)).stream()
                .map(ExtensionView::of)
                .toList();
    }

    @PostMapping(
            path = "/{assignment}/extensions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "extend", summary = "Gives other terms to a member or a section")
    @ApiResponse(responseCode = "201", description = "Made")
    @ResponseStatus(HttpStatus.CREATED)
    ExtensionView extend(
            @PathVariable String course,
            @PathVariable String assignment,
            @Valid @RequestBody ExtensionView body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        Assignment found = assignments.plain(seat, assignment);
        return ExtensionView.of(extensions.add(seat, body.extension(found)));
    }

    @DeleteMapping("/{assignment}/extensions/{extension}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "takeBackExtension", summary = "Takes an extension back")
    void takeBack(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String extension,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.GRADE);
        extensions.remove(seat, assignments.plain(seat, assignment), extension);
    }
}
