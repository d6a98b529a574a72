package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Filter;
import io.socketlab.kernel.poll.Filters;
import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.poll.Kqueue;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** kqueue(2), kevent(2). FreeBSD's sys/kern/kern_event.c, kqueue_kevent(). */
final class KqueueCalls {

    private final UserProcess process;
    private final FileCalls files;

    KqueueCalls(UserProcess process, FileCalls files) {
        this.process = process;
        this.files = files;
    }

    PreparedCall<Integer> create(Syscall.Kqueue call) {
        return _ -> {
            Errno shortage = files.shortage();
            if (shortage != null) return new Failed<>(shortage);
            var kqueue = new Kqueue(process.loop());
            process.fds().watchedBy(kqueue);
            OpenFile file = files.newFile(kqueue, Syscall.Fcntl.O_RDWR);
            if (process.trace().isOn()) kqueue.observedBy(new KqueueTrace(process, file));
            return new Done<>(files.install(file, false));
        };
    }

    PreparedCall<List<Kevent>> kevent(Syscall.Kevent call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null || !(file.object() instanceof Kqueue kqueue)) {
            return SyscallTable.failing(Errno.EBADF);
        }
        return new Call(file, kqueue, call);
    }

    /** What a kevent(2) finds in the queue. */
    private static final class Found implements Kqueue.Report {

        private final List<Kevent> events = new ArrayList<>();
        private final Looks looks;

        Found(Trace trace) {
            looks = Looks.toldTo(trace);
        }

        @Override
        public void event(Kevent event) {
            events.add(event);
        }

        @Override
        public void looked(long ident, int filter, boolean told) {
            looks.add(ident, filter, told ? 1 : 0);
        }
    }

    private final class Call extends HeldCall<List<Kevent>> {

        private final Kqueue kqueue;
        private final Syscall.Kevent call;
        private int ready;
        private Looks looks = Looks.NONE;

        Call(OpenFile file, Kqueue kqueue, Syscall.Kevent call) {
            super(file, 0);
            this.kqueue = kqueue;
            this.call = call;
        }

        @Override
        public Outcome<List<Kevent>> attempt(boolean resumed) {
            if (!resumed) {
                Outcome<List<Kevent>> over = change();
                if (over != null) return over;
            }
            var found = new Found(process.trace());
            ready = kqueue.take(call.max(), found);
            looks = found.looks;
            if (ready > 0) return new Done<>(found.events);
            return new Blocked<>(kqueue.sleepers(), EventMask.IN, "an event in the kqueue");
        }

        /** Makes the changes; null if the call is to go on and look for events. */
        private @Nullable Outcome<List<Kevent>> change() {
            var receipts = new ArrayList<Kevent>();
            for (Kevent change : call.changes()) {
                if (change.filter() == 0) continue;
                Optional<Errno> refused = register(change);
                if (refused.isEmpty() && !change.has(Kevent.EV_RECEIPT)) continue;
                if (receipts.size() >= call.max()) {
                    // nowhere to tell of it: kqueue_kevent() returns it as its own error
                    return refused.<Outcome<List<Kevent>>>map(Failed::new)
                            .orElseGet(() -> new Done<>(List.of()));
                }
                receipts.add(change.receipt(refused.map(Errno::number).orElse(0)));
            }
            if (!receipts.isEmpty()) return new Done<>(receipts);
            if (call.max() < 0) return new Failed<>(Errno.EINVAL);
            return call.max() == 0 ? new Done<>(List.of()) : null;
        }

        private Optional<Errno> register(Kevent change) {
            boolean both = change.has(Kevent.EV_ENABLE) && change.has(Kevent.EV_DISABLE);
            if (both || change.filter() > 0 || change.filter() < -Kevent.FILTERS) {
                return Optional.of(Errno.EINVAL);
            }
            return switch (change.filter()) {
                case Kevent.EVFILT_READ, Kevent.EVFILT_WRITE, Kevent.EVFILT_VNODE ->
                        registerDescriptor(change);
                case Kevent.EVFILT_TIMER ->
                        kqueue.register(change, () -> Filters.timer(process.loop()));
                case Kevent.EVFILT_USER -> kqueue.register(change, Filters::user);
                default -> kqueue.register(change, () -> Filters.refusing(Errno.ENXIO));
            };
        }

        private Optional<Errno> registerDescriptor(Kevent change) {
            long ident = change.ident();
            OpenFile watched =
                    ident < 0 || ident > Integer.MAX_VALUE ? null : process.fds().get((int) ident);
            if (watched == null) return Optional.of(Errno.EBADF);
            if (watched.object().equals(kqueue)) return Optional.of(Errno.EINVAL);
            Optional<Filter> filter =
                    change.filter() == Kevent.EVFILT_VNODE
                            ? Optional.empty()
                            : DescriptorFilter.of(watched.object(), change.filter());
            return kqueue.register(
                    change, () -> filter.orElseGet(() -> Filters.refusing(Errno.EINVAL)));
        }

        @Override
        public Scan scan() {
            int lookedAt = kqueue.lookedAt();
            return new Scan(Rule.KQUEUE_ACTIVE, lookedAt, lookedAt, ready, looks);
        }

        @Override
        public boolean isNonBlocking() {
            return call.timeoutNanos() == 0;
        }

        /** All that sleep are woken, the first first: FreeBSD's wakeup(9). */
        @Override
        public boolean isExclusive() {
            return true;
        }

        @Override
        public Outcome<List<Kevent>> wouldBlock() {
            return new Done<>(List.of());
        }

        @Override
        public long timeout() {
            return call.timeoutNanos() < 0 ? FOREVER : call.timeoutNanos();
        }
    }
}
