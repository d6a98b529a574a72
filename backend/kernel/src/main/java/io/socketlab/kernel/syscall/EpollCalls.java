package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Epoll;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.wait.EventMask;
import java.util.List;
import java.util.stream.Collectors;

/** epoll_create(2), epoll_ctl(2), epoll_wait(2). fs/eventpoll.c. */
final class EpollCalls {

    private static final long MS = 1_000_000L;

    /** INT_MAX / sizeof(struct epoll_event). */
    private static final int MAX_EVENTS = Integer.MAX_VALUE / 12;

    private static final int WITH_EXCLUSIVE =
            EventMask.IN
                    | EventMask.OUT
                    | EventMask.ERR
                    | EventMask.HUP
                    | EventMask.WAKEUP
                    | EventMask.ET
                    | EventMask.EXCLUSIVE;

    private final UserProcess process;
    private final FileCalls files;

    EpollCalls(UserProcess process, FileCalls files) {
        this.process = process;
        this.files = files;
    }

    PreparedCall<Integer> create(Syscall.EpollCreate call) {
        return _ -> {
            if (call.size() <= 0) return new Failed<>(Errno.EINVAL);
            return make();
        };
    }

    PreparedCall<Integer> create1(Syscall.EpollCreate1 call) {
        return _ -> {
            if ((call.flags() & ~Syscall.Fcntl.O_CLOEXEC) != 0) return new Failed<>(Errno.EINVAL);
            return make();
        };
    }

    private Outcome<Integer> make() {
        if (!process.fds().hasRoom()) return new Failed<>(Errno.EMFILE);
        return new Done<>(files.install(new OpenFile(new Epoll(), false)));
    }

    PreparedCall<Integer> control(Syscall.EpollCtl call) {
        OpenFile file = process.fds().get(call.fd());
        OpenFile target = process.fds().get(call.target());
        if (file == null || target == null) return SyscallTable.failing(Errno.EBADF);
        if (target.object() instanceof FileTree.Octets) return SyscallTable.failing(Errno.EPERM);
        if (file.equals(target) || !(file.object() instanceof Epoll epoll)) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return _ -> control(call, epoll, target);
    }

    private static Outcome<Integer> control(Syscall.EpollCtl call, Epoll epoll, OpenFile target) {
        int operation = call.operation();
        boolean adds = operation == Syscall.EpollCtl.EPOLL_CTL_ADD;
        if (isMisusedExclusive(call, target, adds)) return new Failed<>(Errno.EINVAL);
        if (adds && target.object() instanceof Epoll inner && epoll.mayNotWatch(inner)) {
            return new Failed<>(Errno.ELOOP);
        }
        var key = new Epoll.Key(target, call.target());
        boolean watched = epoll.watches(key);
        Errno failure =
                switch (operation) {
                    case Syscall.EpollCtl.EPOLL_CTL_ADD -> {
                        if (watched) yield Errno.EEXIST;
                        epoll.add(key, target.object(), call.events(), call.data());
                        target.watchedBy(epoll);
                        yield null;
                    }
                    case Syscall.EpollCtl.EPOLL_CTL_MOD -> {
                        if (!watched) yield Errno.ENOENT;
                        if ((epoll.events(key) & EventMask.EXCLUSIVE) != 0) yield Errno.EINVAL;
                        epoll.modify(key, call.events(), call.data());
                        yield null;
                    }
                    case Syscall.EpollCtl.EPOLL_CTL_DEL -> {
                        if (!watched) yield Errno.ENOENT;
                        epoll.remove(key);
                        yield null;
                    }
                    default -> Errno.EINVAL;
                };
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    /** EPOLLEXCLUSIVE goes with EPOLL_CTL_ADD alone, and with few other bits. epoll_ctl(2). */
    private static boolean isMisusedExclusive(
            Syscall.EpollCtl call, OpenFile target, boolean adds) {
        if (call.operation() == Syscall.EpollCtl.EPOLL_CTL_DEL) return false;
        if ((call.events() & EventMask.EXCLUSIVE) == 0) return false;
        return !adds || target.object() instanceof Epoll || (call.events() & ~WITH_EXCLUSIVE) != 0;
    }

    PreparedCall<List<Syscall.EpollEvent>> await(Syscall.EpollWait call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        if (call.max() <= 0 || call.max() > MAX_EVENTS) return SyscallTable.failing(Errno.EINVAL);
        if (!(file.object() instanceof Epoll epoll)) return SyscallTable.failing(Errno.EINVAL);
        return new HeldCall<>(file, 0) {

            @Override
            public Outcome<List<Syscall.EpollEvent>> attempt(boolean resumed) {
                List<Epoll.Ready> ready = epoll.take(call.max());
                if (!ready.isEmpty()) return new Done<>(events(ready));
                return new Blocked<>(epoll.sleepers(), EventMask.IN, "an event");
            }

            @Override
            public boolean isNonBlocking() {
                return call.timeoutMs() == 0;
            }

            @Override
            public boolean isExclusive() {
                return true;
            }

            @Override
            public Outcome<List<Syscall.EpollEvent>> wouldBlock() {
                return new Done<>(List.of());
            }

            @Override
            public long timeout() {
                return call.timeoutMs() < 0 ? FOREVER : call.timeoutMs() * MS;
            }
        };
    }

    private static List<Syscall.EpollEvent> events(List<Epoll.Ready> ready) {
        return ready.stream()
                .map(r -> new Syscall.EpollEvent(r.events(), r.data()))
                .collect(Collectors.toList());
    }
}
