package io.socketlab.sandbox.program;

/** Unwinds a program's thread: its task has ended, or its run is no longer wanted. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Stopped() {
        super(null, null, false, false);
    }
}
