package io.socketlab.lab.command;

/** A command line that has been understood. */
public sealed interface Command permits ShortCommand, LastingCommand {}
