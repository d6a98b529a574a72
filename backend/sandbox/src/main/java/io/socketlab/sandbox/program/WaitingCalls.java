package io.socketlab.sandbox.program;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Syscall.PollFd;
import java.util.ArrayList;
import java.util.List;

/** select(2), poll(2), epoll(7) and sleeping. */
final class WaitingCalls {

    private static final int MOST_POLLED = 65_536;
    private static final int MOST_EVENTS = 65_536;
    private static final int WORD = 32;

    private WaitingCalls() {}

    static void addTo(CallTable calls) {
        calls.add("poll", "iii:i", WaitingCalls::poll);
        calls.add("select", "iiiil:i", WaitingCalls::select);
        calls.add("epoll_create1", "i:i", (p, a) -> p.number(new Syscall.EpollCreate1((int) a[0])));
        calls.add("epoll_ctl", "iiii:i", WaitingCalls::epollCtl);
        calls.add("epoll_wait", "iiii:i", WaitingCalls::epollWait);
        calls.add("kqueue", ":i", (p, _) -> p.number(new Syscall.Kqueue()));
        calls.add("kevent", "iiiiil:i", WaitingCalls::kevent);
        calls.add("nanosleep", "l:i", (p, a) -> p.number(new Syscall.Sleep(Math.max(0, a[0]))));
        calls.add("clock", "i:l", (p, a) -> clock(p, (int) a[0]));
    }

    /**
     * CLOCK_REALTIME counts from the beginning of 2026, in every run: a trace depends on nothing.
     */
    private static long clock(Context p, int clock) {
        return clock == 0 ? 1_767_225_600_000_000_000L + p.now() : p.now();
    }

    private static long poll(Context p, long[] a) {
        int count = (int) a[1];
        if (count < 0 || count > MOST_POLLED) throw new Failure(Errno.EINVAL);
        var fds = new ArrayList<PollFd>(count);
        for (int i = 0; i < count; i++) {
            long at = a[0] + (long) Structs.POLLFD * i;
            fds.add(new PollFd(p.memory().int32(at), p.memory().int16(at + 4), 0));
        }
        List<PollFd> polled = p.make(new Syscall.Poll(fds, (int) a[2]));
        int ready = 0;
        for (int i = 0; i < polled.size(); i++) {
            int revents = polled.get(i).revents();
            p.memory().put16(a[0] + (long) Structs.POLLFD * i + 6, revents);
            if (revents != 0) ready++;
        }
        return ready;
    }

    /** The timeout is in microseconds, -1 for none: the library takes struct timeval apart. */
    private static long select(Context p, long[] a) {
        int count = (int) a[0];
        if (count < 0) throw new Failure(Errno.EINVAL);
        int looked = Math.min(count, Syscall.Select.FD_SETSIZE);
        long nanos = a[4] < 0 ? -1 : Math.min(a[4], Long.MAX_VALUE / 1000) * 1000;
        Syscall.Selected selected =
                p.make(
                        new Syscall.Select(
                                looked,
                                set(p, a[1], looked),
                                set(p, a[2], looked),
                                set(p, a[3], looked),
                                nanos));
        store(p, a[1], looked, selected.reading());
        store(p, a[2], looked, selected.writing());
        store(p, a[3], looked, selected.exceptional());
        return selected.count();
    }

    private static List<Integer> set(Context p, long address, int count) {
        var set = new ArrayList<Integer>();
        if (address == 0) return set;
        for (int fd = 0; fd < count; fd++) {
            int word = p.memory().int32(address + fd / WORD * 4L);
            if ((word >> fd % WORD & 1) != 0) set.add(fd);
        }
        return set;
    }

    private static void store(Context p, long address, int count, List<Integer> set) {
        if (address == 0) return;
        int[] words = new int[(count + WORD - 1) / WORD];
        for (int fd : set) words[fd / WORD] |= 1 << fd % WORD;
        for (int i = 0; i < words.length; i++) p.memory().put32(address + 4L * i, words[i]);
    }

    private static long epollCtl(Context p, long[] a) {
        int operation = (int) a[1];
        boolean deletes = operation == Syscall.EpollCtl.EPOLL_CTL_DEL;
        int events = deletes ? 0 : p.memory().int32(a[3]);
        long data = deletes ? 0 : p.memory().int64(a[3] + 4);
        return p.number(new Syscall.EpollCtl((int) a[0], operation, (int) a[2], events, data));
    }

    private static long epollWait(Context p, long[] a) {
        if ((int) a[2] > Integer.MAX_VALUE / Structs.EPOLL_EVENT) throw new Failure(Errno.EINVAL);
        int max = Math.min((int) a[2], MOST_EVENTS);
        List<Syscall.EpollEvent> events =
                p.make(new Syscall.EpollWait((int) a[0], max, (int) a[3]));
        for (int i = 0; i < events.size(); i++) {
            long at = a[1] + (long) Structs.EPOLL_EVENT * i;
            p.memory().put32(at, events.get(i).events());
            p.memory().put64(at + 4, events.get(i).data());
        }
        return events.size();
    }

    private static long kevent(Context p, long[] a) {
        int count = (int) a[2];
        int most = Math.min((int) a[4], MOST_EVENTS);
        if (count < 0 || count > MOST_EVENTS || most < 0) throw new Failure(Errno.EINVAL);
        var changes = new ArrayList<Kevent>(count);
        for (int i = 0; i < count; i++) {
            changes.add(Structs.kevent(p.memory(), a[1] + (long) Structs.KEVENT * i));
        }
        List<Kevent> events = p.make(new Syscall.Kevent((int) a[0], changes, most, a[5]));
        for (int i = 0; i < events.size(); i++) {
            Structs.store(p.memory(), events.get(i), a[3] + (long) Structs.KEVENT * i);
        }
        return events.size();
    }
}
