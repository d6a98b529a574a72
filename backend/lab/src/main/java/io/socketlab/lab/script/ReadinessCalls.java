package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EBADF;
import static io.socketlab.kernel.socket.Errno.EEXIST;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.ELOOP;
import static io.socketlab.kernel.socket.Errno.EMFILE;
import static io.socketlab.kernel.socket.Errno.ENOENT;
import static io.socketlab.kernel.socket.Errno.ENOSYS;
import static io.socketlab.kernel.socket.Errno.EPERM;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls that wait for several descriptors at once, poll(2) aside. */
final class ReadinessCalls {

    private static final String EPFD = "The number that epoll_create() returned.";
    private static final String NOT_EPOLL = "The number is not that of an epoll instance.";
    private static final String USE_EPOLL = "Use the number that epoll_create() returned.";
    private static final String SET = "A set of descriptors below 1024: [3, 4], or NULL for none.";
    private static final String TIMEOUT = "{sec=1, usec=0}, seconds, or NULL to wait for ever.";
    private static final String MASK =
            "The signals that are blocked while it waits, and no others: [SIGALRM], or [] for none; NULL leaves them as they are.";
    private static final String NFDS = "One more than the highest number in the sets.";
    private static final String SIGNAL = "A signal arrived before anything was ready.";
    private static final String AGAIN = "Call again.";
    private static final String BSD =
            "This host is of the profile bsd, which has kqueue() instead.";
    private static final String USE_KQUEUE = "Use kqueue() here.";

    private static CallInfo select(String name, String type, String page) {
        boolean masked = name.equals("pselect");
        String mask = masked ? ", const sigset_t *sigmask" : "";
        var info =
                call(
                                "int "
                                        + name
                                        + "(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, "
                                        + type
                                        + " *timeout"
                                        + mask
                                        + ")",
                                "Waits until a descriptor in one of three sets is ready.")
                        .forms(
                                name
                                        + "(nfds, readfds, writefds, exceptfds, timeout"
                                        + (masked ? ", sigmask)" : ")"))
                        .example(name + "(4, [3], NULL, NULL, NULL" + (masked ? ", NULL)" : ")"))
                        .parameter("nfds", NFDS)
                        .parameter("readfds", SET)
                        .parameter("writefds", SET)
                        .parameter("exceptfds", SET + " Urgent data is exceptional.")
                        .parameter("timeout", TIMEOUT);
        if (masked) info.parameter("sigmask", MASK);
        return info.returns(
                        "How many are ready, in all sets together; 0 when the time ran out. -1 on error.")
                .error(
                        EBADF,
                        "A number in one of the sets is not open.",
                        "Take closed descriptors out of the sets before each call.")
                .error(EINVAL, "nfds is negative.", "Give the highest number plus one.")
                .error(EINTR, SIGNAL, AGAIN)
                .page(page);
    }

    private static final CallInfo PPOLL =
            call(
                            "int ppoll(struct pollfd *fds, nfds_t nfds, const struct timespec *timeout, const sigset_t *sigmask)",
                            "Waits until one of several descriptors is ready.")
                    .forms("ppoll(fds, nfds, timeout)", "ppoll(fds, nfds, timeout, sigmask)")
                    .example("ppoll([{fd=3, events=POLLIN}], 1, {sec=0, nsec=1000}, NULL)")
                    .parameter("fds", "As of poll().", Constants.EVENT)
                    .parameter("nfds", "How many entries.")
                    .parameter("timeout", "{sec=0, nsec=1000}, or NULL to wait for ever.")
                    .parameter("sigmask", MASK)
                    .returns("As poll(): how many entries have something in revents. -1 on error.")
                    .error(EINVAL, "There are more entries than may be open.", "Poll fewer.")
                    .error(EINTR, SIGNAL, AGAIN)
                    .page("ppoll(2)");

    private static final CallInfo EPOLL_CREATE =
            call("int epoll_create(int size)", "Makes an epoll instance, which watches files.")
                    .forms("epoll_create()", "epoll_create(size)")
                    .example("epoll_create(1)")
                    .parameter("size", "Means nothing any more, but must be positive.")
                    .returns("The new descriptor. -1 on error.")
                    .error(EINVAL, "The size is not positive.", "Use 1.")
                    .error(EMFILE, "Too many descriptors are open.", "Close some.")
                    .error(ENOSYS, BSD, USE_KQUEUE)
                    .page("epoll_create(2)");

