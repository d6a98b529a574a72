package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.Rule;
import org.jspecify.annotations.Nullable;

/** What says that a call cannot succeed, where its error alone leaves that open. */
final class FailureRules {

    private FailureRules() {}

    /** The rule by which {@code call} fails with {@code errno}; null if there is none to name. */
    static @Nullable Rule of(Syscall<?> call, Errno errno, Abi abi) {
        return switch (errno) {
            case EADDRINUSE ->
                    abi == Abi.FREEBSD ? Rule.ADDRESS_IN_USE_FREEBSD : Rule.ADDRESS_IN_USE;
            case EADDRNOTAVAIL ->
                    call instanceof Syscall.Bind ? Rule.ADDRESS_NOT_OURS : Rule.NO_PORT_LEFT;
            case ECONNREFUSED ->
                    call instanceof Syscall.Connect ? Rule.REFUSED : Rule.UDP_CONNECTED_ERROR;
            case ENETUNREACH -> Rule.NO_WAY;
            case EISCONN -> Rule.CONNECTED_ALREADY;
            case ERESTARTSYS -> Rule.CALL_RESTARTS;
            default -> null;
        };
    }
}
