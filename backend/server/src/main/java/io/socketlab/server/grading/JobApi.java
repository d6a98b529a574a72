package io.socketlab.server.grading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.lab.capture.CaptureTooLargeException;
import io.socketlab.lab.capture.Pcapng;
import io.socketlab.lab.trace.TraceJson;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs, and what comes of them. */
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "Jobs")
class JobApi {

    private static final String PCAPNG = "application/x-pcapng";

    private final Jobs jobs;
    private final Submissions submissions;
    private final Artifacts artifacts;

    JobApi(Jobs jobs, Submissions submissions, Artifacts artifacts) {
        this.jobs = jobs;
        this.submissions = submissions;
        this.artifacts = artifacts;
    }

    @Schema(name = "JobPage")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record JobPage(List<JobView> items, Optional<String> next) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listJobs", summary = "One's jobs, the last handed in first")
    JobPage all(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal SignedIn me) {
        Cursor.Page<Job> page =
                Cursor.page(
                        cursor,
                        limit,
                        (place, most) -> jobs.before(me, place, most),
                        job -> new Cursor(job.queued(), job.id()));
        return new JobPage(jobs.views(page.items()), page.next());
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getJob",
            summary = "A job: its phases, when it will be done, and its result in short")
    ResponseEntity<JobView> one(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        JobView view = jobs.view(jobs.mine(me, id));
        return ResponseEntity.ok().eTag(view.eTag()).body(view);
    }

    @DeleteMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "cancelJob",
            summary = "Cancels a job",
            description = "What is being graded is stopped, and its result is not written.")
    @ApiResponse(responseCode = "200", description = "Cancelled")
    @ApiResponse(responseCode = "409", description = "It is done")
    JobView cancel(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Job job = jobs.mine(me, id);
        submissions.cancel(job);
        Job now = jobs.mine(me, id);
        if (now.phase() == Phase.CANCELLED) return jobs.view(now);
        throw new ProblemException(
                HttpStatus.CONFLICT,
                "job-ended",
                "Job has ended",
                "Job %s is done and cannot be cancelled.".formatted(job.id()));
    }

    @GetMapping(path = "/{id}/result")
    @Operation(
            operationId = "getJobResult",
            summary = "A job's result: json, junit, gradescope, prairielearn, tap or csv")
    @AnswersResult
    @ApiResponse(responseCode = "409", description = "There is none, because it is not done")
    ResponseEntity<String> result(
            @PathVariable String id,
            @RequestParam(defaultValue = "json") String format,
            @AuthenticationPrincipal SignedIn me) {
        return jobs.result(jobs.mine(me, id), format);
    }

    @GetMapping(path = "/{id}/trace.jsonl", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(operationId = "getJobTrace", summary = "What happened, an event a line")
    ResponseEntity<String> trace(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Job job = jobs.mine(me, id);
        return attached(job, "jsonl").body(TraceJson.lines(artifacts.trace(job)));
    }

    @GetMapping(path = "/{id}/capture.pcapng", produces = PCAPNG)
    @Operation(operationId = "getJobCapture", summary = "The frames, for Wireshark")
    ResponseEntity<byte[]> capture(@PathVariable String id, @AuthenticationPrincipal SignedIn me)
            throws IOException {
        Job job = jobs.mine(me, id);
        var octets = new ByteArrayOutputStream();
        Pcapng.write(artifacts.capture(job), octets);
        return attached(job, "pcapng").body(octets.toByteArray());
    }

    private static ResponseEntity.BodyBuilder attached(Job job, String kind) {
        String name = job.lab() + "-" + job.id() + "." + kind;
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString());
    }

    @ExceptionHandler
    ProblemDetail tooLarge(CaptureTooLargeException e) {
        return Problem.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "capture-too-large",
                "Capture too large",
                e.getMessage() + " Run it by the command line to capture it.");
    }
}
