package io.socketlab.lab.grade;

/** What somebody hands in to be graded. */
public sealed interface Answer {

    /**
     * A script in the language of the console.
     *
     * @param file what errors call it
     */
    record Script(String file, String text) implements Answer {}

    /** What was put in on a bench, to be done again. */
    record Recorded(InputLog log) implements Answer {}

    /** Compiled programs for hosts of the lab. */
    record Programs(ProgramAnswer programs) implements Answer {}
}
