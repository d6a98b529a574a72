package io.socketlab.lab.command;

/** A command line that has been understood. */
public interface Command {

    CommandResult run(ShellHost host);
}
