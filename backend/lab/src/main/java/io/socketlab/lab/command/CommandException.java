package io.socketlab.lab.command;

import java.io.Serial;

/** A command line that is not understood. Nothing has been done. */
public final class CommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset in the line, of what is not understood
     * @param problem a sentence that says what was expected
     */
    CommandException(int offset, String problem) {
        super(problem);
        this.offset = offset;
    }

    /** Where in the line, in characters from its beginning. */
    public int offset() {
        return offset;
    }

    /** What was expected. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
