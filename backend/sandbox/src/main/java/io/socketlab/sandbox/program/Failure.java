package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Errno;

/** A call of a program has failed: what it gets is -errno. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Errno errno;

    Failure(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
