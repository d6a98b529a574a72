package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.wait.EventMask;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the calls are written that look for descriptors which are ready. */
final class ReadinessText {

    /** Elements of a list that are written out. */
    private static final int SHOWN = 32;

    private ReadinessText() {}

    /**
     * @param buffer what stands for the room for events
     * @param extra what the call stored; empty while it has not returned
     */
    static String arguments(Syscall<?> call, String buffer, String extra) {
        String events = extra.isEmpty() ? buffer : extra;
        return switch (call) {
            case Syscall.Poll(List<Syscall.PollFd> fds, int timeout) ->
                    entries(fds, extra) + ", " + timeout;
            case Syscall.Ppoll(List<Syscall.PollFd> fds, long timeout) ->
                    entries(fds, extra) + ", " + timeout(timeout);
            case Syscall.Select select -> extra.isEmpty() ? select(select) : extra;
            case Syscall.EpollCreate(int size) -> String.valueOf(size);
            case Syscall.EpollCreate1(int flags) -> Symbols.fileFlags(flags);
            case Syscall.EpollCtl control -> control(control);
            case Syscall.EpollWait(int fd, int max, int timeout) ->
                    fd + ", " + events + ", " + max + ", " + timeout;
            case Syscall.EpollPwait2(int fd, int max, long timeout) ->
                    fd + ", " + events + ", " + max + ", " + timeout(timeout);
            case Syscall.Kqueue _ -> "";
            case Syscall.Kevent kevent -> kevent(kevent, events);
            default -> throw new IllegalArgumentException(call + " waits for no descriptors");
        };
    }

    private static String kevent(Syscall.Kevent call, String events) {
        return call.fd()
                + ", "
                + kevents(call.changes())
                + ", "
                + call.changes().size()
                + ", "
                + events
                + ", "
                + call.max()
                + ", "
                + timeout(call.timeoutNanos());
    }

    static String kevents(List<Kevent> events) {
        return shown(events)
                .map(Kevent::toString)
                .collect(Collectors.joining(", ", "[", end(events)));
    }

    /** The array of poll(2), and how long it is. */
    private static String entries(List<Syscall.PollFd> fds, String stored) {
        return (stored.isEmpty() ? pollFds(fds, false) : stored) + ", " + fds.size();
    }

    private static String select(Syscall.Select call) {
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
                + timeout(found.leftNanos());
    }

    static String timeout(long nanos) {
        return nanos < 0 ? "NULL" : Symbols.seconds(nanos);
    }

    private static String control(Syscall.EpollCtl call) {
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

    static String events(List<Syscall.EpollEvent> events) {
        return shown(events)
                .map(e -> event(e.events(), e.data()))
                .collect(Collectors.joining(", ", "[", end(events)));
    }

    static String pollFds(List<Syscall.PollFd> fds, boolean withResult) {
        return shown(fds)
                .map(e ->
                        "{fd="
                                + e.fd()
                                + ", events="
                                + EventMask.toString(e.events())
                                + (withResult ? ", revents=" + EventMask.toString(e.revents()) : "")
                                + "}")
                .collect(Collectors.joining(", ", "[", end(fds)));
    }

    /** As strace(1): the first {@value #SHOWN}, and dots for the rest. */
    private static <T> Stream<T> shown(List<T> list) {
        return list.stream().limit(SHOWN);
    }

    private static String end(List<?> list) {
        return list.size() > SHOWN ? ", ...]" : "]";
    }

    private static String event(int events, long data) {
        return "{events=" + EventMask.toEpollString(events) + ", fd=" + data + "}";
    }
}
