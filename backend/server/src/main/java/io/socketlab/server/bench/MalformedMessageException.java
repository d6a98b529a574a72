package io.socketlab.server.bench;

/** A browser sent what no browser of ours sends; the message says what was expected. */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    MalformedMessageException(String expected) {
        super(expected);
    }
}
