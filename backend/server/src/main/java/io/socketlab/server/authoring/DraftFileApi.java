package io.socketlab.server.authoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A draft's files. Whoever changes one says which version he has changed. */
@RestController
@RequestMapping(path = "/api/v1/drafts/{id}/file", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Drafts")
class DraftFileApi {

    private final Drafts drafts;

    DraftFileApi(Drafts drafts) {
        this.drafts = drafts;
    }

    /**
     * @param text absent if it is no text: then the zip has it
     */
    @Schema(name = "DraftFileContent")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ContentView(
            @Schema(example = "lab.yaml") String path,
            int version,
            int size,
            Optional<String> text) {

        static ContentView of(DraftFile file) {
            return new ContentView(file.path(), file.version(), file.size(), file.text());
        }
    }

    /**
     * @param version of the file that was changed; 0 to make one
     */
    @Schema(name = "DraftFileSave")
    record SaveRequest(
            @Schema(example = "1") @NotNull(message = "expected the version that was changed, or 0")
                    Integer version,
            @Schema(example = "// Nothing yet.\n") @NotNull(message = "expected the file's text")
                    String text) {}

    @GetMapping
    @Operation(operationId = "getDraftFile", summary = "A file of a draft")
    ContentView get(
            @PathVariable String id,
            @RequestParam String path,
            @AuthenticationPrincipal SignedIn me) {
        return ContentView.of(drafts.file(drafts.mine(me, id), path));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "saveDraftFile",
            summary = "Writes a file of a draft",
            description =
                    "Refused with 409 stale-draft if the file has another version by now: 'changes' tells what"
                            + " differs, and 'version' what to save over.")
    @ApiResponse(responseCode = "200", description = "Saved, with its new version")
    @ApiResponse(responseCode = "409", description = "It has been changed since")
    ContentView save(
            @PathVariable String id,
            @RequestParam String path,
            @Valid @RequestBody SaveRequest body,
            @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        return ContentView.of(drafts.write(draft, path, body.version(), body.text()));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteDraftFile", summary = "Deletes a file that has this version")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(responseCode = "409", description = "It has been changed since")
    void delete(
            @PathVariable String id,
            @RequestParam String path,
            @RequestParam int version,
            @AuthenticationPrincipal SignedIn me) {
        drafts.remove(drafts.mine(me, id), path, version);
    }
}
