package io.socketlab.server.grading;

import io.socketlab.lab.grade.ResultCsv;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.compile.Compilers;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Many submissions by one request. */
@RestController
@RequestMapping("/api/v1/batches")
@Tag(name = "Batches")
class BatchApi {

    private static final int MOST = 500;
    private static final String CSV = "text/csv;charset=UTF-8";

    private final Runs runs;
    private final Submissions submissions;
    private final Jobs jobs;
    private final JobLists lists;
    private final JsonMapper json;
    private final Compilers compilers;

    BatchApi(
            Runs runs,
            Submissions submissions,
            Jobs jobs,
            JobLists lists,
            JsonMapper json,
            Compilers compilers) {
        this.runs = runs;
        this.submissions = submissions;
        this.jobs = jobs;
        this.lists = lists;
        this.json = json;
        this.compilers = compilers;
    }

    @Schema(name = "BatchItem")
    record Item(
            @NotNull(message = "expected the id of an attempt") String attempt,
            @NotNull(message = "expected what is handed in") @Valid SubmissionRequest submission) {}

    @Schema(name = "BatchRequest")
    record BatchRequest(
            @NotNull(message = "expected a list of submissions")
                    @Size(min = 1, max = MOST, message = "expected 1 to " + MOST + " submissions")
                    List<@Valid @NotNull(message = "expected a submission") Item> items) {}

    /**
     * @param phases how many of its jobs are in which phase
     * @param jobs in the order in which they were handed in
     */
    @Schema(name = "Batch")
    record BatchView(UUID id, Map<Phase, Integer> phases, List<JobView> jobs) {}

    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "submitBatch",
            summary = "Hands in up to 500 submissions, all of them or none",
            description = "Idempotency-Key holds for the whole batch.")
    @ApiResponse(responseCode = "202", description = "They will be graded")
    ResponseEntity<BatchView> submit(
            @RequestHeader(name = AttemptApi.KEY, required = false) @Nullable String key,
            @Valid @RequestBody BatchRequest body,
            @AuthenticationPrincipal SignedIn me) {
        var works = new ArrayList<Submissions.Work>();
        for (Item item : body.items()) works.add(work(me, item, works.size()));
        String request = "batch " + json.writeValueAsString(body);
        Submissions.Made made = submissions.submitAll(me.id(), works, AttemptApi.key(key, request));
        var answer = ResponseEntity.accepted().location(URI.create("/api/v1/batches/" + made.id()));
        if (made.again()) answer.header("Idempotency-Replayed", "true");
        return answer.body(view(me, made.id().toString()));
    }

    private Submissions.Work work(SignedIn me, Item item, int index) {
        try {
            Run run = runs.mine(me, item.attempt());
            return item.submission().work(run, () -> runs.lines(run), compilers.name().isPresent());
        } catch (ProblemException e) {
            throw e.with("item", index);
        }
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getBatch", summary = "A batch and its jobs")
    BatchView one(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return view(me, id);
    }

    @GetMapping(path = "/{id}/checks.csv", produces = CSV)
    @Operation(
            operationId = "getBatchChecks",
            summary = "Every check of every job of a batch that is done, as a table")
    String checks(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        var results = new LinkedHashMap<String, ResultDocument>();
        for (Job job : find(me, id)) {
            jobs.document(job).ifPresent(result -> results.put(job.id().toString(), result));
        }
        return ResultCsv.of("job", results);
    }

    private List<Job> find(SignedIn me, String id) {
        try {
            List<Job> all = lists.ofBatch(me.id(), UUID.fromString(id));
            if (all.isEmpty()) throw unknown(id);
            jobs.checkReach(me, all);
            return all;
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private BatchView view(SignedIn me, String id) {
        List<Job> all = find(me, id);
        var phases = new EnumMap<Phase, Integer>(Phase.class);
        for (Job job : all) phases.merge(job.phase(), 1, Integer::sum);
        return new BatchView(UUID.fromString(id), phases, jobs.views(all));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-batch",
                "Unknown batch",
                "You have no batch " + id + ".");
    }
}
