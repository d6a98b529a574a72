package io.socketlab.server.run;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What students see of the results that are stored: of an exam nothing, and nothing of checks that
 * are held back. Whatever tells a student of a result, in whichever way, asks here.
 */
@Component
public class ShownResults {

    private final RunStore runs;
    private final RunRules rules;

    ShownResults(RunStore runs, RunRules rules) {
        this.runs = runs;
        this.rules = rules;
    }

    /**
     * What the owner of a run may see of a result of it.
     *
     * @param document as it is stored
     * @return empty if he may see nothing
     */
    public Optional<ResultDocument> of(UUID run, String document) {
        return of(runs.find(run).flatMap(rules::terms), document);
    }

    private static Optional<ResultDocument> of(Optional<RunRules.Terms> terms, String document) {
        if (terms.filter(RunRules.Terms::hidesScores).isPresent()) return Optional.empty();
        boolean due = terms.filter(RunRules.Terms::due).isPresent();
        return Optional.of(ResultFormat.parse(document).forStudent(due));
    }

    /**
     * A submission with the score and verdict that its student may see; as it is if he may see
     * none, which {@link RunRules#hidden} says.
     */
    Submission shown(Submission submission) {
        if (!mayHoldBack(submission.document())) return submission;
        return of(submission.runId(), submission.document())
                .map(seen ->
                        new Submission(
                                submission.runId(),
                                submission.n(),
                                submission.inputCount(),
                                submission.lastSeq(),
                                submission.traceHash(),
                                seen.score(),
                                seen.maxScore(),
                                seen.verdict().name(),
                                submission.document(),
                                submission.created()))
                .orElse(submission);
    }

    /** Most labs hold nothing back, and their results need not be read. */
    private static boolean mayHoldBack(String document) {
        return WORDS.stream().anyMatch(document::contains);
    }

    private static final Set<String> WORDS = Set.of("\"AFTER_DUE\"", "\"COUNT_ONLY\"", "\"NEVER\"");
}
