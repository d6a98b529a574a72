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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
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

/** Courses for programs. Changing them needs the scope {@code author}. */
@RestController
@RequestMapping("/api/v1/courses")
@Tag(name = "Courses")
class CourseApi {

    private final Courses courses;

    CourseApi(Courses courses) {
        this.courses = courses;
    }

    /**
     * @param role one's own in it
     * @param zone in which its pages show times
     */
    @Schema(name = "Course")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record CourseView(
            UUID id,
            String title,
            String term,
            String zone,
            int retentionDays,
            boolean archived,
            @Schema(allowableValues = {"student", "assistant", "instructor", "owner"}) String role,
            Optional<UUID> copiedFrom) {

        static CourseView of(Seat seat) {
            Course c = seat.course();
            return new CourseView(
                    c.id(),
                    c.title(),
                    c.term(),
                    c.zone().getId(),
                    c.retentionDays(),
                    c.archived(),
                    seat.member().role().name().toLowerCase(Locale.ROOT),
                    c.copiedFrom());
        }
    }

    @Schema(name = "CourseRequest")
    record CourseRequest(
            @Schema(example = "Computer networks") @NotNull(message = "expected a title")
                    String title,
            @Schema(example = "spring 2027") @NotNull(message = "expected a term, or \"\"")
                    String term,
            @Schema(example = "Europe/Berlin") @NotNull(message = "expected a time zone")
                    String zone) {}

    @Schema(name = "CourseChange")
    record CourseChange(
            @Schema(example = "Computer networks") @NotNull(message = "expected a title")
                    String title,
            @Schema(example = "spring 2027") @NotNull(message = "expected a term, or \"\"")
                    String term,
            @Schema(example = "Europe/Berlin") @NotNull(message = "expected a time zone")
                    String zone,
            @Schema(example = "730") int retentionDays,
            @Schema(example = "false") boolean archived) {}

    @Schema(name = "CourseCopy")
    record CourseCopy(
            @Schema(example = "Computer networks") @NotNull(message = "expected a title")
                    String title,
            @Schema(example = "autumn 2027") @NotNull(message = "expected a term") String term) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listCourses", summary = "The courses one is in, the newest first")
    List<CourseView> all(@AuthenticationPrincipal SignedIn me) {
        return courses.of(me).stream().map(CourseView::of).toList();
    }

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createCourse", summary = "Makes a course and owns it")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<CourseView> create(
            @Valid @RequestBody CourseRequest body, @AuthenticationPrincipal SignedIn me) {
        return created(courses.create(me, body.title(), body.term(), body.zone()));
    }

    private static ResponseEntity<CourseView> created(Seat seat) {
        return ResponseEntity.created(URI.create("/api/v1" + CoursePage.path(seat, "")))
                .body(CourseView.of(seat));
    }

    @GetMapping(path = "/{course}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getCourse", summary = "A course")
    CourseView one(@PathVariable String course, @AuthenticationPrincipal SignedIn me) {
        return CourseView.of(courses.seat(me, course, Permission.TAKE_PART));
    }

    @PutMapping(
            path = "/{course}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeCourse", summary = "Changes a course; its owner's")
    CourseView change(
            @PathVariable String course,
            @Valid @RequestBody CourseChange body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seatToChange(me, course, Permission.OWN);
        courses.change(
                seat,
                new Courses.Change(
                        body.title(),
                        body.term(),
                        body.zone(),
                        body.retentionDays(),
                        body.archived()));
        return CourseView.of(courses.seat(me, course, Permission.OWN));
    }

    @DeleteMapping("/{course}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeCourse",
            summary = "Does away with a course and all that hangs on it; its owner's")
    void remove(@PathVariable String course, @AuthenticationPrincipal SignedIn me) {
        courses.remove(courses.seatToChange(me, course, Permission.OWN));
    }

    @PostMapping(
            path = "/{course}/copies",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "copyCourse",
            summary = "The same assignments for another term, without people and times")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<CourseView> copy(
            @PathVariable String course,
            @Valid @RequestBody CourseCopy body,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.MANAGE);
        return created(courses.copy(seat, me, body.title(), body.term()));
    }
}
