package io.socketlab.server.run;

/** A bench cannot be rebuilt; the message says why, for the student. */
public final class BenchUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchUnavailableException(String message) {
        super(message);
    }

    BenchUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
