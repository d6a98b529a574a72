package io.socketlab.lab.record;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.util.List;

/** A run of a script with one seed, to be looked at. */
record Recording(Parameters parameters, List<TraceEvent> events, Checker checker) {

    /**
     * @throws io.socketlab.lab.script.ScriptException if the script cannot be understood
     */
    static Recording of(Lab lab, long seed, Source script) {
        LabRun run = LabRun.start(lab, seed);
        ScriptRunner.run(run, script);
        var parameters = run.parameters();
        return new Recording(
                parameters, run.events(), new Checker(new TraceIndex(run.events()), parameters));
    }

    boolean fulfils(Assertion assertion) {
        return checker.check(assertion).passes();
    }
}
