package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a call and what it returned are written: as in a script, and as strace(1) prints them. */
public final class CallText {

    /** Of the calls whose function has the record's name. */
    private static final ClassValue<String> NAMES =
            new ClassValue<>() {
                @Override
                protected String computeValue(Class<?> type) {
                    return type.getSimpleName().toLowerCase(Locale.ROOT);
                }
            };

    private CallText() {}

    /**
     * What a call gave back.
     *
     * @param result what the C function returns
     * @param errno its symbol, null if it did not fail
     * @param text the whole line: {@code recv(4, "hello", 100, 0) = 5}
     * @param data octets it received
     */
    public record Return(
            long result, @Nullable String errno, String text, byte @Nullable [] data) {}

    /** The C function's name. */
    public static String name(Syscall<?> call) {
        return switch (call) {
            case Syscall.Accept accept -> accept.flags() == 0 ? "accept" : "accept4";
            case Syscall.Send send -> send.to().isPresent() ? "sendto" : "send";
            case Syscall.Recv recv -> recv.wantsSource() ? "recvfrom" : "recv";
            case Syscall.AtBadAddress<?>(var inner) -> name(inner);
            case Syscall.Masked<?>(var inner, _) ->
                    switch (inner) {
                        case Syscall.EpollWait _ -> "epoll_pwait";
                        case Syscall.Pause _ -> "sigsuspend";
                        default -> name(inner);
                    };
            case Syscall.FcntlDup _, Syscall.FcntlNumber _ -> "fcntl";
            case Syscall.ProcessCall<?> process -> ProcessText.name(process);
            case Syscall.Pipe pipe -> pipe.flags() == 0 ? "pipe" : "pipe2";
            case Syscall.EpollCreate _ -> "epoll_create";
            case Syscall.EpollCreate1 _ -> "epoll_create1";
            case Syscall.EpollCtl _ -> "epoll_ctl";
            case Syscall.EpollWait _ -> "epoll_wait";
            case Syscall.EpollPwait2 _ -> "epoll_pwait2";
            case Syscall.Select select -> select.isPselect() ? "pselect" : "select";
            default -> NAMES.get(call.getClass());
        };
    }

    /** The call as it is made. */
    public static String of(Syscall<?> call) {
        return name(call) + "(" + arguments(call, "...", "") + ")";
    }

    /** The octets that a sending call hands over; null for others. */
    public static byte @Nullable [] data(Syscall<?> call) {
        return switch (call) {
            case Syscall.Write write -> write.data();
            case Syscall.Send send -> send.data();
            case Syscall.SendMsg send -> joined(send.message().iov());
            case Syscall.SendMmsg many ->
                    joined(many.messages().stream().flatMap(m -> m.iov().stream()).toList());
            case Syscall.WriteV write -> joined(write.iov());
            default -> null;
        };
    }

