package io.socketlab.server.run;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** What was handed in on the page, graded again: the log up to there, done anew. */
@Service
public class Replays {

    private final RunStore runs;
    private final SubmissionStore submissions;
    private final BenchRegistry benches;
    private final ProgramStore programs;
    private final Labs labs;

    Replays(
            RunStore runs,
            SubmissionStore submissions,
            BenchRegistry benches,
            ProgramStore programs,
            Labs labs) {
        this.runs = runs;
        this.submissions = submissions;
        this.benches = benches;
        this.programs = programs;
        this.labs = labs;
    }

    /** That it cannot be done again as it was; the message says why, for staff. */
    public static final class CannotReplayException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public CannotReplayException(String message) {
            super(message);
        }
    }

    /**
     * Grades a submission with its lab as it is now.
     *
     * @param n of the submission, from 1
     * @throws CannotReplayException if it would go otherwise than it did, or something is gone
     */
    public ResultDocument again(UUID runId, int n) {
        Run run = runs.find(runId).orElseThrow(Replays::gone);
        Submission submission = submissions.find(runId, n).orElseThrow(Replays::gone);
        Lab lab =
                labs.find(run.labId())
                        .orElseThrow(
                                () -> new CannotReplayException("The lab is not here any more."));
        List<LoggedInput> log = runs.inputs(runId);
        List<LoggedInput> then = log.subList(0, Math.min(submission.inputCount(), log.size()));
        Lab own = lab.with(name -> programs.wasm(run.accountId(), name));
        World world = benches.compute(() -> benches.replay(own, run, then));
        Optional<String> other = world.divergence();
        if (other.isPresent()) throw new CannotReplayException(other.get());
        return benches.grade(run, world);
    }

    private static CannotReplayException gone() {
        return new CannotReplayException("It is not here any more.");
    }

    /** Puts a result in place of a submission's. */
    public void replace(
            UUID runId, int n, double score, double maxScore, String verdict, String document) {
        submissions.replace(runId, n, score, maxScore, verdict, document);
    }

    /** A result as it is stored. */
    public static String stored(ResultDocument result) {
        return ResultFormat.JSON.write(result);
    }

    /** The stored result of a submission. */
    public Optional<String> document(UUID runId, int n) {
        return submissions.find(runId, n).map(Submission::document);
    }
}
