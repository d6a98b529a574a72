package io.socketlab.server.authoring;

import io.socketlab.server.web.Problem;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A file was to be changed that somebody, or another window, has changed meanwhile. Nothing has
 * been written.
 */
final class StaleDraftException extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    private final transient DraftFile now;

    /**
     * @param now the file as it is; of version 0 if it is gone
     * @param mine what was to be written
     */
    StaleDraftException(DraftFile now, String mine) {
        super(HttpStatus.CONFLICT, problem(now, mine), null);
        this.now = now;
    }

    private static ProblemDetail problem(DraftFile now, String mine) {
        String what =
                now.version() == 0
                        ? "%s has been deleted since you opened it.".formatted(now.path())
                        : "%s has been changed since you opened it.".formatted(now.path());
        ProblemDetail problem =
                Problem.of(
                        HttpStatus.CONFLICT,
                        "stale-draft",
                        "Changed meanwhile",
                        what
                                + " Nothing was saved, and nothing is lost: 'changes' tells what differs.");
        problem.setProperty("path", now.path());
        problem.setProperty("version", now.version());
        problem.setProperty("changes", text(LineDiff.hunks(now.text().orElse(""), mine)));
        return problem;
    }

    /** As diff(1) has it: from what is stored to what was to be written. */
    private static String text(List<LineDiff.Hunk> hunks) {
        var text = new StringBuilder();
        for (LineDiff.Hunk hunk : hunks) {
            text.append(hunk.range()).append('\n');
            hunk.lines().forEach(l -> text.append(l.kind().sign()).append(l.text()).append('\n'));
        }
        return text.toString();
    }

    /** The file as it is. */
    DraftFile now() {
        return now;
    }
}
