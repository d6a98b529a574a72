package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.ControlRoom;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SentControl;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wire.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * A system call with its arguments. {@code R} is what it gives back besides -1 and errno: for most
 * the {@code int} that the C function returns. Constants have Linux's values.
 */
public sealed interface Syscall<R> extends Invocation<R> {

    /** The descriptor it is about, -1 if it has none. */
    default int fd() {
        return -1;
    }

    /** socket(2). */
    record Socket(int domain, int type, int protocol) implements Syscall<Integer> {
        public static final int AF_UNIX = 1;
        public static final int AF_INET = 2;
        public static final int AF_INET6 = 10;
        public static final int SOCK_STREAM = 1;
        public static final int SOCK_DGRAM = 2;
        public static final int SOCK_RAW = 3;
        public static final int SOCK_SEQPACKET = 5;
        public static final int SOCK_NONBLOCK = 0x800;
        public static final int SOCK_CLOEXEC = 0x80000;
        public static final int IPPROTO_ICMP = 1;
        public static final int IPPROTO_TCP = 6;
        public static final int IPPROTO_UDP = 17;
        public static final int IPPROTO_ICMPV6 = 58;

        /** That of the ping sockets of a domain. */
        static int pingProtocol(int domain) {
            return domain == AF_INET6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
        }
    }

    /**
     * socketpair(2): two that are connected with one another, on the same host.
     *
     * @param domain AF_UNIX
     */
    record SocketPair(int domain, int type, int protocol) implements Syscall<SocketEnds> {}

    record SocketEnds(int first, int second) {}

    /** bind(2). */
    record Bind(int fd, Endpoint address) implements Syscall<Integer> {}

    /** listen(2). */
    record Listen(int fd, int backlog) implements Syscall<Integer> {}

    /**
     * accept(2), accept4(2).
     *
     * @param flags SOCK_NONBLOCK or 0. Gives the new descriptor and the peer.
     */
    record Accept(int fd, int flags) implements Syscall<Accepted> {}

    record Accepted(int fd, Endpoint peer) {}

    /** connect(2). */
    record Connect(int fd, Endpoint address) implements Syscall<Integer> {}

    /**
     * A call whose buffer is not the program's to use: NULL. It fails with EFAULT where the kernel
     * would copy.
     *
     * @param call a sending or receiving call
     */
    record AtBadAddress<R>(Syscall<R> call) implements Syscall<R> {
        @Override
        public int fd() {
            return call.fd();
        }
    }

    /**
     * A call that waits with a signal mask of its own: ppoll(2), pselect(2), epoll_pwait(2),
     * epoll_pwait2(2), sigsuspend(2).
     *
     * @param waiting {@link Ppoll}, {@link Select}, {@link EpollWait}, {@link EpollPwait2} or
     *     {@link Pause}
     * @param mask Linux's sigset_t: the signals that are blocked while it waits
     */
    record Masked<R>(Syscall<R> waiting, long mask) implements Syscall<R> {
        public Masked {
            boolean waits =
                    waiting instanceof Ppoll
                            || waiting instanceof Select
                            || waiting instanceof EpollWait
                            || waiting instanceof EpollPwait2
                            || waiting instanceof Pause;
            if (!waits) throw new IllegalArgumentException(waiting + " has no signal mask");
        }

        @Override
        public int fd() {
            return waiting.fd();
        }
    }

    /** sendmsg(2). */
    record SendMsg(int fd, Message message, int flags) implements Syscall<Integer> {
        public SendMsg(int fd, List<byte[]> iov, int flags, Optional<Endpoint> to) {
            this(fd, new Message(iov, to, List.of()), flags);
        }
    }

    /** recvmsg(2). */
    record RecvMsg(int fd, Room room, int flags) implements Syscall<Received> {
        public RecvMsg(int fd, List<Integer> iov, int flags) {
            this(fd, new Room(iov, ControlRoom.ENOUGH), flags);
        }
    }

    /**
     * struct msghdr of sendmsg(2), and of each message of sendmmsg(2).
     *
     * @param iov the buffers of msg_iov, one after the other
     */
    record Message(List<byte[]> iov, Optional<Endpoint> to, List<SentControl> control) {
        public Message {
            iov = List.copyOf(iov);
            control = List.copyOf(control);
        }
    }

    /** sendmmsg(2): several messages by one call. Gives msg_len of each that was sent. */
    record SendMmsg(int fd, List<Message> messages, int flags) implements Syscall<Sent> {
        public SendMmsg {
            messages = List.copyOf(messages);
        }
    }

