package io.socketlab.server.regrade;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.CoursePage;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Regrades, for programs. */
@RestController
@RequestMapping("/api/v1/courses/{course}/assignments/{assignment}/regrades")
@Tag(name = "Courses")
class RegradeApi {

    private static final int MOST_ROWS = 500;

    private final Courses courses;
    private final Assignments assignments;
    private final Regrades regrades;

    RegradeApi(Courses courses, Assignments assignments, Regrades regrades) {
        this.courses = courses;
        this.assignments = assignments;
        this.regrades = regrades;
    }

    /**
     * @param labRevision the lab's that it grades with
     * @param done of {@code total} hand-ins
     */
    @Schema(name = "Regrade")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record RegradeView(
            UUID id,
            String reason,
            int labRevision,
            Regrade.State state,
            int total,
            int done,
            Optional<Boolean> raiseOnly,
            Instant created,
            Optional<Instant> finished,
            Optional<Instant> applied) {

        static RegradeView of(Regrade r) {
            return new RegradeView(
                    r.id(),
                    r.reason(),
                    r.labRevision(),
                    r.state(),
                    r.total(),
                    r.done(),
                    r.raiseOnly(),
                    r.created(),
                    r.finished(),
                    r.applied());
        }
    }

    @Schema(name = "RegradeRequest")
    record RegradeRequest(
            @Schema(
                            description = "what students are told if it is applied",
                            example = "The check on sequence numbers was wrong.")
                    @NotNull(message = "expected why")
                    String reason) {}

    /**
     * @param changes which checks came out otherwise
     */
    @Schema(name = "RegradeRow")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record RowView(
            int n,
            Optional<UUID> member,
            UUID run,
            RegradeRow.State state,
            boolean applied,
            double oldScore,
            double oldMaxScore,
            Optional<Double> newScore,
            Optional<Double> newMaxScore,
            String changes,
            String problem) {

        static RowView of(RegradeRow r) {
            return new RowView(
                    r.n(),
                    r.member(),
                    r.run(),
                    r.state(),
                    r.applied(),
                    r.old().score(),
                    r.old().most(),
                    r.renewed().map(RegradeRow.Score::score),
                    r.renewed().map(RegradeRow.Score::most),
                    r.changes(),
                    r.problem());
        }
    }

    /**
     * @param next behind which number to go on; absent at the end
     */
    @Schema(name = "RegradeRows")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record RowPage(List<RowView> items, @Nullable Integer next) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listRegrades", summary = "An assignment's regrades, the last first")
    List<RegradeView> all(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        return regrades.of(assignments.plain(seat, assignment)).stream()
                .map(RegradeView::of)
                .toList();
    }

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "beginRegrade",
            summary = "Grades all hand-ins of an assignment again, to see what would change",
            description =
                    "With the lab as it is now. Nothing is changed until it is applied; its rows tell what would be.")
    @ApiResponse(responseCode = "202", description = "Begun")
    ResponseEntity<RegradeView> begin(
            @PathVariable String course,
            @PathVariable String assignment,
            @Valid @RequestBody RegradeRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        Regrade begun = regrades.begin(seat, found, body.reason());
        String path =
                CoursePage.path(seat, "/assignments/" + found.id() + "/regrades/" + begun.id());
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1" + path))
                .body(RegradeView.of(begun));
    }

    @GetMapping(path = "/{regrade}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getRegrade", summary = "A regrade and how far it is")
    RegradeView one(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        return RegradeView.of(regrades.one(assignments.plain(seat, assignment), regrade));
    }

    @GetMapping(path = "/{regrade}/rows", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listRegradeRows", summary = "What each hand-in scores now")
    RowPage rows(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "false") boolean changed,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        Regrade one = regrades.one(assignments.plain(seat, assignment), regrade);
        List<RegradeRow> rows = regrades.rows(one, Math.max(after, 0), MOST_ROWS, changed);
        return new RowPage(
                rows.stream().map(RowView::of).toList(),
                rows.size() < MOST_ROWS ? null : Integer.valueOf(rows.getLast().n()));
    }

    @DeleteMapping("/{regrade}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "cancelRegrade", summary = "Cancels one that is under way")
    void cancel(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        regrades.cancel(regrades.one(assignments.plain(seat, assignment), regrade));
    }

    @PostMapping(path = "/{regrade}/apply", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "applyRegrade",
            summary = "Changes the results: those that become better, or all")
    RegradeView apply(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @RequestParam(defaultValue = "true") boolean raiseOnly,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        regrades.apply(seat, found, regrades.one(found, regrade), raiseOnly);
        return RegradeView.of(regrades.one(found, regrade));
    }

    @PostMapping(path = "/{regrade}/undo", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "undoRegrade", summary = "Changes all results back")
    RegradeView undo(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String regrade,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.MANAGE);
        Assignment found = assignments.plain(seat, assignment);
        regrades.undo(seat, found, regrades.one(found, regrade));
        return RegradeView.of(regrades.one(found, regrade));
    }
}
