package io.socketlab.lab.grade;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptResult;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** From a script to a result: runs it on the lab's network and judges what happened. */
public final class ScriptGrader {

    private ScriptGrader() {}

    /**
     * @param file what errors call the script
     * @throws ScriptException if the script cannot be understood
     */
    public static ResultDocument grade(Lab lab, long seed, String file, String script) {
        return grade(lab, seed, file, script, true);
    }

    /**
     * @param hashes whether the document has the trace's hash; without it, that is empty
     */
    static ResultDocument grade(Lab lab, long seed, String file, String script, boolean hashes) {
        LabRun run = LabRun.start(lab, seed);
        Optional<HashAhead> hash = hashes ? Optional.of(HashAhead.of(run)) : Optional.empty();
        ScriptResult result =
                ProgramThread.with(
                        Stream.of(script), () -> ScriptRunner.run(run, Source.of(file, script)));
        return hashed(hash, () -> grade(lab, run, result));
    }

    /**
     * Judges a run that is over, while the end of its trace is hashed where a processor is free.
     */
    static ResultDocument hashed(Optional<HashAhead> hash, Supplier<ResultDocument> judging) {
        hash.ifPresent(HashAhead::finish);
        ResultDocument judged = judging.get();
        return hash.map(h -> judged.withTraceHash(h.value())).orElse(judged);
    }

    /** Judges a run that is over; the document has no hash of its trace. */
    static ResultDocument grade(Lab lab, LabRun run, ScriptResult result) {
        var completed =
                new CompletedRun(
                        run.seed(),
                        run.events(),
                        "",
                        run.predictions(),
                        result.differences().stream()
                                .map(d ->
                                        new ResultDocument.ScriptDifference(
                                                d.line(), d.expected(), d.actual()))
                                .toList(),
                        result.limit());
        return new Grader(lab).grade(completed);
    }
}
