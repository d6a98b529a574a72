package io.socketlab.server.authoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.grading.Verifications.Verification;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Trying and proving drafts, publishing them, and what has been published. */
@RestController
@RequestMapping(path = "/api/v1/drafts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Drafts")
class RevisionApi {

    private final Drafts drafts;
    private final Publishing publishing;
    private final Revisions revisions;

    RevisionApi(Drafts drafts, Publishing publishing, Revisions revisions) {
        this.drafts = drafts;
        this.publishing = publishing;
        this.revisions = revisions;
    }

    /**
     * A draft as it is now, which attempts can be begun of.
     *
     * @param lab what it is called, where a lab's id is asked for
     * @param revision the number that it would be published as
     */
    @Schema(name = "Trial")
    record TrialView(
            @Schema(example = "draft:3f2a9c107d4e3f2a9c107d4e3f2a9c107d4e3f2a") String lab,
            int revision,
            int seeds) {

        static TrialView of(Lab lab) {
            return new TrialView(lab.id(), lab.revision(), lab.variants().pool());
        }
    }

    /**
     * How far the proof of a draft as it is now is.
     *
     * @param job its result is the whole report
     * @param problems what is wrong, each with its place, once the job is done
     */
    @Schema(name = "DraftVerification")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record VerificationView(
            UUID job,
            @Schema(example = "DONE") String phase,
            boolean proven,
            Optional<List<String>> problems) {

        static VerificationView of(Verification v) {
            return new VerificationView(
                    v.job(), v.phase(), v.isProven(), v.report().map(r -> r.problems()));
        }
    }

    /**
     * @param hash of its files
     */
    @Schema(name = "DraftRevision")
    record PublishedView(
            @Schema(example = "my-lab") String lab, int revision, String hash, Instant published) {

        static PublishedView of(LabRevision r) {
            return new PublishedView(r.labId(), r.number(), r.tree(), r.at());
        }
    }

    @PostMapping("/trials")
    @Operation(
            operationId = "tryDraft",
            summary = "Keeps a draft as it is now, so that attempts can be begun of it",
            description =
                    "Its id stands for a lab wherever one is asked for, for its author alone: POST /attempts begins an"
                            + " attempt, POST /labs/{id}/revisions/{n}/verify verifies it.")
    TrialView tryIt(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return TrialView.of(publishing.lab(drafts.mine(me, id)));
    }

    @PostMapping("/verification")
    @Operation(
            operationId = "verifyDraft",
            summary = "Has a draft proven as it is now, with every seed of its pool")
    @ApiResponse(responseCode = "202", description = "It will be verified")
    ResponseEntity<VerificationView> verify(
            @PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        publishing.verify(draft);
        return ResponseEntity.accepted().body(view(draft));
    }

    @GetMapping("/verification")
    @Operation(
            operationId = "getDraftVerification",
            summary = "How far the proof of a draft as it is now is")
    @ApiResponse(responseCode = "404", description = "It has not been asked for")
    VerificationView verification(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return view(drafts.mine(me, id));
    }

    private VerificationView view(Draft draft) {
        return publishing
                .verification(draft)
                .map(VerificationView::of)
                .orElseThrow(DraftProblems::unverified);
    }

    @GetMapping("/revisions")
    @Operation(
            operationId = "listDraftRevisions",
            summary = "What has been published of a draft, the last first")
    List<PublishedView> all(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return revisions.of(drafts.mine(me, id)).stream().map(PublishedView::of).toList();
    }

    @PostMapping("/revisions")
    @Operation(
            operationId = "publishDraft",
            summary = "Publishes a draft as it is now",
            description = "Only what has been proven as it is; a revision never changes.")
    @ApiResponse(responseCode = "201", description = "Published")
    @ApiResponse(responseCode = "409", description = "It is not proven; the detail says why")
    ResponseEntity<PublishedView> publish(
            @PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        LabRevision revision = publishing.publish(drafts.mine(me, id));
        URI lab = URI.create("/api/v1/labs/" + revision.labId());
        return ResponseEntity.created(lab).body(PublishedView.of(revision));
    }

    @GetMapping(path = "/revisions/{n}/zip", produces = "application/zip")
    @Operation(operationId = "exportRevision", summary = "A revision's files as a zip")
    ResponseEntity<byte[]> export(
            @PathVariable String id, @PathVariable int n, @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        return DraftController.zip(draft.labId(), revisions.folder(draft, n));
    }

    @GetMapping("/diff")
    @Operation(
            operationId = "diffRevisions",
            summary = "What has become of the files between two revisions; 0 is the draft")
    List<FolderDiff.Change> diff(
            @PathVariable String id,
            @RequestParam int from,
            @RequestParam(defaultValue = "0") int to,
            @AuthenticationPrincipal SignedIn me) {
        return revisions.diff(drafts.mine(me, id), from, to);
    }
}