    /** What sendmmsg(2) has sent: as many messages as there are lengths, each so many octets. */
    record Sent(List<Integer> lengths) {
        public Sent {
            lengths = List.copyOf(lengths);
        }
    }

    /**
     * recvmmsg(2): several messages by one call.
     *
     * @param timeoutNanos looked at after each message only; -1 for none
     */
    record RecvMmsg(int fd, List<Room> rooms, int flags, long timeoutNanos)
            implements Syscall<ReceivedMessages> {
        public RecvMmsg {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * What there is for one message.
     *
     * @param iov the lengths of the buffers of msg_iov
     * @param control what there is for control messages
     */
    record Room(List<Integer> iov, ControlRoom control) {
        public Room {
            iov = List.copyOf(iov);
        }
    }

    /**
     * What recvmmsg(2) has received.
     *
     * @param leftNanos the timeout as the call leaves it; -1 if it had none
     */
    record ReceivedMessages(List<Received> messages, long leftNanos) {
        public ReceivedMessages {
            messages = List.copyOf(messages);
        }
    }

    /** writev(2). */
    record WriteV(int fd, List<byte[]> iov) implements Syscall<Integer> {
        public WriteV {
            iov = List.copyOf(iov);
        }
    }

    /** readv(2). */
    record ReadV(int fd, List<Integer> iov) implements Syscall<Received> {
        public ReadV {
            iov = List.copyOf(iov);
        }
    }

    /**
     * sendfile(2).
     *
     * @param fd where to
     * @param offset where in the file to begin; empty for the file's own offset
     */
    record SendFile(int fd, int from, Optional<Long> offset, int count)
            implements Syscall<Integer> {}

    /**
     * splice(2), without offsets.
     *
     * @param fd where from
     */
    record Splice(int fd, int to, int count, int flags) implements Syscall<Integer> {
        public static final int SPLICE_F_MOVE = 1;
        public static final int SPLICE_F_NONBLOCK = 2;
        public static final int SPLICE_F_MORE = 4;
    }

    /** write(2). */
    record Write(int fd, byte[] data) implements Syscall<Integer> {}

    /** send(2), and sendto(2) where {@code to} is there. */
    record Send(int fd, byte[] data, int flags, Optional<Endpoint> to)
            implements Syscall<Integer> {}

    /** read(2). */
    record Read(int fd, int count) implements Syscall<Received> {}

    /** recv(2), and recvfrom(2) where {@code wantsSource}. */
    record Recv(int fd, int count, int flags, boolean wantsSource) implements Syscall<Received> {}

    /**
     * shutdown(2).
     *
     * @param how SHUT_RD 0, SHUT_WR 1, SHUT_RDWR 2
     */
    record Shutdown(int fd, int how) implements Syscall<Integer> {
        public static final int SHUT_RD = 0;
        public static final int SHUT_WR = 1;
        public static final int SHUT_RDWR = 2;
    }

    /** close(2). */
    record Close(int fd) implements Syscall<Integer> {}

    /** getsockname(2). */
    record GetSockName(int fd) implements Syscall<Endpoint> {}

    /** getpeername(2). */
    record GetPeerName(int fd) implements Syscall<Endpoint> {}

    /** setsockopt(2). */
    record SetSockOpt(int fd, SocketOption option, OptionValue value) implements Syscall<Integer> {}

    /**
     * getsockopt(2).
     *
     * @param room octets for the value; {@link #ENOUGH} for any
     */
    record GetSockOpt(int fd, SocketOption option, int room) implements Syscall<OptionValue> {
        public static final int ENOUGH = Integer.MAX_VALUE;

        public GetSockOpt(int fd, SocketOption option) {
            this(fd, option, ENOUGH);
        }
    }

    /** fcntl(2) with F_GETFL, or F_SETFL where {@code flags} is there. */
    record Fcntl(int fd, Optional<Integer> flags) implements Syscall<Integer> {
        public static final int O_RDONLY = 0;
        public static final int O_WRONLY = 1;
        public static final int O_RDWR = 2;
        public static final int O_CREAT = 0x40;
        public static final int O_TRUNC = 0x200;
        public static final int O_CLOEXEC = 0x80000;
        public static final int O_NONBLOCK = 0x800;

        /** Also FASYNC. */
        public static final int O_ASYNC = 0x2000;
    }

    /**
     * fcntl(2) with F_DUPFD, or F_DUPFD_CLOEXEC where {@code closeOnExec}: another number, none
     * below {@code lowest}.
     */
    record FcntlDup(int fd, int lowest, boolean closeOnExec) implements Syscall<Integer> {
        public FcntlDup(int fd, int lowest) {
            this(fd, lowest, false);
        }
    }

    /** fcntl(2) with another command: F_GETFD, F_SETFD, F_GETOWN, F_SETOWN, F_GETSIG, F_SETSIG. */
    record FcntlNumber(int fd, int command, int argument) implements Syscall<Integer> {
        public static final int F_GETFD = 1;
        public static final int F_SETFD = 2;
        public static final int F_SETOWN = 8;
        public static final int F_GETOWN = 9;
        public static final int F_SETSIG = 10;
        public static final int F_GETSIG = 11;
        public static final int FD_CLOEXEC = 1;
    }

    /** dup(2). */
    record Dup(int fd) implements Syscall<Integer> {}

    /** dup2(2). */
    record Dup2(int fd, int newFd) implements Syscall<Integer> {}

    /** dup3(2). */
    record Dup3(int fd, int newFd, int flags) implements Syscall<Integer> {}

    /** pipe(2), pipe2(2). */
    record Pipe(int flags) implements Syscall<PipeEnds> {}

    record PipeEnds(int reading, int writing) {}

    /** open(2). */
    record Open(String path, int flags) implements Syscall<Integer> {}

    /** ioctl(2) with FIONREAD (SIOCINQ), SIOCOUTQ, SIOCOUTQNSD or SIOCATMARK: what it stores. */
    record Ioctl(int fd, long request) implements Syscall<Integer> {
        public static final long FIONREAD = 0x541B;
        public static final long SIOCOUTQ = 0x5411;
        public static final long SIOCOUTQNSD = 0x894B;
        public static final long SIOCATMARK = 0x8905;
    }

    /**
     * poll(2).
     *
     * @param timeoutMs -1 for ever. Gives the entries with {@code revents} filled in.
     */
    record Poll(List<PollFd> fds, int timeoutMs) implements Syscall<List<PollFd>> {
        public Poll {
            fds = List.copyOf(fds);
        }
    }

    /** ppoll(2): poll(2) with its timeout in nanoseconds, -1 for ever. */
    record Ppoll(List<PollFd> fds, long timeoutNanos) implements Syscall<List<PollFd>> {
        public Ppoll {
            fds = List.copyOf(fds);
        }
    }

    /**
     * select(2), pselect(2).
     *
     * @param count one more than the highest descriptor that is looked at
     * @param timeoutNanos -1 for ever
     * @param isPselect it is pselect(2), which leaves its timeout as it is
     */
    record Select(
            int count,
            List<Integer> reading,
            List<Integer> writing,
            List<Integer> exceptional,
            long timeoutNanos,
            boolean isPselect)
            implements Syscall<Selected> {
        /** The size of an fd_set: a program cannot name descriptors from here on. */
        public static final int FD_SETSIZE = 1024;

        public Select {
            reading = List.copyOf(reading);
            writing = List.copyOf(writing);
            exceptional = List.copyOf(exceptional);
        }

        /** select(2). */
        public Select(
                int count,
                List<Integer> reading,
                List<Integer> writing,
                List<Integer> exceptional,
                long timeoutNanos) {
            this(count, reading, writing, exceptional, timeoutNanos, false);
        }
    }

    /**
     * The three sets as select(2) leaves them.
     *
     * @param count what the call returns: how many descriptors are ready, in all three together
     * @param leftNanos the timeout as the call leaves it; -1 if it had none
     */
    record Selected(
            int count,
            List<Integer> reading,
            List<Integer> writing,
            List<Integer> exceptional,
            long leftNanos) {
        public Selected {
            reading = List.copyOf(reading);
            writing = List.copyOf(writing);
            exceptional = List.copyOf(exceptional);
        }
    }

    /** epoll_create(2): the size need only be positive. */
    record EpollCreate(int size) implements Syscall<Integer> {}

    /** epoll_create1(2). */
    record EpollCreate1(int flags) implements Syscall<Integer> {}

    /**
     * epoll_ctl(2).
     *
     * @param fd the epoll instance
     * @param target what is watched
     * @param data what epoll_wait(2) is to give back
     */
    record EpollCtl(int fd, int operation, int target, int events, long data)
            implements Syscall<Integer> {
        public static final int EPOLL_CTL_ADD = 1;
        public static final int EPOLL_CTL_DEL = 2;
        public static final int EPOLL_CTL_MOD = 3;
    }

    /** epoll_wait(2). */
    record EpollWait(int fd, int max, int timeoutMs) implements Syscall<List<EpollEvent>> {}

    /**
     * epoll_pwait2(2): epoll_wait(2) with its timeout in nanoseconds.
     *
     * @param timeoutNanos -1 for ever
     */
    record EpollPwait2(int fd, int max, long timeoutNanos) implements Syscall<List<EpollEvent>> {}

    /** struct epoll_event. */
    record EpollEvent(int events, long data) {}

    /** kqueue(2). */
    record Kqueue() implements Syscall<Integer> {}

    /**
     * kevent(2).
     *
     * @param max how many events there is room for; the errors of changes go there too
     * @param timeoutNanos -1 for ever
     */
    record Kevent(int fd, List<io.socketlab.kernel.poll.Kevent> changes, int max, long timeoutNanos)
            implements Syscall<List<io.socketlab.kernel.poll.Kevent>> {
        public Kevent {
            changes = List.copyOf(changes);
        }
    }

    /** struct pollfd. */
    record PollFd(int fd, int events, int revents) {}

    /** nanosleep(2), by its length in virtual nanoseconds. */
    record Sleep(long nanos) implements Syscall<Integer> {}

    // ---- processes, threads and signals

    /** A call about processes, threads and signals, or about what a process may have. */
    sealed interface ProcessCall<R> extends Syscall<R> {}

    /** fork(2): the number of the new process, whose only task has the same number. */
    record Fork() implements ProcessCall<Integer> {}

    /** pthread_create(3), which is clone(2) with CLONE_THREAD: the number of the new task. */
    record PthreadCreate() implements ProcessCall<Integer> {}

    /** pthread_exit(3). Does not return. */
    record PthreadExit() implements ProcessCall<Integer> {}

    /** exit(3), which is exit_group(2). Does not return. */
    record Exit(int status) implements ProcessCall<Integer> {}

    /**
     * wait(2), waitpid(2).
     *
     * @param pid -1 for any child
     */
    record WaitPid(int pid, int options) implements ProcessCall<Waited> {
        public static final int WNOHANG = 1;
        public static final int WUNTRACED = 2;
        public static final int WCONTINUED = 8;
    }

    /**
     * @param pid 0 if no child had ended
     * @param status as W… of waitpid(2) take it apart
     */
    record Waited(int pid, int status) {}

    /** getpid(2). */
    record GetPid() implements ProcessCall<Integer> {}

    /** getppid(2). */
    record GetPpid() implements ProcessCall<Integer> {}

    /**
     * kill(2).
     *
     * @param signal 0 only asks whether there is such a process
     */
    record Kill(int pid, int signal) implements ProcessCall<Integer> {}

    /** sigaction(2). */
    record SigAction(int signal, SignalAction action) implements ProcessCall<Integer> {}

    /** sigprocmask(2). */
    record SigProcMask(int how, long set) implements ProcessCall<Integer> {
        public static final int SIG_BLOCK = 0;
        public static final int SIG_UNBLOCK = 1;
        public static final int SIG_SETMASK = 2;
    }

    /** sigreturn(2): a handler has returned. The C library makes it, and no program. */
    record SigReturn() implements ProcessCall<Integer> {}

    /** pause(2). */
    record Pause() implements ProcessCall<Integer> {}

    /** alarm(2). */
    record Alarm(int seconds) implements ProcessCall<Integer> {}

    /**
     * setitimer(2) of ITIMER_REAL.
     *
     * @param timer what is set; gives what was there
     */
    record SetITimer(ITimer timer) implements ProcessCall<ITimer> {}

    /** getitimer(2) of ITIMER_REAL. */
    record GetITimer() implements ProcessCall<ITimer> {}

    /**
     * struct itimerval, in nanoseconds.
     *
     * @param value until it expires; 0 for never
     * @param interval after which it expires again and again; 0 for once
     */
    record ITimer(long value, long interval) {
        public static final ITimer NONE = new ITimer(0, 0);

        public ITimer {
            if (value < 0 || interval < 0) throw new IllegalArgumentException("a time below 0");
        }
    }

    /** getrlimit(2) of RLIMIT_NOFILE. */
    record GetRlimit() implements ProcessCall<Rlimit> {}

    /** setrlimit(2) of RLIMIT_NOFILE. */
    record SetRlimit(Rlimit limit) implements ProcessCall<Integer> {}

    /** struct rlimit. */
    record Rlimit(long soft, long hard) {}
}
