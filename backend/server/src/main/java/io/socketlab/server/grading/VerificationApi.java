package io.socketlab.server.grading;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proving a lab: a job as any other, whose result is a report. */
@RestController
@RequestMapping("/api/v1/labs/{id}/revisions/{revision}")
@Tag(name = "Labs")
class VerificationApi {

    private final Labs labs;
    private final Submissions submissions;
    private final Jobs jobs;

    VerificationApi(Labs labs, Submissions submissions, Jobs jobs) {
        this.labs = labs;
        this.submissions = submissions;
        this.jobs = jobs;
    }

    @PostMapping(path = "/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "verifyLab",
            summary = "Has a lab verified",
            description =
                    "Its solutions must earn every point and its wrong answers fail as they say, for each seed. Needs"
                            + " the scope 'author'.")
    @ApiResponse(responseCode = "202", description = "It will be verified")
    @ApiResponse(
            responseCode = "200",
            description = "It has been verified within the seconds of wait")
    ResponseEntity<JobView> verify(
            @PathVariable String id,
            @PathVariable int revision,
            @RequestParam(required = false) @Nullable Long seeds,
            @RequestParam(defaultValue = "0") int wait,
            @RequestHeader(name = AttemptApi.KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal SignedIn me) {
        Jobs.checkWait(wait);
        Lab lab =
                labs.openTo(me.id(), id)
                        .filter(l -> l.revision() == revision)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-lab",
                                        "Unknown lab",
                                        "There is no revision %d of a lab %s."
                                                .formatted(revision, id)));
        int pool = lab.variants().pool();
        if (seeds != null && (seeds < 1 || seeds > pool)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-parameter",
                    "Invalid parameter",
                    "Parameter 'seeds': expected 1 to %d, found '%d'.".formatted(pool, seeds));
        }
        long count = seeds == null ? pool : seeds;
        Submissions.Work work = Verifications.work(lab, count);
        String request = "verify %s %d %d".formatted(id, revision, count);
        return jobs.answer(submissions.submit(me.id(), work, AttemptApi.key(key, request)), wait);
    }
}
