package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Epoll;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** epoll_create(2), epoll_ctl(2), epoll_wait(2), epoll_pwait2(2). fs/eventpoll.c. */
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
            return make(false);
        };
    }

    PreparedCall<Integer> create1(Syscall.EpollCreate1 call) {
        return _ -> {
            if ((call.flags() & ~Syscall.Fcntl.O_CLOEXEC) != 0) return new Failed<>(Errno.EINVAL);
            return make(call.flags() != 0);
        };
    }

    private Outcome<Integer> make(boolean closeOnExec) {
        Errno shortage = files.shortage();
        if (shortage != null) return new Failed<>(shortage);
        var epoll = new Epoll();
        OpenFile file = files.newFile(epoll, Syscall.Fcntl.O_RDWR);
        if (process.trace().isOn()) epoll.observedBy(new EpollTrace(process, epoll, file));
        return new Done<>(files.install(file, closeOnExec));
    }

    PreparedCall<Integer> control(Syscall.EpollCtl call) {
        OpenFile file = process.fds().get(call.fd());
        OpenFile target = process.fds().get(call.target());
        if (file == null || target == null) return SyscallTable.failing(Errno.EBADF);
        if (target.object() instanceof FileTree.Octets) return SyscallTable.failing(Errno.EPERM);
        if (file.equals(target) || !(file.object() instanceof Epoll epoll)) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return new Control(call, epoll, target, process.trace());
    }

    private static final class Control implements PreparedCall<Integer> {

        private final Syscall.EpollCtl call;
        private final Epoll epoll;
        private final OpenFile target;
        private final Trace trace;
        private Scan scan = Scan.NONE;

        Control(Syscall.EpollCtl call, Epoll epoll, OpenFile target, Trace trace) {
            this.call = call;
            this.epoll = epoll;
            this.target = target;
            this.trace = trace;
        }

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            boolean adds = call.operation() == Syscall.EpollCtl.EPOLL_CTL_ADD;
            if (isMisusedExclusive(call, target, adds)) return new Failed<>(Errno.EINVAL);
            if (adds && target.object() instanceof Epoll inner && epoll.mayNotWatch(inner)) {
                return new Failed<>(Errno.ELOOP);
            }
            Errno failure =
                    switch (call.operation()) {
                        case Syscall.EpollCtl.EPOLL_CTL_ADD -> add();
                        case Syscall.EpollCtl.EPOLL_CTL_MOD -> modify();
                        case Syscall.EpollCtl.EPOLL_CTL_DEL ->
                                epoll.remove(target, call.target()) ? null : Errno.ENOENT;
                        default -> Errno.EINVAL;
                    };
            return failure == null ? new Done<>(0) : new Failed<>(failure);
        }

        private @Nullable Errno add() {
            if (!epoll.add(target, call.target(), call.events(), call.data())) return Errno.EEXIST;
            return asked();
        }

        private @Nullable Errno modify() {
            int fd = call.target();
            if (!epoll.watches(target, fd)) return Errno.ENOENT;
            if ((epoll.events(target, fd) & EventMask.EXCLUSIVE) != 0) return Errno.EINVAL;
            epoll.modify(target, fd, call.events(), call.data());
            return asked();
        }

        /** The file has been asked whether it is ready at once: ep_item_poll(). */
        private @Nullable Errno asked() {
            int wanted = call.events() | EventMask.ERR | EventMask.HUP;
            int found = target.object().readiness() & wanted;
            Looks looks = Looks.toldTo(trace);
            looks.add(call.target(), call.events(), found);
            scan = new Scan(Rule.EPOLL_READY_LIST, 1, 1, found == 0 ? 0 : 1, looks);
            return null;
        }

        @Override
        public Scan scan() {
            Scan last = scan;
            scan = Scan.NONE;
            return last;
        }
    }

    /** EPOLLEXCLUSIVE goes with EPOLL_CTL_ADD alone, and with few other bits. epoll_ctl(2). */
    private static boolean isMisusedExclusive(
            Syscall.EpollCtl call, OpenFile target, boolean adds) {
        if (call.operation() == Syscall.EpollCtl.EPOLL_CTL_DEL) return false;
        if ((call.events() & EventMask.EXCLUSIVE) == 0) return false;
        return !adds || target.object() instanceof Epoll || (call.events() & ~WITH_EXCLUSIVE) != 0;
    }

    PreparedCall<List<Syscall.EpollEvent>> await(Syscall.EpollWait call) {
        return await(call.fd(), call.max(), call.timeoutMs() < 0 ? -1 : call.timeoutMs() * MS);
    }

    PreparedCall<List<Syscall.EpollEvent>> await(Syscall.EpollPwait2 call) {
        return await(call.fd(), call.max(), call.timeoutNanos());
    }

    private PreparedCall<List<Syscall.EpollEvent>> await(int fd, int max, long timeout) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        if (max <= 0 || max > MAX_EVENTS) return SyscallTable.failing(Errno.EINVAL);
        if (!(file.object() instanceof Epoll epoll)) return SyscallTable.failing(Errno.EINVAL);
        return new Await(file, epoll, max, timeout, process.trace());
    }

    /** What an epoll_wait(2) finds on the ready list. */
    private static final class Found implements Epoll.Report {

        private final List<Syscall.EpollEvent> events = new ArrayList<>();
        private final Looks looks;

        Found(Trace trace) {
            looks = Looks.toldTo(trace);
        }

        @Override
        public void ready(int revents, long data) {
            events.add(new Syscall.EpollEvent(revents, data));
        }

        @Override
        public void looked(int fd, int asked, int found) {
            looks.add(fd, asked, found);
        }
    }

    private static final class Await extends HeldCall<List<Syscall.EpollEvent>> {

        private final Epoll epoll;
        private final int max;
        private final long timeout;
        private final Trace trace;
        private Scan scan = Scan.NONE;

        /**
         * @param timeout nanoseconds, negative for ever
         */
        Await(OpenFile file, Epoll epoll, int max, long timeout, Trace trace) {
            super(file, 0);
            this.epoll = epoll;
            this.max = max;
            this.timeout = timeout;
            this.trace = trace;
        }

        @Override
        public Outcome<List<Syscall.EpollEvent>> attempt(boolean resumed) {
            var found = new Found(trace);
            int ready = epoll.take(max, found);
            int lookedAt = epoll.lookedAt();
            scan = new Scan(Rule.EPOLL_READY_LIST, lookedAt, lookedAt, ready, found.looks);
            if (ready > 0) return new Done<>(found.events);
            return new Blocked<>(epoll.sleepers(), EventMask.IN, "an event");
        }

        @Override
        public Scan scan() {
            Scan last = scan;
            scan = Scan.NONE;
            return last;
        }

        @Override
        public boolean isNonBlocking() {
            return timeout == 0;
        }

        @Override
        public boolean isExclusive() {
            return true;
        }

        @Override
        public boolean isLastComeFirst() {
            return true;
        }

        @Override
        public Outcome<List<Syscall.EpollEvent>> wouldBlock() {
            return new Done<>(List.of());
        }

        @Override
        public long timeout() {
            return timeout < 0 ? FOREVER : timeout;
        }
    }
}
