package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.BoundCall;
import io.socketlab.lab.script.CallBinder;
import io.socketlab.lab.script.Expected;
import io.socketlab.lab.script.MessageRules;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a script, all by one task of the host, and holds what they return against what
 * the script says. One call at a time may last while later steps go on.
 */
final class CallRunner {

    /** How long a step waits for the call before it. */
    private static final long PATIENCE = 1_000_000_000L;

    /** How long a call may wait that the script does not say to last. */
    private static final long LONGEST_CALL = 3_600_000_000_000L;

    private static final List<String> OPENING =
            List.of(
                    "socket",
                    "accept",
                    "accept4",
                    "open",
                    "epoll_create",
                    "epoll_create1",
                    "dup",
                    "kqueue");

    /** A mismatch of another line than the step that it shows at. */
    static final class LateMismatch extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;
        private final String expected;
        private final String actual;

        LateMismatch(int line, String expected, String actual) {
            super(expected, null, false, false);
            this.line = line;
            this.expected = expected;
            this.actual = actual;
        }

        int line() {
            return line;
        }

        String expected() {
            return expected;
        }

        String actual() {
            return actual;
        }
    }

    /** A call that has been made. */
    private final class Made<R> {
        private final CallStep step;
        private final BoundCall<R> bound;
        private final Schedule schedule;
        private @Nullable Outcome<R> outcome;
        private long returnedAt;

        Made(CallStep step, BoundCall<R> bound, Schedule schedule) {
            this.step = step;
            this.bound = bound;
            this.schedule = schedule;
        }

        void make(Task task) {
            task.call(
                    bound.syscall(),
                    result -> {
                        outcome = result;
                        returnedAt = host.now();
                    });
        }

        boolean isOver() {
            return outcome != null;
        }

        /** Compares its result, when it has one. */
        void check() {
            Outcome<R> result = outcome;
            if (result == null) throw new IllegalStateException("not over");
            if (schedule.lasting()) {
                schedule.checkReturn(
                        step.call().name() + "()",
                        returnedAt,
                        PacketdrillRunner.tolerance(settings, schedule.to() - schedule.from()));
            }
            step.expected().ifPresent(expected -> compare(expected, result));
        }

        private void compare(Expected expected, Outcome<R> result) {
            CallText.Return actual = CallText.returned(bound.syscall(), result);
            boolean opens = OPENING.contains(step.call().name());
            OptionalLong wanted = expected.value(source);
            boolean same =
                    wanted.isEmpty()
                            || wanted.getAsLong() == actual.result()
                            || opens && wanted.getAsLong() >= 0 && actual.result() >= 0;
            Optional<Errno> errno = expected.errno();
            if (errno.isPresent()) same &= errno.get().name().equals(actual.errno());
            if (!same) throw new Mismatch(step.call() + " = " + expected, text(actual));
            if (opens && actual.result() >= 0) opened((int) wanted.orElse(actual.result()), result);
            if (result instanceof Outcome.Done<R>(Syscall.PipeEnds ends)) namePipe(ends);
            if (result instanceof Outcome.Done<R>(R value)) {
                bound.givenBack()
                        .differs(value)
                        .ifPresent(d -> {
                            throw new Mismatch(step.call() + ": " + d.expected(), d.actual());
                        });
            }
        }

        private static String text(CallText.Return actual) {
            return actual.result() + (actual.errno() == null ? "" : " " + actual.errno());
        }

        /** {@code pipe([5, 6])}: the script's own names for the two ends. */
        private void namePipe(Syscall.PipeEnds ends) {
            if (step.call().arguments().isEmpty()
                    || !(step.call().arguments().getFirst() instanceof Argument.Array array)
                    || !(array.elements().getFirst() instanceof Argument.Numeral reading)
                    || !(array.elements().getLast() instanceof Argument.Numeral writing)) {
                return;
            }
            tracking.name((int) reading.value(), ends.reading());
            tracking.name((int) writing.value(), ends.writing());
        }

        private void opened(int script, Outcome<R> result) {
            if (result instanceof Outcome.Done<R>(Syscall.Accepted(int fd, Endpoint peer))) {
                tracking.name(script, fd);
                tracking.accepted(fd, peer.port());
            } else if (result instanceof Outcome.Done<R>(Integer fd)) {
                tracking.name(script, fd);
                if (bound.syscall() instanceof Syscall.Socket socket) {
                    boolean stream = (socket.type() & 0xF) == Syscall.Socket.SOCK_STREAM;
                    tracking.opened(fd, stream ? Ipv4Header.TCP : Ipv4Header.UDP);
                }
            }
        }
    }

    private final Source source;
    private final Settings settings;
    private final HostUnderTest host;
    private final Tracking tracking;
    private final CallBinder binder;
    private @Nullable Made<?> pending;

    CallRunner(Source source, Settings settings, HostUnderTest host, Tracking tracking) {
        this.source = source;
        this.settings = settings;
        this.host = host;
        this.tracking = tracking;
        this.binder =
                new CallBinder(
                        source,
                        addresses(settings),
                        tracking::descriptor,
                        new MessageRules(settings.tolerance, true));
        host.watch(this::checkReturned);
    }

    private static AddressBook addresses(Settings settings) {
        return new AddressBook() {
            @Override
            public List<String> hosts() {
                return List.of();
            }

            @Override
            public Optional<Ipv4Address> find(String name) {
                return Optional.empty();
            }

            @Override
            public int domain() {
                return settings.ipVersion.hasIpv6Sockets()
                        ? Syscall.Socket.AF_INET6
                        : Syscall.Socket.AF_INET;
            }

            private Endpoint named(IpAddress onWire, int port) {
                return new Endpoint(settings.ipVersion.named(onWire), port);
            }

            @Override
            public Optional<Endpoint> ownAddress() {
                return Optional.of(named(settings.localIp, settings.bindPort));
            }

            @Override
            public Optional<Endpoint> peerAddress() {
                return Optional.of(named(settings.remoteIp, settings.connectPort));
            }
        };
    }

    void run(CallStep step, Schedule schedule, long tolerance) {
        host.advanceTo(schedule.from());
        awaitPending(PATIENCE);
        long start = Math.max(schedule.from(), host.now());
        schedule.check("call of " + step.call().name() + "()", start, tolerance);
        BoundCall<?> bound = binder.bind(step.call());
        if (bound.invocation() instanceof LibraryFunction<?> function) {
            throw new Unsupported(function.name() + "(), which packetdrill does not have");
        }
        before(bound.syscall());
        make(step, bound, schedule);
        host.settle();
    }

    private <R> void make(CallStep step, BoundCall<R> bound, Schedule schedule) {
        var made = new Made<>(step, bound, schedule);
        pending = made;
        made.make(host.host().task(1));
        if (schedule.lasting()) return;
        awaitPending(LONGEST_CALL);
        after(bound.syscall());
    }

    /** Lets time pass until the call in progress is over, and compares it. */
    private void awaitPending(long patience) {
        Made<?> made = pending;
        if (made == null) return;
        long deadline = host.now() + patience;
        while (!made.isOver()) {
            if (!host.step(deadline)) {
                throw late(made, new Mismatch(made.step.call() + " to return", "it still waits"));
            }
        }
        checkReturned();
    }

    /** The call in progress may have come to its end: compares it as soon as it has. */
    private void checkReturned() {
        Made<?> made = pending;
        if (made == null || !made.isOver()) return;
        pending = null;
        try {
            made.check();
        } catch (Mismatch e) {
            throw late(made, e);
        }
    }

    private static LateMismatch late(Made<?> made, Mismatch e) {
        return new LateMismatch(made.step.position().line(), e.expected(), e.actual());
    }

    /** The script is over: no call may go on. */
    void finish() {
        awaitPending(PATIENCE);
    }

    private void before(Syscall<?> call) {
        switch (call) {
            case Syscall.Connect(int fd, Endpoint to) when to.equals(Endpoint.UNSPECIFIED) ->
                    tracking.disconnected(fd);
            case Syscall.Connect connect -> tracking.connecting(connect.fd());
            case Syscall.AtBadAddress<?>(Syscall<?> inner) -> before(inner);
            case Syscall.SendMsg send when send.message().to().isPresent() ->
                    tracking.connecting(send.fd());
            case Syscall.Send send when send.to().isPresent() -> tracking.connecting(send.fd());
            default -> {}
        }
    }

    private void after(Syscall<?> call) {
        switch (call) {
            case Syscall.Listen listen -> tracking.listening(listen.fd());
            default -> {}
        }
    }

    /** What the names of a code block stand for now. */
    Function<String, @Nullable Object> snapshot() {
        if (pending != null && pending.isOver()) awaitPending(0);
        TrackedSocket socket = tracking.underTest();
        Optional<Socket> live = socket == null ? Optional.empty() : host.socket(socket.fd);
        return new TcpInfoNames(live);
    }
}
