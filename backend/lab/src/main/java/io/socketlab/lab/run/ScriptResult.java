package io.socketlab.lab.run;

import java.util.List;
import java.util.Optional;

/**
 * How a script went.
 *
 * @param differences where a call returned something else than the script says, in the order of the
 *     lines
 * @param limit which limit of the lab ended the run before the script did
 */
public record ScriptResult(List<Difference> differences, Optional<String> limit) {

    /** How the difference of a line begins that had no turn: its task still waits. */
    public static final String NEVER_MADE = "never made: ";

    public ScriptResult {
        differences = List.copyOf(differences);
    }

    /**
     * A line that did not go as it says.
     *
     * @param line from 1
     * @param call as it was made: {@code server: accept(3)}
     */
    public record Difference(int line, String call, String expected, String actual) {}

    /** Whether everything went as the script says. */
    public boolean asExpected() {
        return differences.isEmpty() && limit.isEmpty();
    }
}
