package io.socketlab.lab.run;

import io.socketlab.lab.fault.DisturbanceReader;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.run.Hands.Planned;
import io.socketlab.lab.run.Hands.PlannedCommand;
import io.socketlab.lab.run.ScriptRunner.Item;
import io.socketlab.lab.script.Script;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.ExecStep;
import io.socketlab.lab.script.Step.FaultStep;
import io.socketlab.lab.script.Step.PredictStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Who;
import java.util.ArrayList;
import java.util.List;

/**
 * What the steps of a script come to, made out before the first of them is taken.
 *
 * @param source the script with its parameters filled in
 */
record ScriptPlan(Source source, List<Turn> turns) {

    ScriptPlan {
        turns = List.copyOf(turns);
    }

    /** A step whose turn comes, with what has been made of it. */
    sealed interface Turn {

        record Call(Step step, ScriptLine line) implements Turn {}

        record Shell(Step step, PlannedCommand command) implements Turn {}

        record Program(Step step, Item.Program item) implements Turn {}

        record Disturb(Step step, String line) implements Turn {}

        record Exec(Step step, String line) implements Turn {}

        record Predict(String line) implements Turn {}

        record Quiet(Step step) implements Turn {}
    }

    /**
     * @param filled the script with its parameters filled in
     * @param predictions what the lab asks
     * @param files where compiled programs are
     * @param octets what the run's calls have moved already
     * @throws ScriptException if something in it cannot be understood or done
     */
    static ScriptPlan of(
            Source filled, Hands hands, List<Prediction> predictions, LabFiles files, long octets) {
        var turns = new ArrayList<Turn>();
        long moved = octets;
        for (Step step : Script.lab(filled).steps()) {
            switch (step) {
                case CallStep call -> {
                    Planned planned = hands.foresee(filled, call);
                    moved += MovedOctets.of(planned.bound().invocation());
                    MovedOctets.check(filled, call, moved);
                    turns.add(new Turn.Call(step, ScriptLine.of(filled, call, planned)));
                }
                case ShellStep command ->
                        turns.add(new Turn.Shell(step, hands.plan(filled, command)));
                case FaultStep fault -> turns.add(disturb(hands, fault));
                case ExecStep program -> turns.add(exec(filled, hands, files, program));
                case PredictStep(var at, _, var id, var value) -> {
                    var said = new Control.Predict(at, id, value);
                    Answers.check(predictions, filled.file(), said);
                    if (turns.stream().anyMatch(turn -> !(turn instanceof Turn.Predict))) {
                        throw new ScriptException(
                                filled.file(), at, "expected predictions before the first call");
                    }
                    turns.add(new Turn.Predict("predict " + id + " " + value));
                }
                case ProgramStep program -> {
                    Who who = hands.check(filled, program);
                    var item = new Item.Program(step.position(), who, program.body());
                    turns.add(new Turn.Program(step, item));
                }
                default -> turns.add(new Turn.Quiet(step));
            }
        }
        return new ScriptPlan(filled, turns);
    }

    private static Turn exec(Source filled, Hands hands, LabFiles files, ExecStep step) {
        Control.Exec exec = ControlReader.exec(step.line());
        hands.check(filled, exec);
        LabPrograms.code(files, filled, exec);
        return new Turn.Exec(step, step.line().toString());
    }

    private static Turn disturb(Hands hands, FaultStep step) {
        DisturbanceReader.read(step.line()).ifPresent(d -> hands.check(step.line(), d));
        return new Turn.Disturb(step, step.line().toString());
    }
}
