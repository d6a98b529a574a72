package io.socketlab.lab.command;

/** A command that goes on while time passes, as in a terminal of its own. */
public non-sealed interface LastingCommand extends Command {

    /** Begins. What it prints, and that it has ended, it tells {@code terminal}, now or later. */
    void start(ShellHost host, Terminal terminal);
}
