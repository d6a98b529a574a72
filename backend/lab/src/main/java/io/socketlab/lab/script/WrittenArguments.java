package io.socketlab.lab.script;

import java.util.Set;

/** Which arguments a call writes to: pointers, in C. */
public final class WrittenArguments {

    private WrittenArguments() {}

    /**
     * Their places, from 0.
     *
     * @param count of the call's arguments, because some can be left out
     */
    public static Set<Integer> of(String call, int count) {
        return switch (call) {
            case "read", "recv" -> count >= 3 ? Set.of(1) : Set.of();
            case "recvfrom" -> count == 6 ? Set.of(1, 4) : count >= 3 ? Set.of(1) : Set.of();
            case "accept", "accept4", "getsockname", "getpeername" ->
                    count >= 3 ? Set.of(1) : Set.of();
            case "getsockopt" -> count >= 4 ? Set.of(3) : Set.of();
            case "ioctl" -> count == 3 ? Set.of(2) : Set.of();
            case "select", "pselect" -> count >= 4 ? Set.of(1, 2, 3) : Set.of();
            case "poll", "ppoll" -> count >= 1 ? Set.of(0) : Set.of();
            case "epoll_wait" -> count >= 4 ? Set.of(1) : Set.of();
            case "epoll_pwait", "epoll_pwait2" -> count >= 2 ? Set.of(1) : Set.of();
            case "kevent" -> count == 6 ? Set.of(3) : Set.of();
            default -> Set.of();
        };
    }

    /**
     * Whether it reads from there before it writes: the sets of select(2), the array of poll(2).
     */
    public static boolean isReadToo(String call) {
        return switch (call) {
            case "select", "pselect", "poll", "ppoll" -> true;
            default -> false;
        };
    }
}
