package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wire.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * A system call with its arguments. {@code R} is what it gives back besides -1 and errno: for most
 * the {@code int} that the C function returns. Constants have Linux's values.
 */
public sealed interface Syscall<R> {

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
        public static final int SOCK_NONBLOCK = 0x800;
        public static final int SOCK_CLOEXEC = 0x80000;
        public static final int IPPROTO_TCP = 6;
        public static final int IPPROTO_UDP = 17;
    }

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

    /** getsockopt(2). */
    record GetSockOpt(int fd, SocketOption option) implements Syscall<OptionValue> {}

    /** fcntl(2) with F_GETFL, or F_SETFL where {@code flags} is there. */
    record Fcntl(int fd, Optional<Integer> flags) implements Syscall<Integer> {
        public static final int O_RDWR = 2;
        public static final int O_NONBLOCK = 0x800;
    }

    /** ioctl(2) with FIONREAD (SIOCINQ) or SIOCOUTQ: the count it stores. */
    record Ioctl(int fd, long request) implements Syscall<Integer> {
        public static final long FIONREAD = 0x541B;
        public static final long SIOCOUTQ = 0x5411;
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

    /** struct pollfd. */
    record PollFd(int fd, int events, int revents) {}

    /** nanosleep(2), by its length in virtual nanoseconds. */
    record Sleep(long nanos) implements Syscall<Integer> {}
}
