package io.socketlab.lab.grade;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptResult;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;

/** From a script to a result: runs it on the lab's network and judges what happened. */
public final class ScriptGrader {

    private ScriptGrader() {}

    /**
     * @param file what errors call the script
     * @throws ScriptException if the script cannot be understood
     */
    public static ResultDocument grade(Lab lab, long seed, String file, String script) {
        LabRun run = LabRun.start(lab, seed);
        ScriptResult result = ScriptRunner.run(run, Source.of(file, script));
        return grade(lab, run, result, run.traceHash());
    }

    /**
     * Judges a run that is over.
     *
     * @param hash its trace's, for the document; may be empty where nobody reads it
     */
    static ResultDocument grade(Lab lab, LabRun run, ScriptResult result, String hash) {
        var completed =
                new CompletedRun(
                        run.seed(),
                        run.events(),
                        hash,
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
