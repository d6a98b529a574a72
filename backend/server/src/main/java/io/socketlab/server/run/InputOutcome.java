package io.socketlab.server.run;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What came of a line put into a bench. */
public sealed interface InputOutcome {

    /**
     * It is done and in the database.
     *
     * @param input its number in the log
     * @param lastSeq the number of the run's last event after it
     * @param now virtual nanoseconds, as is {@code next}
     * @param reply for the console
     */
    record Accepted(int input, int lastSeq, long now, OptionalLong next, Optional<String> reply)
            implements InputOutcome {}

    /**
     * It was not done and is not in the database.
     *
     * @param column where in the line, from 1
     */
    record Refused(String title, String detail, OptionalInt column) implements InputOutcome {

        static Refused because(String title, String detail) {
            return new Refused(title, detail, OptionalInt.empty());
        }
    }
}
