package io.socketlab.server.grading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.compile.Compilers;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Attempts at labs, and handing in for them. An attempt is a run: what the page calls so too. */
@RestController
@RequestMapping("/api/v1/attempts")
@Tag(name = "Attempts")
class AttemptApi {

    static final String KEY = "Idempotency-Key";

    private final Runs runs;
    private final Labs labs;
    private final Submissions submissions;
    private final Jobs jobs;
    private final JobStore store;
    private final JsonMapper json;
    private final Compilers compilers;

    AttemptApi(
            Runs runs,
            Labs labs,
            Submissions submissions,
            Jobs jobs,
            JobStore store,
            JsonMapper json,
            Compilers compilers) {
        this.runs = runs;
        this.labs = labs;
        this.submissions = submissions;
        this.jobs = jobs;
        this.store = store;
        this.json = json;
        this.compilers = compilers;
    }

    /**
     * @param attempt counts one's attempts at the lab, from 1
     * @param seed which of the lab's variants it is
     */
    @Schema(name = "Attempt")
    record AttemptView(
            UUID id,
            @Schema(example = "c1-handshake") String lab,
            int labRevision,
            int attempt,
            long seed,
            String engine,
            Instant created,
            Map<String, String> links) {

        static AttemptView of(Run run) {
            String self = "/api/v1/attempts/" + run.id();
            return new AttemptView(
                    run.id(),
                    run.labId(),
                    run.labRevision(),
                    run.attempt(),
                    run.seed(),
                    run.engine(),
                    run.created(),
                    Map.of("self", self, "log", self + "/log"));
        }
    }

    @Schema(name = "AttemptPage")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record AttemptPage(List<AttemptView> items, Optional<String> next) {}

    @Schema(name = "AttemptRequest")
    record AttemptRequest(
            @Schema(example = "c1-handshake", description = "of the catalogue; or an assignment")
                    @Nullable String lab,
            @Schema(description = "of a course one is in; or a lab") @Nullable String assignment) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listAttempts", summary = "One's attempts, the last begun first")
    AttemptPage all(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal SignedIn me) {
        Cursor.Page<Run> page =
                Cursor.page(
                        cursor,
                        limit,
                        (place, most) -> runs.before(me, place.time(), place.id(), most),
                        run -> new Cursor(run.created(), run.id()));
        return new AttemptPage(page.items().stream().map(AttemptView::of).toList(), page.next());
    }

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "beginAttempt",
            summary = "Begins an attempt",
            description =
                    "The lab decides which seed it gets. What was begun before stays as it is.")
    @ApiResponse(responseCode = "201", description = "Begun")
    ResponseEntity<AttemptView> begin(
            @Valid @RequestBody AttemptRequest body, @AuthenticationPrincipal SignedIn me) {
        if (body.assignment() != null) return begun(runs.begin(me, body.assignment()));
        String id = Optional.ofNullable(body.lab()).orElseThrow(AttemptApi::neither);
        Problem.checkReach(me, Optional.empty());
        Lab lab =
                labs.openTo(me.id(), id)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-lab",
                                        "Unknown lab",
                                        "There is no lab %s. GET /api/v1/labs lists them."
                                                .formatted(id)));
        return begun(runs.begin(me.id(), lab));
    }

    private static ProblemException neither() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid-body",
                "Invalid body",
                "Field 'lab': expected the id of a lab, or that of an assignment in 'assignment'.");
    }

    private static ResponseEntity<AttemptView> begun(Run run) {
        AttemptView view = AttemptView.of(run);
        URI self = URI.create("/api/v1/attempts/" + view.id());
        return ResponseEntity.created(self).body(view);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getAttempt", summary = "An attempt")
    ResponseEntity<AttemptView> one(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Run run = runs.mine(me, id);
        return ResponseEntity.ok().eTag("\"" + run.id() + "\"").body(AttemptView.of(run));
    }

    @GetMapping(path = "/{id}/log", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "getAttemptLog",
            summary = "An attempt's input log, JSON lines, as 'socketlab grade' reads it")
    String log(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Run run = runs.mine(me, id);
        return InputLog.write(SubmissionRequest.origin(run), runs.lines(run));
    }

    @PostMapping(
            path = "/{id}/submissions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "submit",
            summary = "Hands something in to be graded",
            description =
                    "It is graded as a job; the answer tells which. The same request under the same Idempotency-Key"
                            + " within a day gets the same job; another request under it is refused.")
    @ApiResponse(responseCode = "202", description = "It will be graded")
    @ApiResponse(
            responseCode = "200",
            description = "It has been graded within the seconds of wait")
    ResponseEntity<JobView> submit(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int wait,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Valid @RequestBody SubmissionRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Jobs.checkWait(wait);
        Run run = runs.mine(me, id);
        Submissions.Work work = body.work(run, () -> runs.lines(run), compilers.name().isPresent());
        String request = "submit " + run.id() + " " + json.writeValueAsString(body);
        return jobs.answer(submissions.submit(me.id(), work, key(key, request)), wait);
    }

    static Optional<Idempotency.Key> key(@Nullable String name, String request) {
        return Optional.ofNullable(name).map(n -> Idempotency.Key.of(n, request));
    }

    @GetMapping(path = "/{id}/result")
    @Operation(
            operationId = "getAttemptResult",
            summary = "The result of what was handed in last and has been graded")
    @AnswersResult
    ResponseEntity<String> result(
            @PathVariable String id,
            @RequestParam(defaultValue = "json") String format,
            @AuthenticationPrincipal SignedIn me) {
        Run run = runs.mine(me, id);
        Job job =
                store.lastGraded(run.id())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "no-result",
                                        "No result",
                                        "Nothing that was handed in for attempt %s has been graded."
                                                .formatted(run.id())));
        return jobs.result(job, format);
    }
}
