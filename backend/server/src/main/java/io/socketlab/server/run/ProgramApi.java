package io.socketlab.server.run;

import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.sandbox.compile.Sources;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.compile.Compilers;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * C programs for the bench. Who has brought one runs it in a run of theirs by a line of input,
 * {@code exec server echo@3f2a9c107d4e 7777}.
 */
@RestController
@RequestMapping(path = "/api/v1/programs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Programs")
class ProgramApi {

    private static final int MOST_PROGRAMS = 1_000;
    private static final int MOST_SOURCE = 200_000;

    /** So long who runs a program waits for the compiler's turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LISTED = 50;

    private final ProgramStore programs;
    private final Compilers compilers;
    private final Clock clock;

    ProgramApi(ProgramStore programs, Compilers compilers, Clock clock) {
        this.programs = programs;
        this.compilers = compilers;
        this.clock = clock;
    }

    /**
     * @param title what it is called, {@code server}
     * @param source what it consists of, if that is one file
     * @param sources its files that are compiled together, by name
     * @param wasm the program as WebAssembly, in base64; it may be left out where the server has a
     *     compiler, and is not used there if the source is known
     */
    record NewProgram(
            @Schema(example = "server") @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,40}")
                    String title,
            @Schema(example = "int main(void) { return 0; }") @Size(max = MOST_SOURCE)
                    @Nullable String source,
            @Schema(example = "{\"server.c\": \"int main(void) { return 0; }\"}")
                    @Nullable Map<String, String> sources,
            @Schema(example = "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKBAECAAs=")
                    byte @Nullable [] wasm) {}

    /**
     * @param name what {@code exec} takes: its title and the beginning of its SHA-256
     * @param compiledBy the compiler of this server that made it; null if it was brought compiled
     */
    record ProgramView(
            String name,
            String source,
            Instant created,
            @Schema(example = "clang 14.0.6 (3f2a9c107d4e)") @Nullable String compiledBy) {}

    private record Made(byte[] wasm, Optional<String> by) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "addProgram",
            summary = "Brings a C program, to be run by exec",
            description =
                    "Where the server has a compiler (GET /api/v1/status says so) it compiles the source;"
                            + " elsewhere it takes the module.")
    @ApiResponse(responseCode = "201", description = "Taken")
    ResponseEntity<ProgramView> add(
            @RequestBody @Valid NewProgram program, @AuthenticationPrincipal SignedIn me) {
        var brought =
                new BroughtProgram(
                        program.title(), program.source(), program.sources(), program.wasm());
        Optional<CCompiler> compiler = compilers.of(me.id(), PATIENCE);
        brought.check(compiler.isPresent());
        if (programs.count(me.id()) >= MOST_PROGRAMS) {
            throw problem(
                    HttpStatus.CONFLICT,
                    "too-many-programs",
                    "An account has at most %d programs.".formatted(MOST_PROGRAMS));
        }
        Made made =
                compiler.isPresent() && !brought.files().isEmpty()
                        ? compiled(brought, compiler.get())
                        : new Made(brought.module(), Optional.empty());
        String name = SubmittedPrograms.name(program.title(), made.wasm());
        Instant now = DatabaseTime.now(clock);
        var added = new ProgramStore.Program(name, brought.text(), now, made.by());
        programs.add(me.id(), added, made.wasm());
        return ResponseEntity.status(HttpStatus.CREATED).body(view(added));
    }

    private static Made compiled(BroughtProgram brought, CCompiler compiler) {
        try {
            return switch (compiler.compile(new Sources(brought.files()))) {
                case Compilation.Made(byte[] wasm, _) -> {
                    brought.letIn(wasm);
                    yield new Made(wasm, Optional.of(compiler.name()));
                }
                case Compilation.Refused(List<Message> messages) ->
                        throw broken(compiler.name(), messages);
            };
        } catch (CompilerFailedException e) {
            throw problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "compiler-busy",
                    e.getMessage() + " Try again in a few seconds.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "compiler-busy", "The server is stopping.");
        }
    }

    /** What a compiler says, as a program reads it. */
    private record Told(String severity, String file, int line, int column, String text) {}

    private static ProblemException broken(String compiler, List<Message> messages) {
        String first =
                messages.stream()
                        .filter(Message::isError)
                        .findFirst()
                        .map(Message::written)
                        .orElseThrow();
        List<Told> told =
                messages.stream()
                        .map(m ->
                                new Told(
                                        m.severity().name().toLowerCase(Locale.ROOT),
                                        m.file(),
                                        m.line(),
                                        m.column(),
                                        m.text()))
                        .toList();
        return problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "compile-errors",
                        "The server's %s: %s".formatted(compiler, first))
                .with("messages", told);
    }

    @GetMapping
    @Operation(operationId = "listPrograms", summary = "One's own programs, the newest first")
    List<ProgramView> list(@AuthenticationPrincipal SignedIn me) {
        return programs.of(me.id(), LISTED).stream().map(ProgramApi::view).toList();
    }

    private static ProgramView view(ProgramStore.Program program) {
        return new ProgramView(
                program.name(),
                program.source(),
                program.created(),
                program.compiledBy().orElse(null));
    }

    private static ProblemException problem(HttpStatus status, String type, String detail) {
        return new ProblemException(status, type, "Not taken", detail);
    }
}
