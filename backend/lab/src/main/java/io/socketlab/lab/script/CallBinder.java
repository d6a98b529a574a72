package io.socketlab.lab.script;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Duration;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Turns calls as they are written into calls as the kernel takes them. */
public final class CallBinder {

    private final Source source;
    private final AddressBook book;
    private final IntUnaryOperator descriptors;

    /**
     * @param source where the calls stand, for messages
     */
    public CallBinder(Source source, AddressBook book) {
        this(source, book, IntUnaryOperator.identity());
    }

    /**
     * @param descriptors gives the descriptor that a number in a script stands for, where scripts
     *     only name descriptors
     */
    public CallBinder(Source source, AddressBook book, IntUnaryOperator descriptors) {
        this.source = source;
        this.book = book;
        this.descriptors = descriptors;
    }

    /**
     * @throws ScriptException if there is no such call, or an argument is not what it takes
     */
    public BoundCall<?> bind(Call call) {
        CallInfo info = CallCatalogue.find(call.name()).orElseThrow(() -> unknown(call));
        var args = new Args(source, call, info, descriptors);
        return switch (call.name()) {
            case "socket" -> BoundCall.of(socket(args));
            case "bind" ->
                    BoundCall.of(
                            new Syscall.Bind(
                                    args.descriptor(0), address(args, 1, book.ownAddress())));
            case "listen" ->
                    BoundCall.of(
                            new Syscall.Listen(
                                    args.descriptor(0), args.integer(1, "the backlog, a number")));
            case "accept" -> accept(args, args.size() == 3, 0);
            case "accept4" ->
                    accept(
                            args,
                            args.size() == 4,
                            args.constant(args.size() - 1, Constants.ACCEPT_FLAG));
            case "connect" ->
                    BoundCall.of(
                            new Syscall.Connect(
                                    args.descriptor(0), address(args, 1, book.peerAddress())));
            case "shutdown" ->
                    BoundCall.of(
                            new Syscall.Shutdown(
                                    args.descriptor(0), args.constant(1, Constants.DIRECTION)));
            case "close" -> BoundCall.of(new Syscall.Close(args.descriptor(0)));
            case "send" -> BoundCall.of(send(args));
            case "sendto" -> BoundCall.of(sendTo(args));
            case "write" -> BoundCall.of(new Syscall.Write(args.descriptor(0), args.data(1, 2)));
            case "recv" -> BoundCall.of(receive(args, false));
            case "recvfrom" -> BoundCall.of(receive(args, true));
            case "read" -> BoundCall.of(read(args));
            case "getsockname" -> name(args, new Syscall.GetSockName(args.descriptor(0)));
            case "getpeername" -> name(args, new Syscall.GetPeerName(args.descriptor(0)));
            case "setsockopt" -> BoundCall.of(setOption(args));
            case "getsockopt" -> getOption(args);
            case "poll" -> poll(args);
            case "fcntl" -> BoundCall.of(fcntl(args));
            case "ioctl" -> ioctl(args);
            case "sleep" -> BoundCall.of(new Syscall.Sleep(seconds(args)));
            default ->
                    throw new IllegalStateException(
                            call.name() + " is in the catalogue and cannot be bound");
        };
    }

    private ScriptException unknown(Call call) {
        return source.error(
                call.position(),
                "expected a call, found '"
                        + call.name()
                        + "'"
                        + Hint.of(call.name(), CallCatalogue.names()));
    }

    private Endpoint address(Args args, int i, Optional<Endpoint> unwritten) {
        args.length(i + 1);
        return new AddressReader(source, book, args).read(i, unwritten);
    }

    private static Syscall.Socket socket(Args args) {
        int n = args.size();
        int typeAt = n == 1 ? 0 : 1;
        int domain =
                n == 1 || args.isEllipsis(0)
                        ? Syscall.Socket.AF_INET
                        : args.constant(0, Constants.DOMAIN);
        int protocol = n < 3 ? 0 : args.constant(2, Constants.PROTOCOL);
        return new Syscall.Socket(domain, args.constant(typeAt, Constants.SOCKET_TYPE), protocol);
    }

    private BoundCall<?> accept(Args args, boolean withAddress, int flags) {
        var accept = new Syscall.Accept(args.descriptor(0), flags);
        if (!withAddress) return BoundCall.of(accept);
        args.length(2);
        if (args.isEllipsis(1)) return BoundCall.of(accept);
        Endpoint expected = address(args, 1, Optional.empty());
        return new BoundCall<>(accept, accepted -> BoundCall.compare(expected, accepted.peer()));
    }

    private static Syscall.Send send(Args args) {
        return new Syscall.Send(
                args.descriptor(0), args.data(1, 2), flags(args, 3), Optional.empty());
    }

