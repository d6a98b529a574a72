package io.socketlab.server.grading;

import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.StandardInput;
import io.socketlab.server.grading.Submissions.Work;
import io.socketlab.server.run.BroughtProgram;
import io.socketlab.server.run.Run;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What somebody hands in.
 *
 * @param source script or log; a log that is left out is the attempt's own, as it stands
 */
record SubmissionRequest(
        @Schema(
                        description =
                                "script: in the language of the console; log: a recorded input log (docs/results.md),"
                                        + " or the attempt's own if source is left out; program: C programs",
                        allowableValues = {"script", "log", "program"},
                        example = "script")
                @NotNull(message = "expected script, log or program")
                String kind,
        @Schema(example = "server: socket(AF_INET, SOCK_STREAM, 0) = 3")
                @Size(max = LONGEST, message = "at most " + LONGEST + " characters")
                @Nullable String source,
        @Schema(description = "of kind program: started in this order")
                @Size(max = MOST_PROGRAMS, message = "at most " + MOST_PROGRAMS + " programs")
                @Valid
                @Nullable List<HandedIn> programs,
        @Schema(
                        description =
                                "of kind program: what is said beforehand, by the prediction's id",
                        example = "{\"told\": \"{{pieces + 5}}\"}")
                @Size(max = MOST_PROGRAMS, message = "at most " + MOST_PROGRAMS + " predictions")
                @Nullable Map<String, String> predictions) {

    private static final int MOST_PROGRAMS = 16;

    /**
     * A C program.
     *
     * @param wasm the program as WebAssembly, in base64; it may be left out where the server has a
     *     compiler and there is the source
     * @param arguments what it gets behind its name, with blanks between them
     * @param input all that it finds on its standard input
     * @param source what it consists of, if that is one file
     * @param sources its files that are compiled together, by name
     */
    record HandedIn(
            @Schema(example = "server")
                    @NotNull
                    @Pattern(
                            regexp = "[A-Za-z_][A-Za-z0-9_-]{0,60}(\\.[0-9]{1,2})?",
                            message = "a host's name")
                    String host,
            @Schema(example = "server")
                    @NotNull
                    @Pattern(regexp = "[A-Za-z0-9_-]{1,40}", message = "letters and digits")
                    String title,
            @Schema(example = "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKBAECAAs=")
                    byte @Nullable [] wasm,
            @Schema(example = "7777")
                    @Pattern(
                            regexp = "[ -~]{0,300}",
                            message = "one line of 300 characters at most")
                    @Nullable String arguments,
            @Schema(example = "hello\nworld\n")
                    @Size(
                            max = StandardInput.LONGEST,
                            message = "at most " + StandardInput.LONGEST + " characters")
                    @Nullable String input,
            @Schema(example = "int main(void) { return 0; }") @Size(max = LONGEST)
                    @Nullable String source,
            @Schema(example = "{\"server.c\": \"int main(void) { return 0; }\"}")
                    @Nullable Map<String, String> sources) {

        private ProgramAnswer.Program program(boolean compiles) {
            var brought = new BroughtProgram(title, source, sources, wasm);
            brought.check(compiles);
            return new ProgramAnswer.Program(
                    host,
                    title,
                    brought.module(),
                    arguments == null ? "" : arguments,
                    input,
                    "",
                    brought.files(),
                    "");
        }
    }

    static final int LONGEST = 400_000;

    /** What of a log stands for the attempt's own. */
    interface OwnLog {
        List<String> lines();
    }

    /**
     * What there is to grade.
     *
     * @param compiles whether the server has a compiler
     * @throws ProblemException if there is nothing that can be
     */
    Work work(Run attempt, OwnLog own, boolean compiles) {
        return switch (kind) {
            case "script" -> work(attempt, JobKind.SCRIPT, required());
            case "log" -> work(attempt, JobKind.LOG, log(attempt, own));
            case "program" -> work(attempt, JobKind.PROGRAM, programs(compiles));
            default ->
                    throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "invalid-body",
                            "Invalid body",
                            "Field 'kind': expected script, log or program, found '%s'."
                                    .formatted(kind));
        };
    }

    private static Work work(Run attempt, JobKind kind, String answer) {
        return new Work(
                Optional.of(attempt.id()),
                kind,
                attempt.labId(),
                attempt.labRevision(),
                attempt.seed(),
                answer);
    }

    private String required() {
        if (source != null) return source;
        throw new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid-body",
                "Invalid body",
                "Field 'source': expected the script.");
    }

    private String programs(boolean compiles) {
        if (programs == null || programs.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-body",
                    "Invalid body",
                    "Field 'programs': expected one at least.");
        }
        return new ProgramAnswer(
                        programs.stream().map(program -> program.program(compiles)).toList(),
                        predictions)
                .write();
    }

    private String log(Run attempt, OwnLog own) {
        if (source == null) return InputLog.write(origin(attempt), own.lines());
        try {
            InputLog.parse("log", source).origin().ifPresent(origin -> check(attempt, origin));
        } catch (ScriptException e) {
            throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "broken-log",
                            "Broken log",
                            String.valueOf(e.getMessage()))
                    .with("line", e.line())
                    .with("column", e.column());
        }
        return source;
    }

    private static void check(Run attempt, InputLog.Origin origin) {
        boolean same = origin.lab().equals(attempt.labId()) && origin.seed() == attempt.seed();
        if (same) return;
        throw new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "anothers-log",
                "Log of something else",
                "The log is of lab %s with seed %d; the attempt is of lab %s with seed %d."
                        .formatted(origin.lab(), origin.seed(), attempt.labId(), attempt.seed()));
    }

    static InputLog.Origin origin(Run attempt) {
        return new InputLog.Origin(
                attempt.labId(), attempt.labRevision(), attempt.seed(), attempt.engine());
    }
}
