package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.diff.Divergence;
import io.socketlab.lab.diff.TraceDiff;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A script beside another of the same lab and seed.
 *
 * @param reference the file that it was compared with
 * @param predictions what was said beforehand and is said otherwise in the reference
 * @param divergence where the runs first part; empty if they do not
 */
public record Comparison(
        String reference, List<String> predictions, Optional<Divergence> divergence) {

    public Comparison {
        predictions = List.copyOf(predictions);
    }

    /** What a student may see of it: how the reference goes on is not for him. */
    public Comparison forStudent() {
        List<String> ids = predictions.stream().map(p -> p.replaceFirst(":.*", "")).toList();
        return new Comparison(reference, ids, divergence.map(Divergence::withoutSequel));
    }

    /** Whether nothing that matters differs. */
    public boolean isSame() {
        return predictions.isEmpty() && divergence.isEmpty();
    }

    /**
     * Runs both.
     *
     * @throws ScriptException if one of them cannot be understood
     */
    public static Comparison of(Lab lab, long seed, Source script, Source reference) {
        return compare(
                new Recorded(run(lab, seed, script)),
                new Recorded(run(lab, seed, reference)),
                reference.file());
    }

    /**
     * Compares with that solution of the lab from which the script parts last.
     *
     * @return empty if the lab has no solution
     * @throws ScriptException if the script cannot be understood
     */
    public static Optional<Comparison> withSolutions(Lab lab, long seed, Source script) {
        LabRun run = run(lab, seed, script);
        return withSolutions(lab, seed, run.events(), run.predictions());
    }

    /**
     * Compares with that solution of the lab from which the run parts last.
     *
     * @param events what has happened in the run
     * @param predictions what was said beforehand, by id
     * @return empty if the lab has no solution
     */
    public static Optional<Comparison> withSolutions(
            Lab lab, long seed, List<TraceEvent> events, Map<String, Value> predictions) {
        var run = new Recorded(events, predictions);
        return lab.solutions().stream()
                .map(path -> {
                    Source solution = Source.of(path, lab.files().read(path).orElse(""));
                    return compare(run, new Recorded(run(lab.withAnswers(), seed, solution)), path);
                })
                .max(Comparator.comparingInt(Comparison::length));
    }

    /** How much of the run is as in the reference. */
    private int length() {
        return divergence
                .map(d ->
                        d.ours()
                                .or(d::reference)
                                .map(Divergence.Line::seq)
                                .orElse(Integer.MAX_VALUE - 1))
                .orElse(Integer.MAX_VALUE);
    }

    private static LabRun run(Lab lab, long seed, Source script) {
        LabRun run = LabRun.start(lab, seed);
        ScriptRunner.run(run, script);
        return run;
    }

    /**
     * What counts of a run.
     *
     * @param events what has happened in it
     * @param predictions what was said beforehand, by id
     */
    public record Recorded(List<TraceEvent> events, Map<String, Value> predictions) {

        private Recorded(LabRun run) {
            this(run.events(), run.predictions());
        }

        /** Where it first parts from another of the same lab and seed. */
        public Comparison beside(Recorded other) {
            return compare(this, other, "the other run");
        }
    }

    private static Comparison compare(Recorded run, Recorded reference, String file) {
        var said = new ArrayList<String>();
        reference
                .predictions()
                .forEach((id, value) -> {
                    Value own = run.predictions().get(id);
                    if (value.equals(own)) return;
                    said.add(
                            id
                                    + ": "
                                    + (own == null ? "nothing was said" : "you said " + own)
                                    + ", the reference says "
                                    + value);
                });
        return new Comparison(file, said, TraceDiff.first(run.events(), reference.events()));
    }
}
