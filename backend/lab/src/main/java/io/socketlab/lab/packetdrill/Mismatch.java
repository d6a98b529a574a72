package io.socketlab.lab.packetdrill;

/** Ends a script: the host has done something else than was expected. */
final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String actual;

    Mismatch(String expected, String actual) {
        super(expected + " / " + actual, null, false, false);
        this.expected = expected;
        this.actual = actual;
    }

    String expected() {
        return expected;
    }

    String actual() {
        return actual;
    }
}
