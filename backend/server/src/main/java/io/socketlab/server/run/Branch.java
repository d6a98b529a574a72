package io.socketlab.server.run;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a run comes from.
 *
 * @param number counts the branches of an attempt; 0 for the run that was begun
 * @param parent the run that it was forked from, if that is there
 * @param seq the last event that both have in common; 0 for a run that is no fork
 * @param name what its owner calls it, at most {@link #LONGEST_NAME} characters; may be empty
 */
public record Branch(int number, Optional<UUID> parent, int seq, String name) {

    /** As the database has room for. */
    static final int LONGEST_NAME = 80;

    /** Of a run that is no fork. */
    static final Branch TRUNK = new Branch(0, Optional.empty(), 0, "");

    /** As people see it: its name, or what it is. */
    public String title() {
        if (!name.isEmpty()) return name;
        return number == 0 ? "The run as it was begun" : "Fork " + number;
    }
}
