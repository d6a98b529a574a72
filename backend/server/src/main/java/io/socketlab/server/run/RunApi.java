package io.socketlab.server.run;

import io.socketlab.lab.grade.Comparison;
import io.socketlab.lab.trace.TraceJson;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One's own runs, for programs. */
@RestController
@RequestMapping("/api/v1/runs")
@Tag(name = "Runs")
class RunApi {

    private static final int MOST_EVENTS = 10_000;

    private final Runs runs;
    private final RunStore store;
    private final SubmissionStore submissions;
    private final Comparisons comparisons;
    private final BenchRegistry benches;

    RunApi(
            Runs runs,
            RunStore store,
            SubmissionStore submissions,
            Comparisons comparisons,
            BenchRegistry benches) {
        this.runs = runs;
        this.store = store;
        this.submissions = submissions;
        this.comparisons = comparisons;
        this.benches = benches;
    }

    record RunView(
            UUID id,
            String lab,
            int labRevision,
            int attempt,
            long seed,
            String engine,
            Instant created,
            int lastSeq,
            List<String> inputs) {}

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getRun", summary = "A run and its input log")
    RunView one(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Run run = runs.readable(me, id);
        return new RunView(
                run.id(),
                run.labId(),
                run.labRevision(),
                run.attempt(),
                run.seed(),
                run.engine(),
                run.created(),
                benches.bench(run).state().lastSeq(),
                store.inputs(run.id()).stream().map(LoggedInput::line).toList());
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "getRunEvents",
            summary = "Events of a run's trace, one JSON object a line")
    String events(
            @PathVariable String id,
            @RequestParam(defaultValue = "1") int from,
            @RequestParam(defaultValue = "2147483647") int to,
            @AuthenticationPrincipal SignedIn me) {
        int last = (int) Math.min(to, (long) Math.max(from, 1) + MOST_EVENTS - 1);
        return TraceJson.lines(benches.bench(runs.readable(me, id)).events(from, last));
    }

    @GetMapping(
            path = "/{id}/submissions/{n}/comparison",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getRunComparison",
            summary = "Where a hand-in parts from the nearest solution",
            description =
                    "What each task and each socket does counts, not when. How the solution goes on from there is not"
                            + " told. Only what was handed in is compared, and only so many hand-ins in an hour.")
    @ApiResponse(responseCode = "200", description = "The first difference that matters")
    @ApiResponse(responseCode = "429", description = "Too many comparisons in this hour")
    Comparison comparison(
            @PathVariable String id, @PathVariable int n, @AuthenticationPrincipal SignedIn me) {
        Run run = runs.mine(me, id);
        Submission submission =
                submissions
                        .find(run.id(), n)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-submission",
                                        "Unknown submission",
                                        "Run " + id + " has no submission " + n + "."));
        return comparisons
                .of(run, submission)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "no-solution",
                                "No solution",
                                "Lab " + run.labId() + " has no solution to compare with."));
    }
}
