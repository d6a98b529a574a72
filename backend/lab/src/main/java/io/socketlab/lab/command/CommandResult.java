package io.socketlab.lab.command;

/**
 * What a command did.
 *
 * @param status its exit status, 0 for success
 * @param output what it printed, to either stream: lines, each with its end
 */
public record CommandResult(int status, String output) {

    static CommandResult of(String output) {
        return new CommandResult(0, output);
    }

    static CommandResult failed(int status, String message) {
        return new CommandResult(status, message + "\n");
    }
}
