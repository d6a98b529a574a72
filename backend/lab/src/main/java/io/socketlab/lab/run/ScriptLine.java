package io.socketlab.lab.run;

import io.socketlab.lab.run.Hands.Planned;
import io.socketlab.lab.script.Expected;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of a script with what it is expected to return.
 *
 * @param number of the line in its file, from 1
 * @param result the number behind the sign; empty for none and for {@code ...}
 */
record ScriptLine(int number, Planned planned, Optional<Expected> expected, OptionalLong result) {

    static ScriptLine of(Source source, CallStep step, Planned planned) {
        OptionalLong result =
                step.expected().map(e -> e.value(source)).orElse(OptionalLong.empty());
        return new ScriptLine(step.position().line(), planned, step.expected(), result);
    }

    /** Whose line it is: {@code client}, {@code client.2}. */
    String task() {
        return planned.who().toString();
    }
}
