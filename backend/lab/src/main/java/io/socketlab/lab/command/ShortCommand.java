package io.socketlab.lab.command;

/** A command that takes no time: it looks at something, or changes it. */
public non-sealed interface ShortCommand extends Command {

    CommandResult run(ShellHost host);
}
