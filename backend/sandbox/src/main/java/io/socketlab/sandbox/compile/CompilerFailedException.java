package io.socketlab.sandbox.compile;

/** A program could not be compiled, for a reason that is not in its source. */
public final class CompilerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence for who wants it compiled
     */
    public CompilerFailedException(String message) {
        super(message);
    }

    CompilerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
