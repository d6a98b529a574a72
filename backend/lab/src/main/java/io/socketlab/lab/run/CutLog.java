package io.socketlab.lab.run;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The beginning of a run's input log, for a run that goes another way from there. */
public final class CutLog {

    private CutLog() {}

    /**
     * The lines that make a run up to an event, and on to the end of what the kernel does in that
     * breath.
     *
     * @param inputs of a run
     * @param seq the number of the event; 0 for before the first line
     */
    public static List<String> at(Lab lab, long seed, List<String> inputs, int seq) {
        LabRun run = LabRun.start(lab, seed);
        var kept = new ArrayList<String>();
        for (String line : inputs) {
            if (run.events().size() >= seq) break;
            run.input(line);
            // where it halted, another run would go on: there the answer may be known
            boolean within = run.events().size() > seq || run.asked().isPresent();
            int end = Math.min(run.events().size(), seq);
            kept.add(within && letsTimePass(line) ? "run until event " + end : line);
        }
        return kept;
    }

    private static boolean letsTimePass(String line) {
        Optional<Control> control = ControlReader.read(Source.of("log", line));
        return control.isPresent()
                && switch (control.get()) {
                    case Control.Step _,
                            Control.StepCall _,
                            Control.Run _,
                            Control.RunFor _,
                            Control.RunUntil _,
                            Control.RunUntilEvent _ ->
                            true;
                    default -> false;
                };
    }
}
