package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EBADF;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EMFILE;
import static io.socketlab.kernel.socket.Errno.ENOENT;
import static io.socketlab.kernel.socket.Errno.ENOSYS;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** kqueue(2), which hosts of the profile bsd have. */
final class KqueueCalls {

    private static final String NO_KQUEUE = "This host is not of the profile bsd.";
    private static final String USE_EPOLL = "Use epoll_create() here.";

    private static final CallInfo KQUEUE =
            call("int kqueue(void)", "Makes a queue of events. FreeBSD's, in the profile bsd.")
                    .forms("kqueue()")
                    .example("kqueue()")
                    .returns("The new descriptor. -1 on error.")
                    .error(ENOSYS, NO_KQUEUE, USE_EPOLL)
                    .error(EMFILE, "Too many descriptors are open.", "Close some.")
                    .page("kqueue(2)");

    private static final CallInfo KEVENT =
            call(
                            "int kevent(int kq, const struct kevent *changelist, int nchanges, struct kevent *eventlist, int nevents, const struct timespec *timeout)",
                            "Changes what a kqueue watches, and waits for its events.")
                    .forms(
                            "kevent(kq, changelist, nevents, timeout)",
                            "kevent(kq, changelist, nchanges, nevents, timeout)",
                            "kevent(kq, changelist, nchanges, eventlist, nevents, timeout)")
                    .example(
                            "kevent(4, [{ident=3, filter=EVFILT_READ, flags=EV_ADD, udata=3}], 1, ..., 10, NULL)")
                    .parameter("kq", "The number that kqueue() returned.")
                    .parameter(
                            "changelist",
                            "What to watch from now on, or no more: a list of {ident=3, filter=EVFILT_READ, flags=EV_ADD, fflags=0, data=0, udata=3}; NULL for nothing. What is not written is 0.",
                            Constants.KEVENT_FILTER,
                            Constants.KEVENT_FLAG,
                            Constants.KEVENT_NOTE)
                    .parameter("nchanges", "How many changes.")
                    .parameter(
                            "eventlist",
                            "Room: ...; or the events that are expected, of which what is written is compared.")
                    .parameter(
                            "nevents",
                            "At most so many events; with 0 it makes the changes and returns.")
                    .parameter("timeout", "{sec=0, nsec=1000}, seconds, or NULL to wait for ever.")
                    .returns(
                            "How many events there are; 0 when the time ran out. A change that could not be made is an event with EV_ERROR and its errno as data. -1 on error.")
                    .error(
                            EBADF,
                            "kq is no kqueue, or a change names a descriptor that is not open and there is no room to say so.",
                            "Use the number that kqueue() returned.")
                    .error(
                            ENOENT,
                            "A change is about what is not watched, and there is no room to say so.",
                            "Use EV_ADD.")
                    .error(
                            EINVAL,
                            "There is no such filter, or not for this file.",
                            "Use EVFILT_READ or EVFILT_WRITE on sockets.")
                    .error(ENOSYS, NO_KQUEUE, USE_EPOLL)
                    .error(EINTR, "A signal arrived before anything happened.", "Call again.")
                    .page("kevent(2)");

    static final List<CallInfo> CALLS = List.of(KQUEUE, KEVENT);

    private KqueueCalls() {}
}
