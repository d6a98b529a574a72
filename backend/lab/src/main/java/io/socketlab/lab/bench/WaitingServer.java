package io.socketlab.lab.bench;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Syscall.EpollCtl;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.List;

/** A server that echoes what comes on any of many connections, by one of the ways to wait. */
final class WaitingServer {

    /** The most that a request has. */
    static final int REQUEST = 100;

    /** Events that a server takes at a time. */
    private static final int BATCH = 64;

    /** A way to wait. */
    enum Model {
        THREADS,
        SELECT,
        POLL,
        EPOLL,
        KQUEUE;

        /** Connections that it can have; those of select(2) have to fit into its sets. */
        int most() {
            return this == SELECT ? Syscall.Select.FD_SETSIZE - 24 : Integer.MAX_VALUE;
        }

        KernelProfile profile() {
            return this == KQUEUE ? KernelProfile.BSD : KernelProfile.LINUX;
        }

        /** Begins to serve; the tasks are those from {@code first} on. */
        void serve(Host host, int first, int[] fds) {
            switch (this) {
                case THREADS -> {
                    for (int i = 0; i < fds.length; i++) {
                        new OneForEach(host.task(first + i), fds[i]).run();
                    }
                }
                case SELECT -> new BySelect(host.task(first), fds).run();
                case POLL -> new ByPoll(host.task(first), fds).run();
                case EPOLL -> new ByEpoll(host.task(first), fds).run();
                case KQUEUE -> new ByKqueue(host.task(first), fds).run();
            }
        }
    }

    private WaitingServer() {}

    /** A thread for each connection, which waits for it alone. */
    private static final class OneForEach extends Program {

        private final int fd;
        private byte[] toEcho = {};

        OneForEach(Task task, int fd) {
            super(task);
            this.fd = fd;
        }

        @Override
        void step() {
            if (toEcho.length == 0) call(Stream.recv(fd, REQUEST), in -> toEcho = in.data());
            else call(new Syscall.Write(fd, toEcho), _ -> toEcho = new byte[0]);
        }
    }

    /** One thread for all: waits, then serves those that are ready, then waits again. */
    private abstract static class OneForAll extends Program {

        private final List<Integer> ready = new ArrayList<>();
        private byte[] toEcho = {};

        OneForAll(Task task) {
            super(task);
        }

        void isReady(int fd) {
            ready.add(fd);
        }

        /** Makes the call that waits, or one that prepares it. */
        abstract void await();

        @Override
        void step() {
            if (ready.isEmpty()) {
                await();
                return;
            }
            int fd = ready.getLast();
            if (toEcho.length == 0) {
                call(Stream.recv(fd, REQUEST), in -> toEcho = in.data());
            } else {
                call(
                        new Syscall.Write(fd, toEcho),
                        _ -> {
                            toEcho = new byte[0];
                            ready.removeLast();
                        });
            }
        }
    }

    private static final class BySelect extends OneForAll {

        private final Syscall.Select call;

        BySelect(Task task, int[] fds) {
            super(task);
            var set = new ArrayList<Integer>();
            int highest = 0;
            for (int fd : fds) {
                set.add(fd);
                highest = Math.max(highest, fd);
            }
            call = new Syscall.Select(highest + 1, set, List.of(), List.of(), -1);
        }

        @Override
        void await() {
            call(call, found -> found.reading().forEach(this::isReady));
        }
    }

    private static final class ByPoll extends OneForAll {

        private final Syscall.Poll call;

        ByPoll(Task task, int[] fds) {
            super(task);
            var entries = new ArrayList<Syscall.PollFd>();
            for (int fd : fds) entries.add(new Syscall.PollFd(fd, EventMask.IN, 0));
            call = new Syscall.Poll(entries, -1);
        }

        @Override
        void await() {
            call(call, this::look);
        }

        private void look(List<Syscall.PollFd> entries) {
            for (Syscall.PollFd entry : entries) if (entry.revents() != 0) isReady(entry.fd());
        }
    }

    private static final class ByEpoll extends OneForAll {

        private final int[] fds;
        private int epoll = -1;
        private int added;

        ByEpoll(Task task, int[] fds) {
            super(task);
            this.fds = fds;
        }

        @Override
        void await() {
            if (epoll < 0) {
                call(new Syscall.EpollCreate1(0), made -> epoll = made);
            } else if (added < fds.length) {
                int fd = fds[added++];
                call(new EpollCtl(epoll, EpollCtl.EPOLL_CTL_ADD, fd, EventMask.IN, fd), _ -> {});
            } else {
                call(new Syscall.EpollWait(epoll, BATCH, -1), this::look);
            }
        }

        private void look(List<Syscall.EpollEvent> events) {
            for (Syscall.EpollEvent event : events) isReady((int) event.data());
        }
    }

    private static final class ByKqueue extends OneForAll {

        private final List<Kevent> changes = new ArrayList<>();
        private int kqueue = -1;

        ByKqueue(Task task, int[] fds) {
            super(task);
            for (int fd : fds) {
                changes.add(new Kevent(fd, Kevent.EVFILT_READ, Kevent.EV_ADD, 0, 0, fd));
            }
        }

        @Override
        void await() {
            if (kqueue < 0) {
                call(new Syscall.Kqueue(), made -> kqueue = made);
            } else {
                var call = new Syscall.Kevent(kqueue, changes, BATCH, -1);
                changes.clear();
                call(call, this::look);
            }
        }

        private void look(List<Kevent> events) {
            for (Kevent event : events) isReady((int) event.udata());
        }
    }
}
