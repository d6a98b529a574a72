package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.ControlLayout;
import io.socketlab.kernel.socket.ControlOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SentControl;
import java.util.List;

/**
 * How many octets a call copies between the program's memory and the kernel's, by the sizes that
 * the structures have on x86-64. What a call passes in registers is not copied.
 */
final class CopiedOctets {

    /** struct sockaddr_in, and the int that holds its length. */
    private static final int ADDRESS = 16;

    private static final int INT = 4;
    private static final int POLLFD = 8;
    private static final int REVENTS = 2;
    private static final int EPOLL_EVENT = 12;
    private static final int KEVENT = 64;
    private static final int TIMESPEC = 16;
    private static final int MSGHDR = 56;
    private static final int IOVEC = 16;
    private static final int SIGACTION = 32;
    private static final int RLIMIT = 16;

    private CopiedOctets() {}

    /** From the program, by a call that is over. */
    static <R> long toKernel(Syscall<R> call, Outcome<R> outcome) {
        return switch (call) {
            case Syscall.Bind _, Syscall.Connect _ -> ADDRESS;
            case Syscall.Accept _, Syscall.GetSockName _, Syscall.GetPeerName _ -> INT;
            case Syscall.Write _ -> count(outcome);
            case Syscall.Send send -> count(outcome) + (send.to().isPresent() ? ADDRESS : 0);
            case Syscall.Recv recv -> recv.wantsSource() ? INT : 0;
            case Syscall.SendMsg send -> headers(send.message()) + count(outcome);
            case Syscall.RecvMsg message -> MSGHDR + (long) IOVEC * message.room().iov().size();
            case Syscall.SendMmsg many -> toKernel(many, outcome);
            case Syscall.RecvMmsg many -> toKernel(many, outcome);
            case Syscall.WriteV write -> (long) IOVEC * write.iov().size() + count(outcome);
            case Syscall.ReadV read -> (long) IOVEC * read.iov().size();
            case Syscall.SetSockOpt option -> length(option.value());
            case Syscall.GetSockOpt _ -> INT;
            case Syscall.SendFile file -> file.offset().isPresent() ? Long.BYTES : 0;
            case Syscall.Open open -> open.path().length() + 1L;
            case Syscall.Poll poll -> (long) POLLFD * poll.fds().size();
            case Syscall.Ppoll poll ->
                    (long) POLLFD * poll.fds().size() + timespec(poll.timeoutNanos());
            case Syscall.Select select -> sets(select) + timespec(select.timeoutNanos());
            case Syscall.EpollCtl control ->
                    control.operation() == Syscall.EpollCtl.EPOLL_CTL_DEL ? 0 : EPOLL_EVENT;
            case Syscall.EpollPwait2 wait -> timespec(wait.timeoutNanos());
            case Syscall.Kevent kevent ->
                    (long) KEVENT * kevent.changes().size() + timespec(kevent.timeoutNanos());
            case Syscall.Masked<R>(var inner, _) -> toKernel(inner, outcome) + Long.BYTES;
            case Syscall.Sleep _ -> TIMESPEC;
            case Syscall.SigAction _ -> SIGACTION;
            case Syscall.SigProcMask _ -> Long.BYTES;
            case Syscall.SetRlimit _ -> RLIMIT;
            case Syscall.SetITimer _ -> 2 * TIMESPEC;
            default -> 0;
        };
    }

