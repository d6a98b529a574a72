package io.socketlab.server.grading;

import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.server.grading.Submissions.Work;
import io.socketlab.server.run.Run;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
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
                                        + " or the attempt's own if source is left out; program: not yet",
                        allowableValues = {"script", "log", "program"},
                        example = "script")
                @NotNull(message = "expected script, log or program")
                String kind,
        @Schema(example = "server: socket(AF_INET, SOCK_STREAM, 0) = 3")
                @Size(max = LONGEST, message = "at most " + LONGEST + " characters")
                @Nullable String source) {

    static final int LONGEST = 400_000;

    /** What of a log stands for the attempt's own. */
    interface OwnLog {
        List<String> lines();
    }

    /**
     * What there is to grade.
     *
     * @throws ProblemException if there is nothing that can be
     */
    Work work(Run attempt, OwnLog own) {
        return switch (kind) {
            case "script" -> work(attempt, JobKind.SCRIPT, required());
            case "log" -> work(attempt, JobKind.LOG, log(attempt, own));
            case "program" ->
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "not-yet",
                            "Not yet",
                            "Programs cannot be graded yet. Hand in a script or a log.");
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