    private Syscall.Send sendTo(Args args) {
        boolean isShort = args.size() == 3;
        byte[] data = isShort ? args.data(1, args.size()) : args.data(1, 2);
        Endpoint to = address(args, isShort ? 2 : 4, book.peerAddress());
        return new Syscall.Send(
                args.descriptor(0), data, isShort ? 0 : flags(args, 3), Optional.of(to));
    }

    private static int flags(Args args, int i) {
        return i < args.size() ? args.constant(i, Constants.MESSAGE_FLAG) : 0;
    }

    private static Syscall.Recv receive(Args args, boolean wantsSource) {
        int lengthAt = args.size() == 2 ? 1 : 2;
        if (lengthAt == 2) args.room(1);
        if (args.size() == 6) {
            args.room(4);
            args.length(5);
        }
        return new Syscall.Recv(
                args.descriptor(0), args.octets(lengthAt), flags(args, 3), wantsSource);
    }

    private static Syscall.Read read(Args args) {
        if (args.size() == 3) args.room(1);
        return new Syscall.Read(args.descriptor(0), args.octets(args.size() - 1));
    }

    private BoundCall<?> name(Args args, Syscall<Endpoint> call) {
        if (args.size() == 1) return BoundCall.of(call);
        args.length(2);
        if (args.isEllipsis(1)) return BoundCall.of(call);
        Endpoint expected = address(args, 1, Optional.empty());
        return new BoundCall<>(call, actual -> BoundCall.compare(expected, actual));
    }

    private static Syscall.SetSockOpt setOption(Args args) {
        var reader = new OptionReader(args);
        SocketOption option = reader.option(1);
        args.length(4);
        return new Syscall.SetSockOpt(
                args.descriptor(0), option, reader.value(option, args.get(3)));
    }

    private static BoundCall<?> getOption(Args args) {
        var reader = new OptionReader(args);
        SocketOption option = reader.option(1);
        args.length(4);
        var call = new Syscall.GetSockOpt(args.descriptor(0), option);
        if (args.size() == 3 || args.isEllipsis(3)) return BoundCall.of(call);
        OptionValue expected = reader.value(option, args.get(3));
        return new BoundCall<>(call, actual -> BoundCall.compare(expected, actual));
    }

    private static BoundCall<?> poll(Args args) {
        if (!(args.get(0) instanceof Array array))
            throw args.expected(0, "a list such as [{fd=3, events=POLLIN}]");
        var entries = new ArrayList<Syscall.PollFd>();
        var expected = new ArrayList<Optional<Integer>>();
        for (Argument element : array.elements()) {
            if (!(element instanceof Struct struct))
                throw args.expected(element, "an entry such as {fd=3, events=POLLIN}");
            entries.add(pollEntry(args, struct));
            expected.add(struct.field("revents").map(r -> args.constant(r, Constants.EVENT)));
        }
        if (args.size() == 3 && args.integer(1, "how many entries there are") != entries.size()) {
            throw args.expected(1, entries.size() + ", the number of entries");
        }
        var call =
                new Syscall.Poll(
                        entries,
                        args.integer(args.size() - 1, "a time in milliseconds, -1 for ever"));
        return new BoundCall<>(call, actual -> compareEvents(expected, actual));
    }

    private static Syscall.PollFd pollEntry(Args args, Struct struct) {
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

    private static Syscall.Fcntl fcntl(Args args) {
        int fd = args.descriptor(0);
        int command = args.constant(1, Constants.FCNTL_COMMAND);
        if (command == Constants.F_GETFL) return new Syscall.Fcntl(fd, Optional.empty());
        if (command != Constants.F_SETFL) throw args.expected(1, "F_GETFL or F_SETFL");
        if (args.size() < 3)
            throw args.expected(1, "the flags after F_SETFL, such as O_RDWR|O_NONBLOCK");
        return new Syscall.Fcntl(fd, Optional.of(args.constant(2, Constants.STATUS_FLAG)));
    }

    private static BoundCall<?> ioctl(Args args) {
        var call = new Syscall.Ioctl(args.descriptor(0), args.constant(1, Constants.REQUEST));
        if (args.size() == 2 || args.isEllipsis(2)) return BoundCall.of(call);
        Integer expected =
                args.integer(
                        args.pointed(args.get(2)), "a count, [300], or ...", 0, Integer.MAX_VALUE);
        return new BoundCall<>(call, actual -> BoundCall.compare(expected, actual));
    }

    private static long seconds(Args args) {
        return switch (args.get(0)) {
            case Numeral _ ->
                    1_000_000_000L
                            * args.integer(args.get(0), "a time in seconds", 0, Integer.MAX_VALUE);
            case Duration duration -> duration.nanos();
            case Argument other -> throw args.expected(other, "a time such as 1.5 or 50ms");
        };
    }
}
