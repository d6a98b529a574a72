package io.socketlab.lab.script;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A call as it is written.
 *
 * @param end where its closing parenthesis stands
 */
public record Call(Position position, String name, List<Argument> arguments, Position end) {

    public Call {
        arguments = List.copyOf(arguments);
    }

    /** In canonical form, on one line. */
    @Override
    public String toString() {
        return arguments.stream()
                .map(Argument::toString)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
