package io.socketlab.lab.packetdrill;

/** Ends a script: it asks for something of a real machine that a simulated host does not have. */
final class Unsupported extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String needs;

    Unsupported(String needs) {
        super(needs, null, false, false);
        this.needs = needs;
    }

    String needs() {
        return needs;
    }
}
