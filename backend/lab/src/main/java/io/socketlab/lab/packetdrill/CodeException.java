package io.socketlab.lab.packetdrill;

/** A code block cannot be understood, or an assertion in it does not hold. */
final class CodeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;

    /**
     * @param line within the block, from 0
     */
    CodeException(int line, String problem) {
        super(problem, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
