package io.socketlab.lab.cli;

/** The command line names something that is not there. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
