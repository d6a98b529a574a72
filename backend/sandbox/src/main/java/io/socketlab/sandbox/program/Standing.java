package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wire.Endpoint;
import java.util.Optional;

/**
 * A thread of a program that has not come to its end, and where it waits.
 *
 * @param place in its sources, {@code server.c:41}; empty where that is not known
 * @param asleep whether it waits for another thread of its program: in a mutex, a condition, a join
 */
record Standing(Host host, Task task, String place, boolean asleep) {

    /** What a call is doing with its socket. */
    enum Direction {
        RECEIVING,
        SENDING,
        NEITHER
    }

    Direction direction() {
        return task.waitingCall().map(Standing::direction).orElse(Direction.NEITHER);
    }

    private static Direction direction(Syscall<?> call) {
        return switch (call) {
            case Syscall.Recv _, Syscall.Read _, Syscall.ReadV _, Syscall.RecvMsg _ ->
                    Direction.RECEIVING;
            case Syscall.Send _, Syscall.Write _, Syscall.WriteV _, Syscall.SendMsg _ ->
                    Direction.SENDING;
            default -> Direction.NEITHER;
        };
    }

    /** The socket that its call is about; empty if it is about none. */
    Optional<Socket> socket() {
        return task.waitingCall().flatMap(call -> task.process().fds().socket(call.fd()));
    }

    /** Whether its call has no timeout: SO_RCVTIMEO and SO_SNDTIMEO are 0. */
    boolean waitsForEver() {
        return socket().map(Socket::options)
                .filter(o -> o.receiveTimeout() == 0 && o.sendTimeout() == 0)
                .isPresent();
    }

    /** Whether its process has the other end of {@code socket}. */
    boolean hasOtherEndOf(Socket socket) {
        Optional<Endpoint> remote = socket.remoteEndpoint();
        if (remote.isEmpty() || socket.number() == 0) return false;
        return task.process().fds().numbers().stream()
                .flatMap(fd -> task.process().fds().socket(fd).stream())
                .filter(other -> other.isStream() == socket.isStream())
                .anyMatch(other ->
                        other.localEndpoint().equals(remote.get())
                                && other.remoteEndpoint()
                                        .filter(socket.localEndpoint()::equals)
                                        .isPresent());
    }

    /** {@code waits in recv()}. */
    String waiting() {
        return task.waitingCall()
                .map(call -> "waits in " + CallText.name(call) + "()")
                .orElse("waits for another of its threads");
    }

    /** {@code server in recv() at server.c:41}. */
    String inShort() {
        String call =
                task.waitingCall()
                        .map(waiting -> " in " + CallText.name(waiting) + "()")
                        .orElse(asleep ? " waiting for another of its threads" : "");
        return host.name() + call + at();
    }

    /** {@code server in recv(4, ..., 100, 0) at server.c:41}. */
    String inFull() {
        return host.name() + task.blockedCall().map(call -> " in " + call).orElse("") + at();
    }

    private String at() {
        return place.isEmpty() ? "" : " at " + place;
    }
}
