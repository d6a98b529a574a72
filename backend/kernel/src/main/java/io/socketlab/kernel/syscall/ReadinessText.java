package io.socketlab.kernel.syscall;

import io.socketlab.kernel.wait.EventMask;
import java.util.List;
import java.util.stream.Collectors;

/** How select(2) and epoll(7) are written. */
final class ReadinessText {

    private ReadinessText() {}

    static String select(Syscall.Select call) {
        return call.count()
                + ", "
                + call.reading()
                + ", "
                + call.writing()
                + ", "
                + call.exceptional()
                + ", "
                + timeout(call.timeoutNanos());
    }

    static String selected(Syscall.Select call, Syscall.Selected found) {
        return call.count()
                + ", "
                + found.reading()
                + ", "
                + found.writing()
                + ", "
                + found.exceptional()
                + ", "
                + timeout(call.timeoutNanos());
    }

    private static String timeout(long nanos) {
        return nanos < 0 ? "NULL" : Symbols.seconds(nanos);
    }

    static String ppoll(Syscall.Ppoll call, String entries) {
        return entries + ", " + call.fds().size() + ", " + timeout(call.timeoutNanos());
    }

    static String control(Syscall.EpollCtl call) {
        String operation =
                switch (call.operation()) {
                    case Syscall.EpollCtl.EPOLL_CTL_ADD -> "EPOLL_CTL_ADD";
                    case Syscall.EpollCtl.EPOLL_CTL_DEL -> "EPOLL_CTL_DEL";
                    case Syscall.EpollCtl.EPOLL_CTL_MOD -> "EPOLL_CTL_MOD";
                    default -> Integer.toString(call.operation());
                };
        return call.fd()
                + ", "
                + operation
                + ", "
                + call.target()
                + ", "
                + event(call.events(), call.data());
    }

    static String await(Syscall.EpollWait call, String events) {
        return call.fd() + ", " + events + ", " + call.max() + ", " + call.timeoutMs();
    }

    static String events(List<Syscall.EpollEvent> events) {
        return events.stream()
                .map(e -> event(e.events(), e.data()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String event(int events, long data) {
        return "{events=" + EventMask.toEpollString(events) + ", fd=" + data + "}";
    }
}
