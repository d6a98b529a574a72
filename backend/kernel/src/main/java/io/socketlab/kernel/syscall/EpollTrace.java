package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Epoll;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.InterestChanged;
import io.socketlab.kernel.trace.TraceEvent.ReadyListChanged;
import io.socketlab.kernel.trace.Watched;
import java.util.ArrayList;
import java.util.Locale;

/** Tells the trace what happens to the lists of one epoll instance. */
final class EpollTrace implements Epoll.Observer {

    private final UserProcess process;
    private final Epoll epoll;
    private final int number;

    /**
     * @param file the open file that {@code epoll} is
     */
    EpollTrace(UserProcess process, Epoll epoll, OpenFile file) {
        this.process = process;
        this.epoll = epoll;
        this.number = file.number();
    }

    @Override
    public void interest(Change change, int fd, Epoll.File file, int events, long data) {
        Trace trace = process.trace();
        trace.emit(
                new InterestChanged(
                        trace.stamp(process.host()),
                        number,
                        fd,
                        file.number(),
                        change.name().toLowerCase(Locale.ROOT),
                        events,
                        data));
    }

    @Override
    public void readyList() {
        var ready = new ArrayList<Watched>();
        epoll.ready(Looks.MOST, (fd, file) -> ready.add(new Watched(fd, file.number())));
        Trace trace = process.trace();
        trace.emit(
                new ReadyListChanged(
                        trace.stamp(process.host()),
                        number,
                        ready,
                        epoll.readyListLength() - ready.size()));
    }
}
