package io.socketlab.lab.script;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Binds poll(2), select(2), epoll(7) and their kin. */
final class ReadinessBinder {

    private static final String MAX_EVENTS = "how many events at most";
    private static final String TIMEOUT = "a time in milliseconds, -1 for ever";

    private final Args args;

    ReadinessBinder(Args args) {
        this.args = args;
    }

    // ---- poll

    BoundCall<?> poll() {
        var entries = new ArrayList<Syscall.PollFd>();
        var expected = new ArrayList<Optional<Integer>>();
        readEntries(entries, expected);
        if (args.size() == 3) checkCount(entries.size());
        var call = new Syscall.Poll(entries, args.integer(args.size() - 1, TIMEOUT));
        return new BoundCall<>(call, actual -> compareEvents(expected, actual));
    }

    BoundCall<?> ppoll() {
        var entries = new ArrayList<Syscall.PollFd>();
        var expected = new ArrayList<Optional<Integer>>();
        readEntries(entries, expected);
        checkCount(entries.size());
        var call = masked(new Syscall.Ppoll(entries, timeout(2)), 3);
        return new BoundCall<>(call, actual -> compareEvents(expected, actual));
    }

    private void checkCount(int entries) {
        if (args.integer(1, "how many entries there are") != entries) {
            throw args.expected(1, entries + ", the number of entries");
        }
    }

    private void readEntries(List<Syscall.PollFd> entries, List<Optional<Integer>> expected) {
        if (!(args.get(0) instanceof Array array)) {
            throw args.expected(0, "a list such as [{fd=3, events=POLLIN}]");
        }
        for (Argument element : array.elements()) {
            if (!(element instanceof Struct struct)) {
                throw args.expected(element, "an entry such as {fd=3, events=POLLIN}");
            }
            entries.add(pollEntry(struct));
            expected.add(struct.field("revents").map(r -> args.constant(r, Constants.EVENT)));
        }
    }

    private Syscall.PollFd pollEntry(Struct struct) {
        Argument fd =
                struct.field("fd").orElseThrow(() -> args.expected(struct, "an entry with fd="));
        Argument events =
                struct.field("events")
                        .orElseThrow(() -> args.expected(struct, "an entry with events="));
        int number = args.descriptor(fd, "a descriptor");
        return new Syscall.PollFd(number, args.constant(events, Constants.EVENT), 0);
    }

    private static Optional<BoundCall.Difference> compareEvents(
            List<Optional<Integer>> expected, List<Syscall.PollFd> actual) {
        for (int i = 0; i < expected.size(); i++) {
            Syscall.PollFd entry = actual.get(i);
            int wanted = expected.get(i).orElse(entry.revents());
            if (wanted != entry.revents()) {
                return Optional.of(
                        new BoundCall.Difference(
                                "fd=" + entry.fd() + ", revents=" + EventMask.toString(wanted),
                                "fd="
                                        + entry.fd()
                                        + ", revents="
                                        + EventMask.toString(entry.revents())));
            }
        }
        return Optional.empty();
    }

    // ---- select

    /**
     * @param isPselect it leaves its timeout as it is
     */
    BoundCall<?> select(boolean isPselect) {
        int count = args.integer(0, "one more than the highest descriptor");
        var call = new Syscall.Select(count, set(1), set(2), set(3), timeout(4), isPselect);
        return BoundCall.of(masked(call, 5));
    }

    /** With the signal mask that argument {@code i} gives, unless that is NULL or not there. */
    private <R> Syscall<R> masked(Syscall<R> call, int i) {
        return args.size() <= i || args.isNull(i)
                ? call
                : new Syscall.Masked<>(call, args.signalSet(i));
    }