    private static final CallInfo EPOLL_CREATE1 =
            call("int epoll_create1(int flags)", "Makes an epoll instance, which watches files.")
                    .forms("epoll_create1()", "epoll_create1(flags)")
                    .example("epoll_create1(0)")
                    .parameter("flags", "0 or EPOLL_CLOEXEC.", Constants.EPOLL_FLAG)
                    .returns("The new descriptor. -1 on error.")
                    .error(EINVAL, "The flags are not known.", "Use 0.")
                    .error(EMFILE, "Too many descriptors are open.", "Close some.")
                    .error(ENOSYS, BSD, USE_KQUEUE)
                    .page("epoll_create1(2)");

    private static final CallInfo EPOLL_CTL =
            call(
                            "int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)",
                            "Changes what an epoll instance watches.")
                    .forms("epoll_ctl(epfd, op, fd)", "epoll_ctl(epfd, op, fd, event)")
                    .example("epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN, fd=3})")
                    .parameter("epfd", EPFD)
                    .parameter(
                            "op",
                            "EPOLL_CTL_ADD begins to watch, EPOLL_CTL_MOD changes for what, EPOLL_CTL_DEL ends it.",
                            Constants.EPOLL_OPERATION)
                    .parameter("fd", "What is watched.")
                    .parameter(
                            "event",
                            "{events=EPOLLIN|EPOLLET, fd=3}: for what, and the number that epoll_wait() is to give back. EPOLLET tells of changes only, EPOLLONESHOT once only, EPOLLEXCLUSIVE wakes one of several instances.",
                            Constants.EPOLL_EVENT)
                    .returns("0. -1 on error.")
                    .error(EBADF, "One of the numbers is not open.", "Check both.")
                    .error(EEXIST, "It is watched already.", "Use EPOLL_CTL_MOD.")
                    .error(ENOENT, "It is not watched.", "Use EPOLL_CTL_ADD.")
                    .error(
                            EINVAL,
                            "epfd is no epoll instance or is fd itself; or EPOLLEXCLUSIVE is changed, or goes with a bit that it does not go with.",
                            USE_EPOLL)
                    .error(EPERM, "A plain file is always ready.", "Read it without waiting.")
                    .error(
                            ELOOP,
                            "Epoll instances would watch one another in a circle, or more than five deep.",
                            "Watch the files themselves.")
                    .page("epoll_ctl(2)");

    private static CallInfo epollWait(String name, String page) {
        boolean masked = name.startsWith("epoll_pwait");
        boolean precise = name.equals("epoll_pwait2");
        String time = precise ? "const struct timespec *timeout" : "int timeout";
        String mask = masked ? ", const sigset_t *sigmask" : "";
        var info =
                call(
                        "int "
                                + name
                                + "(int epfd, struct epoll_event *events, int maxevents, "
                                + time
                                + mask
                                + ")",
                        "Waits until a file that is watched is ready.");
        if (masked) info.forms(name + "(epfd, events, maxevents, timeout, sigmask)");
        else {
            info.forms(
                    name + "(epfd, maxevents, timeout)",
                    name + "(epfd, events, maxevents, timeout)");
        }
        info.example(
                        name
                                + "(4, ..., 10, "
                                + (precise ? "NULL" : "-1")
                                + (masked ? ", NULL)" : ")"))
                .parameter("epfd", EPFD)
                .parameter(
                        "events",
                        "Room: ...; or what is expected, {events=EPOLLIN, fd=3} or a list of such, to be compared.",
                        Constants.EPOLL_EVENT)
                .parameter("maxevents", "At most so many at a time; the others wait their turn.")
                .parameter(
                        "timeout",
                        precise
                                ? "{sec=0, nsec=1000}; 0 only looks, NULL waits for ever."
                                : "In milliseconds; 0 only looks, -1 waits for ever.");
        if (masked) info.parameter("sigmask", MASK);
        return info.returns("How many files are ready; 0 when the time ran out. -1 on error.")
                .badDescriptor()
                .error(EINVAL, NOT_EPOLL, USE_EPOLL)
                .error(EINTR, SIGNAL, AGAIN)
                .page(page);
    }

    static final List<CallInfo> CALLS =
            List.of(
                    PPOLL,
                    select("select", "struct timeval", "select(2)"),
                    select("pselect", "const struct timespec", "pselect(2)"),
                    EPOLL_CREATE,
                    EPOLL_CREATE1,
                    EPOLL_CTL,
                    epollWait("epoll_wait", "epoll_wait(2)"),
                    epollWait("epoll_pwait", "epoll_pwait(2)"),
                    epollWait("epoll_pwait2", "epoll_pwait2(2)"));

    private ReadinessCalls() {}
}
