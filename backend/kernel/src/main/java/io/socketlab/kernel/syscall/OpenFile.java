package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Socket;

/**
 * What a descriptor refers to: an open file description, open(2). It lives as long as a descriptor
 * or a call in progress refers to it.
 */
final class OpenFile {

    private final Socket socket;
    private boolean nonBlocking;
    private int references;

    OpenFile(Socket socket, boolean nonBlocking) {
        this.socket = socket;
        this.nonBlocking = nonBlocking;
    }

    Socket socket() {
        return socket;
    }

    /** O_NONBLOCK. */
    boolean isNonBlocking() {
        return nonBlocking;
    }

    void nonBlocking(boolean on) {
        nonBlocking = on;
    }

    void acquire() {
        references++;
    }

    /** Answers whether that was the last reference. */
    boolean release() {
        return --references == 0;
    }
}
