package io.socketlab.server.run;

import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Compiled C programs. Who has brought one runs it in a run of theirs by a line of input, {@code
 * exec server echo@3f2a9c107d4e 7777}.
 */
@RestController
@RequestMapping(path = "/api/v1/programs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Programs")
class ProgramApi {

    private static final int MOST_PROGRAMS = 1_000;
    private static final int MOST_SOURCE = 200_000;
    private static final int LISTED = 50;

    private final ProgramStore programs;
    private final Clock clock;

    ProgramApi(ProgramStore programs, Clock clock) {
        this.programs = programs;
        this.clock = clock;
    }

    /**
     * @param title what it is called, {@code server}
     * @param source what it was compiled of, for whoever reads it
     * @param wasm the program as WebAssembly, in base64
     */
    record NewProgram(
            @Schema(example = "server") @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,40}")
                    String title,
            @Schema(example = "int main(void) { return 0; }") @NotNull @Size(max = MOST_SOURCE)
                    String source,
            @Schema(example = "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKBAECAAs=") @NotNull
                    byte[] wasm) {}

    /**
     * @param name what {@code exec} takes: its title and the beginning of its SHA-256
     */
    record ProgramView(String name, String source, Instant created) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "addProgram", summary = "Brings a compiled program, to be run by exec")
    @ApiResponse(responseCode = "201", description = "Taken")
    ResponseEntity<ProgramView> add(
            @RequestBody @Valid NewProgram program, @AuthenticationPrincipal SignedIn me) {
        Optional<String> refused = ProgramRunner.refusal(program.wasm());
        if (refused.isPresent()) {
            throw problem(HttpStatus.UNPROCESSABLE_CONTENT, "program-refused", refused.get());
        }
        if (programs.count(me.id()) >= MOST_PROGRAMS) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "too-many-programs",
                    "An account has at most %d programs.".formatted(MOST_PROGRAMS));
        }
        String name = SubmittedPrograms.name(program.title(), program.wasm());
        Instant now = DatabaseTime.now(clock);
        var added = new ProgramStore.Program(name, program.source(), now);
        programs.add(me.id(), added, program.wasm());
        return ResponseEntity.status(HttpStatus.CREATED).body(view(added));
    }

    @GetMapping
    @Operation(operationId = "listPrograms", summary = "One's own programs, the newest first")
    List<ProgramView> list(@AuthenticationPrincipal SignedIn me) {
        return programs.of(me.id(), LISTED).stream().map(ProgramApi::view).toList();
    }

    private static ProgramView view(ProgramStore.Program program) {
        return new ProgramView(program.name(), program.source(), program.created());
    }

    private static ProblemException problem(HttpStatus status, String type, String detail) {
        return new ProblemException(status, type, "Not taken", detail);
    }
}