    private static byte[] joined(List<byte[]> iov) {
        var all = new ByteArrayOutputStream();
        iov.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /**
     * @param buffer what stands for a receiving call's buffer
     * @param extra what the call stored, after its last argument
     */
    private static String arguments(Syscall<?> call, String buffer, String extra) {
        return switch (call) {
            case Syscall.Socket(int domain, int type, int protocol) ->
                    Symbols.domain(domain)
                            + ", "
                            + Symbols.type(type)
                            + ", "
                            + Symbols.protocol(protocol);
            case Syscall.SocketPair pair -> socketPair(pair, extra.isEmpty() ? "..." : extra);
            case Syscall.Bind(int fd, Endpoint address) -> fd + ", " + address;
            case Syscall.Listen(int fd, int backlog) -> fd + ", " + backlog;
            case Syscall.Accept(int fd, int flags) ->
                    fd + extra + (flags == 0 ? "" : ", " + Symbols.type(flags));
            case Syscall.Connect(int fd, Endpoint address) -> fd + ", " + address;
            case Syscall.Write(int fd, byte[] data) ->
                    fd + ", " + Symbols.quoted(data) + ", " + data.length;
            case Syscall.Send(int fd, byte[] data, int flags, var to) ->
                    fd
                            + ", "
                            + Symbols.quoted(data)
                            + ", "
                            + data.length
                            + ", "
                            + Symbols.messageFlags(flags)
                            + to.map(t -> ", " + t).orElse("");
            case Syscall.Read(int fd, int count) -> fd + ", " + buffer + ", " + count;
            case Syscall.Recv(int fd, int count, int flags, boolean _) ->
                    fd + ", " + buffer + ", " + count + ", " + Symbols.messageFlags(flags) + extra;
            case Syscall.Shutdown(int fd, int how) -> fd + ", " + Symbols.shutdown(how);
            case Syscall.Close _, Syscall.Dup _ -> String.valueOf(call.fd());
            case Syscall.GetSockName(int fd) -> fd + extra;
            case Syscall.GetPeerName(int fd) -> fd + extra;
            case Syscall.SetSockOpt(int fd, SocketOption option, OptionValue value) ->
                    fd + ", " + Symbols.option(option) + ", " + Symbols.value(value);
            case Syscall.GetSockOpt(int fd, SocketOption option, int room) ->
                    fd
                            + ", "
                            + Symbols.option(option)
                            + extra
                            + (room == Syscall.GetSockOpt.ENOUGH ? "" : ", [" + room + "]");
            case Syscall.Fcntl(int fd, var flags) ->
                    fd + flags.map(f -> ", F_SETFL, " + Symbols.fileFlags(f)).orElse(", F_GETFL");
            case Syscall.Ioctl(int fd, long request) -> fd + ", " + Symbols.ioctl(request) + extra;
            case Syscall.SendMsg _,
                    Syscall.RecvMsg _,
                    Syscall.SendMmsg _,
                    Syscall.RecvMmsg _,
                    Syscall.WriteV _,
                    Syscall.ReadV _,
                    Syscall.SendFile _,
                    Syscall.Splice _ ->
                    MessageText.arguments(call, extra);
            case Syscall.AtBadAddress<?>(var inner) -> inner.fd() + ", NULL";
            case Syscall.Masked<?> masked -> masked(masked, buffer, extra);
            case Syscall.FcntlDup(int fd, int lowest, boolean closeOnExec) ->
                    fd + (closeOnExec ? ", F_DUPFD_CLOEXEC, " : ", F_DUPFD, ") + lowest;
            case Syscall.FcntlNumber fcntl -> Symbols.fcntl(fcntl);
            case Syscall.Dup3(int fd, int newFd, int flags) ->
                    fd + ", " + newFd + ", " + (flags == 0 ? "0" : Symbols.fileFlags(flags));
            case Syscall.ProcessCall<?> process -> ProcessText.arguments(process, extra);
            case Syscall.Dup2(int fd, int newFd) -> fd + ", " + newFd;
            case Syscall.Pipe(int flags) ->
                    (extra.isEmpty() ? buffer : extra)
                            + (flags == 0 ? "" : ", " + Symbols.fileFlags(flags));
            case Syscall.Open(String path, int flags) ->
                    '"' + path + "\", " + Symbols.fileFlags(flags);
            case Syscall.Poll _,
                    Syscall.Ppoll _,
                    Syscall.Select _,
                    Syscall.EpollCreate _,
                    Syscall.EpollCreate1 _,
                    Syscall.EpollCtl _,
                    Syscall.EpollWait _,
                    Syscall.EpollPwait2 _,
                    Syscall.Kqueue _,
                    Syscall.Kevent _ ->
                    ReadinessText.arguments(call, buffer, extra);
            case Syscall.Sleep(long nanos) -> Symbols.seconds(nanos);
        };
    }

    private static String socketPair(Syscall.SocketPair call, String ends) {
        String type = Symbols.type(call.type());
        return Symbols.domain(call.domain()) + ", " + type + ", " + call.protocol() + ", " + ends;
    }

    private static String masked(Syscall.Masked<?> call, String buffer, String extra) {
        String waiting = arguments(call.waiting(), buffer, extra);
        return (waiting.isEmpty() ? "" : waiting + ", ") + ProcessText.set(call.mask());
    }

    /** The line that says what the call has returned. */
    public static <R> Return returned(Syscall<R> call, Outcome<R> outcome) {
        return returned(call, of(call), outcome);
    }

    /**
     * The line that says what the call has returned.
     *
     * @param made the call as it was made
     */
    static <R> Return returned(Syscall<R> call, String made, Outcome<R> outcome) {
        return switch (outcome) {
            case Done<R>(R value) -> done(call, made, value);
            case Failed<R>(var errno) when errno == Errno.ERESTARTSYS ->
                    new Return(
                            -errno.number(),
                            errno.name(),
                            made + " = ? " + errno.name() + " (" + errno.text() + ")",
                            null);
            case Failed<R>(var errno) ->
                    new Return(
                            -1,
                            errno.name(),
                            made + " = -1 " + errno.name() + " (" + errno.text() + ")",
                            null);
            case Blocked<R> _ -> throw new IllegalArgumentException(of(call) + " has not returned");
        };
    }

    private static Return done(Syscall<?> call, String made, @Nullable Object value) {
        Syscall<?> kind = call instanceof Syscall.Masked<?>(var inner, _) ? inner : call;
        return switch (value) {
            case Received received when call instanceof Syscall.RecvMsg message ->
                    line(
                            call,
                            "",
                            MessageText.received(message, received),
                            received.result(),
                            received.data());
            case Received received -> {
                String from =
                        call instanceof Syscall.Recv recv && recv.wantsSource()
                                ? received.from().map(f -> ", " + f).orElse("")
                                : "";
                yield line(
                        call,
                        Symbols.quoted(received.data()),
                        from,
                        received.result(),
                        received.data());
            }
            case Syscall.Sent(var lengths) when call instanceof Syscall.SendMmsg many ->
                    line(call, "", MessageText.sent(many, lengths), lengths.size(), null);
            case Syscall.ReceivedMessages(var messages, _)
                    when call instanceof Syscall.RecvMmsg many ->
                    line(
                            call,
                            "",
                            MessageText.received(many, messages),
                            messages.size(),
                            joined(messages.stream().map(Received::data).toList()));
            case Syscall.Accepted(int fd, Endpoint peer) -> line(call, "", ", " + peer, fd, null);
            case Endpoint endpoint -> line(call, "", ", " + endpoint, 0, null);
            case OptionValue option -> line(call, "", ", " + Symbols.value(option), 0, null);
            case Syscall.PipeEnds(int reading, int writing) ->
                    line(call, "", "[" + reading + ", " + writing + "]", 0, null);
            case Syscall.Waited waited ->
                    line(call, "", ProcessText.status(waited), waited.pid(), null);
            case Syscall.ITimer timer -> line(call, "", ProcessText.timer(timer), 0, null);
            case Syscall.SocketEnds(int first, int second) ->
                    line(call, "", "[" + first + ", " + second + "]", 0, null);
            case Syscall.Rlimit limit -> line(call, "", ProcessText.rlimit(limit), 0, null);
            case Syscall.Selected found when kind instanceof Syscall.Select select ->
                    line(call, "", ReadinessText.selected(select, found), found.count(), null);
            case List<?> entries when call instanceof Syscall.Kevent ->
                    line(
                            call,
                            "",
                            ReadinessText.kevents(only(entries, Kevent.class)),
                            entries.size(),
                            null);
            case List<?> entries
                    when kind instanceof Syscall.EpollWait || kind instanceof Syscall.EpollPwait2 ->
                    line(
                            call,
                            "",
                            ReadinessText.events(only(entries, Syscall.EpollEvent.class)),
                            entries.size(),
                            null);
            case List<?> entries -> {
                List<Syscall.PollFd> fds = only(entries, Syscall.PollFd.class);
                long ready = fds.stream().filter(e -> e.revents() != 0).count();
                yield line(call, "", ReadinessText.pollFds(fds, true), ready, null);
            }
            case Integer n when call instanceof Syscall.Ioctl ->
                    line(call, "", ", [" + n + "]", 0, null);
            case Integer n -> new Return(n, null, made + " = " + n, null);
            case null, default -> throw new IllegalStateException(of(call) + " gave " + value);
        };
    }

    private static <T> List<T> only(List<?> entries, Class<T> type) {
        return entries.stream().map(type::cast).toList();
    }

    private static Return line(
            Syscall<?> call, String buffer, String extra, long result, byte @Nullable [] data) {
        String text = name(call) + "(" + arguments(call, buffer, extra) + ") = " + result;
        return new Return(result, null, text, data);
    }

    /** Which events, as poll(2) names them. */
    static String events(int mask) {
        return EventMask.toString(mask);
    }
}
