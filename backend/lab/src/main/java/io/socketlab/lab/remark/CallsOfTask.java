package io.socketlab.lab.remark;

import io.socketlab.kernel.trace.TraceEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of one task, as far as is needed to say of which failures it took no notice. */
final class CallsOfTask {

    /** Those that give descriptors. */
    private static final Set<String> OPENING =
            Set.of(
                    "socket",
                    "accept",
                    "accept4",
                    "dup",
                    "dup2",
                    "dup3",
                    "fcntl",
                    "pipe",
                    "pipe2",
                    "socketpair",
                    "epoll_create",
                    "epoll_create1",
                    "kqueue",
                    "open");

    private static final Set<String> RECEIVING =
            Set.of("recv", "recvfrom", "recvmsg", "read", "readv");

    private static final Set<String> SENDING =
            Set.of("send", "sendto", "sendmsg", "write", "writev");

    /** Those that take a descriptor first. close(-1) is passed over: some clean up like that. */
    private static final Set<String> TAKING =
            Set.of(
                    "bind",
                    "listen",
                    "accept",
                    "accept4",
                    "connect",
                    "shutdown",
                    "getsockname",
                    "getpeername",
                    "getsockopt",
                    "setsockopt",
                    "epoll_wait",
                    "fcntl",
                    "ioctl");

    /** With which connect(2) has not failed: it goes on, or is done already. */
    private static final Set<String> GOING_ON =
            Set.of("EINPROGRESS", "EALREADY", "EISCONN", "EINTR");

    /**
     * A call that has returned.
     *
     * @param errno its symbol, null if it has not failed
     * @param place where it stands; null where that is not known, as of a script's
     * @param seq of the event of its return
     */
    record Made(
            String name,
            int fd,
            long result,
            @Nullable String errno,
            @Nullable String place,
            int seq) {

        boolean opensDescriptors() {
            return OPENING.contains(name);
        }

        boolean accepts() {
            return name.equals("accept") || name.equals("accept4");
        }

        boolean receives() {
            return RECEIVING.contains(name);
        }

        /** {@code accept() at server.c:41}. */
        String where() {
            return name + "() at " + place;
        }

        /** {@code connect() failed with ECONNREFUSED}. */
        Remark.Related related(String host) {
            String what = errno == null ? "() gave " + result : "() failed with " + errno;
            return new Remark.Related(host, place == null ? "" : place, name + what, seq);
        }

        private boolean isLike(Made other) {
            return name.equals(other.name)
                    && fd == other.fd
                    && result == other.result
                    && Objects.equals(errno, other.errno)
                    && Objects.equals(place, other.place);
        }
    }

    private TraceEvent.@Nullable CallEntered current;
    private @Nullable Made last;
    private @Nullable Made firstOfSame;
    private int same;
    private @Nullable Made failedDescriptor;

    /** By descriptor, what has failed with it so that others cannot do what they are for. */
    private final Map<Integer, Made> failedConnects = new HashMap<>();

    private final Map<Integer, Made> failedBinds = new HashMap<>();
    private @Nullable Ignored ignored;

    /**
     * A failure that nobody looked at, as what came next shows.
     *
     * @param text both, in a sentence
     */
    record Ignored(Made failure, String text) {}

    void entered(TraceEvent.CallEntered event) {
        current = event;
    }

    /** Whether it is in a call that gives descriptors. */
    boolean opensDescriptors() {
        return current != null && OPENING.contains(current.name());
    }

    /** Its call has returned; answers it with its place. */
    Optional<Made> returned(TraceEvent.CallReturned event) {
        TraceEvent.CallEntered entered = current;
        current = null;
        if (entered == null || entered.call() != event.call()) return Optional.empty();
        if (event.isMadeAgain()) return Optional.empty(); // its program has not seen it return
        var made =
                new Made(
                        event.name(),
                        event.fd(),
                        event.result(),
                        event.errno(),
                        entered.place(),
                        event.stamp().seq());
        ignored = made.place() == null ? null : ignoredBefore(made);
        note(made);
        same = last != null && last.isLike(made) ? same + 1 : 1;
        if (same == 1) firstOfSame = made;
        last = made;
        return Optional.of(made);
    }

    private void note(Made made) {
        boolean failed = made.errno() != null;
        if (made.opensDescriptors()) failedDescriptor = failed ? made : null;
        switch (made.name()) {
            case "connect" ->
                    note(failedConnects, made, failed && !GOING_ON.contains(made.errno()));
            case "bind" -> note(failedBinds, made, failed);
            case "close", "dup2", "dup3" -> {
                failedConnects.remove(made.fd());
                failedBinds.remove(made.fd());
            }
            default -> {}
        }
        if (!failed && made.opensDescriptors()) {
            failedConnects.remove((int) made.result());
            failedBinds.remove((int) made.result());
        }
    }

    private static void note(Map<Integer, Made> failures, Made made, boolean failed) {
        if (failed) failures.put(made.fd(), made);
        else failures.remove(made.fd());
    }

    /** What the last call shows of an earlier failure: empty if nothing. */
    Optional<Ignored> ignored() {
        return Optional.ofNullable(ignored);
    }

    private @Nullable Ignored ignoredBefore(Made made) {
        boolean moves = made.receives() || SENDING.contains(made.name());
        boolean takes = moves || TAKING.contains(made.name());
        if (takes && made.fd() == -1 && failedDescriptor != null) {
            return new Ignored(
                    failedDescriptor,
                    "%s failed with %s, and the program went on with -1 as its descriptor: %s failed with %s."
                            .formatted(
                                    failedDescriptor.where(),
                                    failedDescriptor.errno(),
                                    made.where(),
                                    made.errno()));
        }
        Made connect = failedConnects.get(made.fd());
        if (moves && connect != null && made.errno() != null) {
            failedConnects.remove(made.fd());
            return new Ignored(
                    connect,
                    "%s failed with %s, and the program went on as if it were connected: %s failed with %s."
                            .formatted(
                                    connect.where(), connect.errno(), made.where(), made.errno()));
        }
        Made bind = failedBinds.get(made.fd());
        if (made.name().equals("listen") && bind != null && made.errno() == null) {
            failedBinds.remove(made.fd());
            return new Ignored(
                    bind,
                    "%s failed with %s, and the program went on: since %s the socket listens on a port that the kernel has chosen."
                            .formatted(bind.where(), bind.errno(), made.where()));
        }
        return null;
    }

    /** The call that returned last. */
    Optional<Made> last() {
        return Optional.ofNullable(last);
    }

    /** How often it has done just that, one time after the other. */
    int same() {
        return same;
    }

    /** The first of those. */
    Optional<Made> firstOfSame() {
        return Optional.ofNullable(firstOfSame);
    }

    /** The call that was to give a descriptor last, if it has failed. */
    Optional<Made> failedDescriptor() {
        return Optional.ofNullable(failedDescriptor);
    }

    /** Its process is over; another may get its number. */
    void forget() {
        current = null;
        last = null;
        firstOfSame = null;
        same = 0;
        failedDescriptor = null;
        failedConnects.clear();
        failedBinds.clear();
    }
}