    /** To the program; nothing but the data of a call that succeeds. */
    static <R> long toUser(Syscall<R> call, Outcome<R> outcome) {
        if (!(outcome instanceof Done<R>(R value))) return 0;
        return switch (call) {
            case Syscall.Accept _, Syscall.GetSockName _, Syscall.GetPeerName _ -> ADDRESS + INT;
            case Syscall.Recv recv -> octets(value) + (recv.wantsSource() ? ADDRESS + INT : 0);
            case Syscall.RecvMsg message when value instanceof Received received ->
                    toUser(received, message.room());
            case Syscall.Read _, Syscall.ReadV _ -> octets(value);
            case Syscall.SendMmsg _ when value instanceof Syscall.Sent sent ->
                    (long) INT * sent.lengths().size();
            case Syscall.RecvMmsg many when value instanceof Syscall.ReceivedMessages received ->
                    toUser(many, received);
            case Syscall.GetSockOpt _ when value instanceof OptionValue option ->
                    length(option) + INT;
            case Syscall.Masked<R>(var inner, _) -> toUser(inner, outcome);
            case Syscall.Ioctl _ -> INT;
            case Syscall.Pipe _, Syscall.SocketPair _ -> 2 * INT;
            case Syscall.WaitPid _ when value instanceof Syscall.Waited waited ->
                    waited.pid() == 0 ? 0 : INT;
            case Syscall.GetRlimit _ -> RLIMIT;
            case Syscall.SetITimer _, Syscall.GetITimer _ -> 2 * TIMESPEC;
            case Syscall.SendFile file -> file.offset().isPresent() ? Long.BYTES : 0;
            case Syscall.Poll poll -> (long) REVENTS * poll.fds().size();
            case Syscall.Ppoll poll -> (long) REVENTS * poll.fds().size();
            case Syscall.Select select -> sets(select) + timespec(select.timeoutNanos());
            case Syscall.EpollWait _ when value instanceof List<?> events ->
                    (long) EPOLL_EVENT * events.size();
            case Syscall.EpollPwait2 _ when value instanceof List<?> events ->
                    (long) EPOLL_EVENT * events.size();
            case Syscall.Kevent _ when value instanceof List<?> events ->
                    (long) KEVENT * events.size();
            default -> 0;
        };
    }

    /** The headers and octets of those that were sent. */
    private static long toKernel(Syscall.SendMmsg call, Outcome<?> outcome) {
        if (!(outcome instanceof Done<?>(Syscall.Sent sent))) return 0;
        long octets = 0;
        for (int i = 0; i < sent.lengths().size(); i++) {
            Syscall.Message message = call.messages().get(i);
            octets += headers(message) + sent.lengths().get(i);
        }
        return octets;
    }

    /** Of a message that is sent: its header, and what that points to but for the data. */
    private static long headers(Syscall.Message message) {
        long octets = MSGHDR + (long) IOVEC * message.iov().size();
        if (message.to().isPresent()) octets += ADDRESS;
        for (SentControl control : message.control()) {
            octets += ControlLayout.LP64.space(control.data().length);
        }
        return octets;
    }

    /** The headers of those that were filled. */
    private static long toKernel(Syscall.RecvMmsg call, Outcome<?> outcome) {
        long octets = timespec(call.timeoutNanos());
        if (!(outcome instanceof Done<?>(Syscall.ReceivedMessages received))) return octets;
        for (int i = 0; i < received.messages().size(); i++) {
            octets += MSGHDR + (long) IOVEC * call.rooms().get(i).iov().size();
        }
        return octets;
    }

    private static long toUser(Syscall.RecvMmsg call, Syscall.ReceivedMessages received) {
        long octets = timespec(call.timeoutNanos());
        for (int i = 0; i < received.messages().size(); i++) {
            octets += INT + toUser(received.messages().get(i), call.rooms().get(i));
        }
        return octets;
    }

    private static long count(Outcome<?> outcome) {
        return outcome instanceof Done<?>(Integer taken) ? taken : 0;
    }

    private static <R> long octets(R value) {
        return value instanceof Received received ? received.data().length : 0;
    }

    private static long toUser(Received message, Syscall.Room room) {
        return message.data().length
                + (long) ControlOctets.all(message.control(), room.control()).length;
    }

    /** FDS_BYTES(n) of each set that is not NULL: whole longs. */
    private static long sets(Syscall.Select call) {
        long one = (call.count() + 63L) / 64 * Long.BYTES;
        return one
                * ((call.reading().isEmpty() ? 0 : 1)
                        + (call.writing().isEmpty() ? 0 : 1)
                        + (call.exceptional().isEmpty() ? 0 : 1));
    }

    private static long timespec(long nanos) {
        return nanos < 0 ? 0 : TIMESPEC;
    }

    /** Of optval. */
    private static long length(OptionValue value) {
        return switch (value) {
            case OptionValue.Int _ -> INT;
            case OptionValue.Linger _ -> 2 * INT;
            case OptionValue.Time _ -> TIMESPEC;
            case OptionValue.Octets(var octets) -> octets.length;
            case OptionValue.Membership _ -> 3 * INT;
            case OptionValue.ConnectionInfo(var info) -> info.octets().length;
            case OptionValue.Numbers(var numbers) -> (long) INT * numbers.size();
            case OptionValue.Text(var text) -> text.length();
        };
    }
}
