package io.socketlab.server.authoring;

import io.socketlab.lab.record.ProposedCheck;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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

/** Drafts of labs, and looking at what one would be. */
@RestController
@RequestMapping(path = "/api/v1/drafts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Drafts")
class DraftApi {

    /** A zip of a lab.yaml that says id: zipped-lab, and nothing else. */
    private static final String ZIP_EXAMPLE =
            "UEsDBBQAAAAAAAAAIQAMujTCDwAAAA8AAAAIAAAAbGFiLnlhbWxpZDogemlwcGVkLWxhYgpQSwECFAMUAAAAAAAAACEADLo0wg8A"
                    + "AAAPAAAACAAAAAAAAAAAAAAAgAEAAAAAbGFiLnlhbWxQSwUGAAAAAAEAAQA2AAAANQAAAAAA";

    private final Drafts drafts;
    private final DraftReader reader;
    private final Revisions revisions;
    private final ReferenceRuns references;

    DraftApi(Drafts drafts, DraftReader reader, Revisions revisions, ReferenceRuns references) {
        this.drafts = drafts;
        this.reader = reader;
        this.revisions = revisions;
        this.references = references;
    }

    /**
     * @param lab what it is to be called: small letters, digits and '-'
     * @param from the lab of the catalogue to copy; left out, the template is
     */
    @Schema(name = "NewDraft")
    record NewDraft(
            @Schema(example = "my-lab") @NotNull(message = "expected an id, as in my-lab")
                    String lab,
            @Schema(example = "c1-handshake") @Nullable String from) {}

    /**
     * @param zip of the same files as in a folder of labs, in base64
     */
    @Schema(name = "DraftZip")
    record DraftZip(
            @Schema(example = ZIP_EXAMPLE, type = "string", format = "byte")
                    @NotNull(message = "expected a zip in base64")
                    byte[] zip) {}

    /**
     * A file that is not saved yet.
     *
     * @param path where it would be; left out, the draft is checked as it is
     * @param seed the parameters that the statement is shown with, 1 if left out
     */
    @Schema(name = "DraftCheckRequest")
    record CheckRequest(
            @Schema(example = "statement.en.md") @Nullable String path,
            @Schema(example = "Listen at port {{port}}.") @Nullable String text,
            @Schema(example = "1") @Nullable Long seed) {}

    /**
     * @param mistakes what is wrong, none if the lab can be used
     * @param statement as students see it: safe HTML
     */
    @Schema(name = "DraftCheck")
    record CheckView(List<Mistake> mistakes, String statement) {}

    /**
     * @param attempt of the draft, that did it right; left out, the scripts in solution/
     */
    @Schema(name = "RecordRequest")
    record RecordRequest(@Nullable String attempt) {}

    /**
     * @param script what the attempt has done; empty if none was named
     * @param checks those that hold in every run
     */
    @Schema(name = "Recording")
    record RecordingView(String script, List<ProposedCheck> checks) {}

    @GetMapping
    @Operation(operationId = "listDrafts", summary = "One's drafts, the last changed first")
    List<DraftView> all(@AuthenticationPrincipal SignedIn me) {
        return drafts.of(me).stream().map(this::view).toList();
    }

    private DraftView view(Draft draft) {
        return DraftView.of(draft, drafts.files(draft), revisions.of(draft));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "beginDraft",
            summary = "Begins a draft, from the template or as a copy of a lab")
    @ApiResponse(responseCode = "201", description = "Begun")
    ResponseEntity<DraftView> begin(
            @Valid @RequestBody NewDraft body, @AuthenticationPrincipal SignedIn me) {
        String from = body.from();
        return created(
                from == null
                        ? drafts.fromTemplate(me, body.lab())
                        : drafts.copyOf(me, from, body.lab()));
    }

    @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "importDraft",
            summary = "Begins a draft with what a zip holds",
            description = "Links, paths that lead out of the lab, and too much are refused.")
    @ApiResponse(responseCode = "201", description = "Begun")
    ResponseEntity<DraftView> bring(
            @Valid @RequestBody DraftZip body, @AuthenticationPrincipal SignedIn me) {
        return created(drafts.imported(me, LabZip.read(body.zip())));
    }

    private ResponseEntity<DraftView> created(Draft draft) {
        URI self = URI.create("/api/v1/drafts/" + draft.id());
        return ResponseEntity.created(self).body(view(draft));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getDraft", summary = "A draft and what files it has")
    ResponseEntity<DraftView> one(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        String eTag = "\"%s-%d\"".formatted(draft.id(), draft.version());
        return ResponseEntity.ok().eTag(eTag).body(view(draft));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteDraft",
            summary = "Deletes a draft that has this version; what has been published stays")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "409", description = "It has been changed since")
    void delete(
            @PathVariable String id,
            @RequestParam int version,
            @AuthenticationPrincipal SignedIn me) {
        drafts.delete(drafts.mine(me, id), version);
    }

    @GetMapping(path = "/{id}/zip", produces = "application/zip")
    @Operation(operationId = "exportDraft", summary = "Its files as a zip")
    ResponseEntity<byte[]> export(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        return DraftController.zip(draft.labId(), drafts.folder(draft));
    }

    @PostMapping(path = "/{id}/recording", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "recordDraft",
            summary = "Proposes checks from what does it right",
            description = "They hold in each run with several seeds. Nothing is saved.")
    RecordingView record(
            @PathVariable String id,
            @RequestBody RecordRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        Optional<String> script =
                Optional.ofNullable(body.attempt())
                        .map(run -> references.script(references.find(draft, run)));
        return new RecordingView(script.orElse(""), references.proposals(draft, script));
    }

    @PostMapping(path = "/{id}/check", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "checkDraft",
            summary = "What is wrong with a draft, as it is or as a file would make it",
            description = "Nothing is saved. The statement is rendered as students see it.")
    CheckView check(
            @PathVariable String id,
            @RequestBody CheckRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        LabFolder folder = drafts.folder(draft);
        String path = body.path();
        String text = body.text();
        if (path != null && text != null) folder = folder.with(path, text);
        DraftReader.Reading reading = reader.read(draft, folder);
        long seed = body.seed() == null ? 1 : body.seed();
        Optional<String> statement =
                DraftReader.statement(draft, reading, path == null ? "" : path, Math.max(seed, 1));
        return new CheckView(reading.mistakes(), statement.orElse(""));
    }
}
