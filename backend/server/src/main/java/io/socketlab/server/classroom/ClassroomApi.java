package io.socketlab.server.classroom;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import io.socketlab.server.run.Progress;
import io.socketlab.server.run.Run;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.ETags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A class at work on an assignment, and what goes wrong in it, for programs. */
@RestController
@RequestMapping("/api/v1/courses/{course}/assignments/{assignment}")
@Tag(name = "Courses")
class ClassroomApi {

    private final Courses courses;
    private final Assignments assignments;
    private final Wall wall;
    private final Mistakes mistakes;
    private final ETags tags;

    ClassroomApi(
            Courses courses, Assignments assignments, Wall wall, Mistakes mistakes, ETags tags) {
        this.courses = courses;
        this.assignments = assignments;
        this.wall = wall;
        this.mistakes = mistakes;
        this.tags = tags;
    }

    /**
     * @param why he is taken to be stuck; absent if he is not
     * @param run what he used last; absent if he has not begun, as is all that follows
     * @param used when something was put in last
     * @param passed of the checks that students see
     * @param checks how many there are
     * @param task the first of them that is open
     * @param lastLine what was put in last
     * @param lastError the last call that failed
     */
    @Schema(name = "WallTile")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TileView(
            UUID member,
            String name,
            String section,
            @Schema(allowableValues = {"stuck", "working", "complete", "away", "not_begun"})
                    String state,
            Optional<String> why,
            Optional<UUID> run,
            Optional<Instant> used,
            Optional<Integer> passed,
            Optional<Integer> checks,
            Optional<String> task,
            Optional<String> lastLine,
            Optional<String> lastError) {

        static TileView of(Tile tile) {
            Optional<Progress.View> progress = tile.progress();
            return new TileView(
                    tile.member().id(),
                    tile.member().name(),
                    tile.member().section(),
                    tile.state().name().toLowerCase(Locale.ROOT),
                    given(tile.why()),
                    tile.run().map(Run::id),
                    tile.run().map(Run::updated),
                    progress.map(Progress.View::passed),
                    progress.map(Progress.View::of),
                    progress.map(Progress.View::task).flatMap(TileView::given),
                    progress.map(Progress.View::lastLine).flatMap(TileView::given),
                    progress.map(Progress.View::lastError).flatMap(TileView::given));
        }

        private static Optional<String> given(String text) {
            return Optional.of(text).filter(t -> !t.isEmpty());
        }
    }

    @Schema(name = "Wall")
    record WallView(UUID assignment, List<TileView> tiles) {}

    @GetMapping(path = "/wall", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getWall",
            summary = "Where each student stands now, those first who seem to be stuck; for staff")
    ResponseEntity<WallView> wall(
            @PathVariable String course,
            @PathVariable String assignment,
            @RequestParam(defaultValue = "") String section,
            @AuthenticationPrincipal SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        Assignment found = assignments.plain(seat, assignment);
        List<TileView> tiles =
                wall.tiles(seat.course(), found, section).stream().map(TileView::of).toList();
        return tags.tagged(new WallView(found.id(), tiles));
    }

    /**
     * @param students how many have shown it
     * @param solved how many of them passed everything, before or after
     */
    @Schema(name = "Finding")
    record FindingView(String id, String text, int students, int solved) {

        static FindingView of(Mistakes.Finding f) {
            return new FindingView(f.id(), f.text(), f.students(), f.solved());
        }
    }

    /**
     * @param students how many have handed in
     * @param complete how many of them have passed everything
     * @param attempts the median of how many hand-ins that took; absent if nobody has
     * @param mistakes that the lab knows by name, by how many students, the most first
     * @param checks those that failed, likewise
     */
    @Schema(name = "Mistakes")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MistakesView(
            int students,
            int complete,
            @Nullable Double attempts,
            List<FindingView> mistakes,
            List<FindingView> checks) {}

    @GetMapping(path = "/mistakes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getMistakes",
            summary = "What goes wrong in an assignment, and how often; for staff",
            description = "With whom and where is told by their /moments.")
    ResponseEntity<MistakesView> mistakes(
            @PathVariable String course,
            @PathVariable String assignment,
            @AuthenticationPrincipal SignedIn me) {
        Mistakes.Report report = report(course, assignment, me);
        return tags.tagged(
                new MistakesView(
                        report.students(),
                        report.complete(),
                        report.attempts().isPresent()
                                ? Double.valueOf(report.attempts().getAsDouble())
                                : null,
                        report.mistakes().stream().map(FindingView::of).toList(),
                        report.checks().stream().map(FindingView::of).toList()));
    }

    private Mistakes.Report report(String course, String assignment, SignedIn me) {
        Seat seat = courses.seat(me, course, Permission.SEE_WORK);
        return mistakes.of(assignments.plain(seat, assignment));
    }

    /**
     * @param event its number in the run's trace; 0 for the run as a whole
     * @param at when it was handed in
     */
    @Schema(name = "Moment")
    record MomentView(UUID member, String name, UUID run, int event, Instant at, String path) {

        static MomentView of(Mistakes.Moment m) {
            return new MomentView(m.member(), m.whose(), m.run(), m.seq(), m.at(), m.path());
        }
    }

    @Schema(name = "MomentPage")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record MomentPage(List<MomentView> items, Optional<String> next) {}

    @GetMapping(path = "/mistakes/{mistake}/moments", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listMistakeMoments",
            summary = "Who made a mistake, and where it shows; for staff",
            description = "Of each student the last hand-in in which it does, the last first.")
    ResponseEntity<MomentPage> made(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String mistake,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal SignedIn me) {
        return moments(report(course, assignment, me).mistakes(), mistake, cursor, limit);
    }

    @GetMapping(path = "/checks/{check}/moments", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listCheckMoments",
            summary = "Who failed a check, and where it shows; for staff",
            description = "Of each student the last hand-in in which it does, the last first.")
    ResponseEntity<MomentPage> failed(
            @PathVariable String course,
            @PathVariable String assignment,
            @PathVariable String check,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal SignedIn me) {
        return moments(report(course, assignment, me).checks(), check, cursor, limit);
    }

    /** Of what nobody did there are none. */
    private ResponseEntity<MomentPage> moments(
            List<Mistakes.Finding> findings, String id, @Nullable String cursor, int limit) {
        List<Mistakes.Moment> all =
                findings.stream()
                        .filter(f -> f.id().equals(id))
                        .findFirst()
                        .map(Mistakes.Finding::moments)
                        .orElse(List.of());
        Cursor.Page<Mistakes.Moment> page = Cursor.page(cursor, limit, all, Mistakes.Moment::place);
        return tags.tagged(
                new MomentPage(page.items().stream().map(MomentView::of).toList(), page.next()));
    }
}
