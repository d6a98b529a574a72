package io.socketlab.lab.script;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Argument.Duration;
import io.socketlab.lab.script.Argument.Numeral;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Turns calls as they are written into calls as the kernel takes them. */
public final class CallBinder {

    /** Calls whose second argument is a buffer. */
    private static final Set<String> TRANSFERS =
            Set.of("write", "send", "sendto", "read", "recv", "recvfrom");

    private final Source source;
    private final AddressBook book;
    private final IntUnaryOperator descriptors;
    private final MessageRules rules;

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
        this(source, book, descriptors, MessageRules.EXACT);
    }

    /**
     * @param rules how what recvmsg(2) gives back is held against what is written
     */
    public CallBinder(
            Source source, AddressBook book, IntUnaryOperator descriptors, MessageRules rules) {
        this.source = source;
        this.book = book;
        this.descriptors = descriptors;
        this.rules = rules;
    }

    /**
     * @throws ScriptException if there is no such call, or an argument is not what it takes
     */
    public BoundCall<?> bind(Call call) {
        if (hasNullBuffer(call)) return atBadAddress(call);
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
            case "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "writev", "readv" ->
                    message(args, call.name());
            case "poll" -> new ReadinessBinder(args).poll();
            case "ppoll" -> new ReadinessBinder(args).ppoll();
            case "select" -> new ReadinessBinder(args).select(false);
            case "pselect" -> new ReadinessBinder(args).select(true);
            case "epoll_create" ->
                    BoundCall.of(
                            new Syscall.EpollCreate(
                                    args.size() == 0 ? 1 : args.integer(0, "a size")));
            case "epoll_create1" ->
                    BoundCall.of(
                            new Syscall.EpollCreate1(
                                    args.size() == 0 ? 0 : args.constant(0, Constants.EPOLL_FLAG)));
            case "epoll_ctl" -> new ReadinessBinder(args).epollControl();
            case "epoll_wait", "epoll_pwait" -> new ReadinessBinder(args).epollWait();
            case "epoll_pwait2" -> new ReadinessBinder(args).epollPwait2();
            case "kqueue" -> BoundCall.of(new Syscall.Kqueue());
            case "kevent" -> new KqueueBinder(args).kevent();
            case "fcntl" -> new FileBinder(args).fcntl();
            case "ioctl" -> new FileBinder(args).ioctl();
            case "dup" -> new FileBinder(args).dup();
            case "dup2" -> new FileBinder(args).dup2();
            case "dup3" -> new FileBinder(args).dup3();
            case "open" -> new FileBinder(args).open();
            case "pipe" -> new FileBinder(args).pipe(0);
            case "pipe2" -> new FileBinder(args).pipe(args.constant(1, Constants.STATUS_FLAG));
            case "sendfile" -> new FileBinder(args).sendFile();
            case "splice" -> new FileBinder(args).splice();
            case "getaddrinfo" -> new NameBinder(args).getAddrInfo(a -> address(args, a));
            case "gethostbyname" -> new NameBinder(args).getHostByName();
            case "sleep" -> BoundCall.of(new Syscall.Sleep(seconds(args)));
            default -> new ProcessBinder(args).bind(call.name());
        };
    }

    private BoundCall<?> message(Args args, String name) {
        var binder = new MessageBinder(args, rules, at -> address(args, at));
        return switch (name) {
            case "sendmsg" -> binder.sendMsg(to -> messageName(args, to));
            case "recvmsg" -> binder.recvMsg();
            case "sendmmsg" -> binder.sendMmsg(to -> messageName(args, to));
            case "recvmmsg" -> binder.recvMmsg();
            case "writev" -> binder.writeV();
            default -> binder.readV();
        };
    }

    private static boolean hasNullBuffer(Call call) {
        return TRANSFERS.contains(call.name())
                && call.arguments().size() > 2
                && !(call.arguments().get(1) instanceof Argument.Text)
                && call.arguments().get(1).toString().equals("NULL");
    }

    /** NULL for the buffer: the same call as with one, but for where its octets would be. */
    private BoundCall<?> atBadAddress(Call call) {
        var arguments = new ArrayList<>(call.arguments());
        arguments.set(1, new Argument.Ellipsis(arguments.get(1).position()));
        BoundCall<?> bound = bind(new Call(call.position(), call.name(), arguments, call.end()));
        return BoundCall.of(new Syscall.AtBadAddress<>(bound.syscall()));
    }

    /** What a message is sent to; a connected stream does not look at it. */
    private Optional<Endpoint> messageName(Args args, Argument name) {
        if (name instanceof Argument.Ellipsis) return book.peerAddress();
        return Optional.of(new AddressReader(source, book, args).read(name, book.peerAddress()));
    }

    private ScriptException unknown(Call call) {
        return source.error(
                call.position(),
                "expected a call, found '"
                        + call.name()
                        + "'"
                        + Spelling.hint(call.name(), CallCatalogue.names()));
    }

    private Endpoint address(Args args, Argument written) {
        return new AddressReader(source, book, args).read(written, Optional.empty());
    }

    private Endpoint address(Args args, int i, Optional<Endpoint> unwritten) {
        args.length(i + 1);
        return new AddressReader(source, book, args).read(i, unwritten);
    }

    private Syscall.Socket socket(Args args) {
        int n = args.size();
        int typeAt = n == 1 ? 0 : 1;
        int domain =
                n == 1 || args.isEllipsis(0) ? book.domain() : args.constant(0, Constants.DOMAIN);
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
        OptionValue value = reader.value(option, args.get(3));
        return new Syscall.SetSockOpt(
                args.descriptor(0), option, reader.ofLength(option, value, args.length(4)));
    }

    private static BoundCall<?> getOption(Args args) {
        var reader = new OptionReader(args);
        SocketOption option = reader.option(1);
        int room = args.length(4).orElse(Syscall.GetSockOpt.ENOUGH);
        var call = new Syscall.GetSockOpt(args.descriptor(0), option, room);
        if (args.size() == 3 || args.isEllipsis(3)) return BoundCall.of(call);
        OptionValue expected = reader.value(option, args.get(3));
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