    /** An fd_set: it has room for descriptors below FD_SETSIZE only. */
    private List<Integer> set(int i) {
        if (args.isNull(i)) return List.of();
        if (!(args.get(i) instanceof Array(_, List<Argument> elements))) {
            throw args.expected(i, "a set of descriptors such as [3, 4], or NULL");
        }
        var set = new ArrayList<Integer>();
        for (Argument element : elements) {
            int fd = args.descriptor(element, "a descriptor");
            if (fd < 0 || fd >= Syscall.Select.FD_SETSIZE) {
                throw args.expected(
                        element,
                        "a descriptor below FD_SETSIZE, which is "
                                + Syscall.Select.FD_SETSIZE
                                + ": FD_SET() would write beyond the set, and glibc ends the program");
            }
            set.add(fd);
        }
        return set;
    }

    /** Nanoseconds, -1 for ever. */
    private long timeout(int i) {
        return new TimeReader(args).read(i);
    }

    // ---- epoll

    BoundCall<?> epollControl() {
        int operation = args.constant(1, Constants.EPOLL_OPERATION);
        int events = 0;
        long data = 0;
        if (args.size() == 4 && !args.isNull(3)) {
            Struct event = event(args.get(3));
            events = events(event);
            data = data(event).orElse(0L);
        } else if (operation != Syscall.EpollCtl.EPOLL_CTL_DEL) {
            throw args.expected(args.size() - 1, "an event such as {events=EPOLLIN, fd=4} behind");
        }
        return BoundCall.of(
                new Syscall.EpollCtl(
                        args.descriptor(0), operation, args.descriptor(2), events, data));
    }

    private Struct event(Argument argument) {
        if (argument instanceof Struct struct) return struct;
        throw args.expected(argument, "an event such as {events=EPOLLIN, fd=4}");
    }

    private int events(Struct event) {
        return args.constant(
                event.field("events")
                        .orElseThrow(() -> args.expected(event, "an event with events=")),
                Constants.EPOLL_EVENT);
    }

    private Optional<Long> data(Struct event) {
        for (String name : List.of("fd", "ptr", "u32", "u64")) {
            Optional<Argument> value = event.field(name);
            if (value.isPresent()) {
                return Optional.of(
                        (long)
                                args.integer(
                                        value.get(),
                                        "a number",
                                        Integer.MIN_VALUE,
                                        Integer.MAX_VALUE));
            }
        }
        return Optional.empty();
    }

    BoundCall<?> epollWait() {
        int n = args.size();
        return expectingEvents(
                n == 3 ? 1 : 2,
                maxAt ->
                        new Syscall.EpollWait(
                                args.descriptor(0),
                                args.integer(maxAt, MAX_EVENTS),
                                args.integer(maxAt + 1, TIMEOUT)));
    }

    BoundCall<?> epollPwait2() {
        return expectingEvents(
                2,
                maxAt ->
                        new Syscall.EpollPwait2(
                                args.descriptor(0),
                                args.integer(maxAt, MAX_EVENTS),
                                timeout(maxAt + 1)));
    }

    private BoundCall<?> expectingEvents(
            int maxAt, IntFunction<Syscall<List<Syscall.EpollEvent>>> made) {
        Syscall<List<Syscall.EpollEvent>> call = masked(made.apply(maxAt), 4);
        if (maxAt == 1 || args.isEllipsis(1)) return BoundCall.of(call);
        List<Argument> expected =
                args.get(1) instanceof Array(_, List<Argument> elements)
                        ? elements
                        : List.of(args.get(1));
        return new BoundCall<>(call, actual -> compare(expected, actual));
    }

    private Optional<BoundCall.Difference> compare(
            List<Argument> expected, List<Syscall.EpollEvent> actual) {
        for (int i = 0; i < expected.size(); i++) {
            Struct wanted = event(expected.get(i));
            var found = i < actual.size() ? actual.get(i) : new Syscall.EpollEvent(0, 0);
            int events = events(wanted);
            long data = data(wanted).orElse(found.data());
            if (events != found.events() || data != found.data()) {
                return Optional.of(
                        new BoundCall.Difference(
                                text(events, data), text(found.events(), found.data())));
            }
        }
        return Optional.empty();
    }

    private static String text(int events, long data) {
        return "events=" + EventMask.toEpollString(events) + ", fd=" + data;
    }
}
