package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.PollSet;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The calls that do nothing but wait. */
final class WaitCalls {

    private static final long MS = 1_000_000L;

    /** What select(2) takes for readable, writable, exceptional. fs/select.c. */
    private static final int READABLE =
            EventMask.READABLE & ~EventMask.PRI | EventMask.HUP | EventMask.ERR | EventMask.NVAL;

    private static final int WRITABLE = EventMask.WRITABLE | EventMask.ERR | EventMask.NVAL;
    private static final int EXCEPTIONAL = EventMask.PRI | EventMask.NVAL;

    private final UserProcess process;

    WaitCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<List<Syscall.PollFd>> poll(Syscall.Poll call) {
        return poll(call.fds(), call.timeoutMs() < 0 ? -1 : call.timeoutMs() * MS);
    }

    PreparedCall<List<Syscall.PollFd>> ppoll(Syscall.Ppoll call) {
        return poll(call.fds(), call.timeoutNanos());
    }

    private PreparedCall<List<Syscall.PollFd>> poll(List<Syscall.PollFd> fds, long timeout) {
        if (fds.size() > process.fds().limit()) return SyscallTable.failing(Errno.EINVAL);
        var watched = new Watched(fds);
        return new ScanCall<>(watched, timeout, WaitCalls::result);
    }

    private static List<Syscall.PollFd> result(Watched watched) {
        int[] revents = watched.set.scan();
        var result = new ArrayList<Syscall.PollFd>();
        for (int i = 0; i < revents.length; i++) {
            Syscall.PollFd asked = watched.fds.get(i);
            result.add(new Syscall.PollFd(asked.fd(), asked.events(), revents[i]));
        }
        return result;
    }

    PreparedCall<Syscall.Selected> select(Syscall.Select call) {
        if (call.count() < 0) return SyscallTable.failing(Errno.EINVAL);
        var fds = new ArrayList<Syscall.PollFd>();
        for (int fd = 0; fd < Math.min(call.count(), process.fds().limit()); fd++) {
            int events =
                    (call.reading().contains(fd) ? READABLE : 0)
                            | (call.writing().contains(fd) ? WRITABLE : 0)
                            | (call.exceptional().contains(fd) ? EXCEPTIONAL : 0);
            if (events == 0) continue;
            if (process.fds().get(fd) == null) return SyscallTable.failing(Errno.EBADF);
            fds.add(new Syscall.PollFd(fd, events & ~EventMask.NVAL, 0));
        }
        return new ScanCall<>(
                new Watched(fds), call.timeoutNanos(), watched -> selected(call, watched));
    }

    private static Syscall.Selected selected(Syscall.Select call, Watched watched) {
        List<Syscall.PollFd> found = result(watched);
        return new Syscall.Selected(
                among(call.reading(), found, READABLE),
                among(call.writing(), found, WRITABLE),
                among(call.exceptional(), found, EXCEPTIONAL));
    }

    private static List<Integer> among(List<Integer> asked, List<Syscall.PollFd> found, int mask) {
        return found.stream()
                .filter(f -> asked.contains(f.fd()) && (f.revents() & mask) != 0)
                .map(Syscall.PollFd::fd)
                .toList();
    }

    /** Files that are looked at, held open meanwhile. */
    private final class Watched {

        private final List<Syscall.PollFd> fds;
        private final List<OpenFile> held = new ArrayList<>();
        private final PollSet set;

        Watched(List<Syscall.PollFd> fds) {
            this.fds = fds;
            List<PollSet.Entry> entries = new ArrayList<>();
            for (Syscall.PollFd entry : fds) {
                OpenFile file = process.fds().get(entry.fd());
                if (file != null) {
                    file.acquire();
                    held.add(file);
                }
                entries.add(
                        new PollSet.Entry(
                                file == null ? null : file.object(),
                                entry.events(),
                                entry.fd() < 0));
            }
            set = new PollSet(entries);
        }

        void release() {
            set.unwatch();
            for (OpenFile file : held) if (file.release()) file.close(false);
        }
    }

    private static final class ScanCall<R> implements PreparedCall<R> {

        private final Watched watched;
        private final long timeout;
        private final Function<Watched, R> result;

        /**
         * @param timeout nanoseconds, negative for ever
         */
        ScanCall(Watched watched, long timeout, Function<Watched, R> result) {
            this.watched = watched;
            this.timeout = timeout;
            this.result = result;
        }

        @Override
        public Outcome<R> attempt(boolean resumed) {
            if (watched.set.readiness() != 0) return new Done<>(result.apply(watched));
            watched.set.watch();
            return new Blocked<>(watched.set, EventMask.IN, "an event on one of the descriptors");
        }

        @Override
        public int scanned() {
            return watched.fds.size();
        }

        @Override
        public int ready() {
            return (int) Arrays.stream(watched.set.scan()).filter(r -> r != 0).count();
        }

        @Override
        public boolean isNonBlocking() {
            return timeout == 0;
        }

        @Override
        public Outcome<R> wouldBlock() {
            return new Done<>(result.apply(watched));
        }

        @Override
        public long timeout() {
            return timeout < 0 ? FOREVER : timeout;
        }

        @Override
        public void release() {
            watched.release();
        }
    }

    /** nanosleep(2): waits on nothing, and times out. */
    PreparedCall<Integer> sleep(Syscall.Sleep call) {
        if (call.nanos() < 0) return SyscallTable.failing(Errno.EINVAL);
        var nothing = new PollSet(List.of());
        return new PreparedCall<>() {

            @Override
            public Outcome<Integer> attempt(boolean resumed) {
                return new Blocked<>(nothing, 0, "the time to pass");
            }

            @Override
            public long timeout() {
                return call.nanos();
            }

            @Override
            public Outcome<Integer> timedOut() {
                return new Done<>(0);
            }
        };
    }
}
