package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wire.Endpoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls that make, name and connect sockets. */
final class SocketCalls {

    private static final int TYPE_MASK = 0xF;
    private static final int MAX_TYPE = 10;

    /** The group of every program here: that of a machine's first user. */
    private static final long GROUP = 1000;

    private final UserProcess process;
    private final FileCalls files;

    SocketCalls(UserProcess process, FileCalls files) {
        this.process = process;
        this.files = files;
    }

    PreparedCall<Integer> socket(Syscall.Socket call) {
        return _ -> {
            int type = call.type() & TYPE_MASK;
            int flags = call.type() & ~TYPE_MASK;
            if ((flags & ~(Syscall.Socket.SOCK_NONBLOCK | Syscall.Socket.SOCK_CLOEXEC)) != 0
                    || type > MAX_TYPE
                    || type == 0) {
                return new Failed<>(Errno.EINVAL);
            }
            AddressFamily family = family(call.domain());
            if (family == null) return new Failed<>(Errno.EAFNOSUPPORT);
            int protocol = call.protocol();
            if (type == Syscall.Socket.SOCK_RAW) return new Failed<>(Errno.EPERM);
            if (type != Syscall.Socket.SOCK_STREAM && type != Syscall.Socket.SOCK_DGRAM) {
                return new Failed<>(Errno.ESOCKTNOSUPPORT);
            }
            if (protocol == Syscall.Socket.pingProtocol(call.domain())
                    && type == Syscall.Socket.SOCK_DGRAM
                    && process.abi().hasPingSockets()) {
                return ping(family, flags);
            }
            boolean stream = type == Syscall.Socket.SOCK_STREAM;
            int expected = stream ? Syscall.Socket.IPPROTO_TCP : Syscall.Socket.IPPROTO_UDP;
            if (protocol < 0 || protocol > 255) return new Failed<>(Errno.EINVAL);
            if (protocol != 0 && protocol != expected) return new Failed<>(Errno.EPROTONOSUPPORT);
            Errno shortage = files.shortage();
            if (shortage != null) return new Failed<>(shortage);
            Socket socket =
                    stream ? process.sockets().stream(family) : process.sockets().datagram(family);
            return new Done<>(files.install(newFile(socket, flags), isClosedOnExec(flags)));
        };
    }

    /** Of AF_UNIX alone; the family is looked at last: __sys_socketpair(). */
    PreparedCall<Syscall.SocketEnds> pair(Syscall.SocketPair call) {
        return _ -> {
            int type = call.type() & TYPE_MASK;
            int flags = call.type() & ~TYPE_MASK;
            if ((flags & ~(Syscall.Socket.SOCK_NONBLOCK | Syscall.Socket.SOCK_CLOEXEC)) != 0) {
                return new Failed<>(Errno.EINVAL);
            }
            if (!process.table().hasRoomForFiles(2)) return new Failed<>(Errno.ENFILE);
            if (!process.fds().hasRoomFor(2)) return new Failed<>(Errno.EMFILE);
            Errno wrong = wrong(call.domain(), type, call.protocol());
            if (wrong != null) return new Failed<>(wrong);
            LocalSocket[] pair = LocalSocket.pair(type, process.sysctls());
            boolean closes = isClosedOnExec(flags);
            int first = files.install(newFile(pair[0], flags), closes);
            int second = files.install(newFile(pair[1], flags), closes);
            return new Done<>(new Syscall.SocketEnds(first, second));
        };
    }

    private static @Nullable Errno wrong(int domain, int type, int protocol) {
        return switch (domain) {
            case Syscall.Socket.AF_INET, Syscall.Socket.AF_INET6 -> Errno.EOPNOTSUPP;
            case Syscall.Socket.AF_UNIX -> {
                if (protocol != 0 && protocol != Syscall.Socket.AF_UNIX) {
                    yield Errno.EPROTONOSUPPORT;
                }
                boolean known =
                        type == Syscall.Socket.SOCK_STREAM
                                || type == Syscall.Socket.SOCK_DGRAM
                                || type == Syscall.Socket.SOCK_SEQPACKET;
                yield known ? null : Errno.ESOCKTNOSUPPORT;
            }
            default -> Errno.EAFNOSUPPORT;
        };
    }

    /** ping_init_sock(): only groups of net.ipv4.ping_group_range may. */
    private Outcome<Integer> ping(AddressFamily family, int flags) {
        long[] range = process.sysctls().numbers("net.ipv4.ping_group_range");
        if (GROUP < range[0] || GROUP > range[1]) return new Failed<>(Errno.EACCES);
        Errno shortage = files.shortage();
        if (shortage != null) return new Failed<>(shortage);
        Socket socket = process.sockets().ping(family);
        return new Done<>(files.install(newFile(socket, flags), isClosedOnExec(flags)));
    }

    private static @Nullable AddressFamily family(int domain) {
        return switch (domain) {
            case Syscall.Socket.AF_INET -> AddressFamily.AF_INET;
            case Syscall.Socket.AF_INET6 -> AddressFamily.AF_INET6;
            default -> null;
        };
    }

    private OpenFile newFile(Socket socket, int flags) {
        boolean nonBlocking = (flags & Syscall.Socket.SOCK_NONBLOCK) != 0;
        int status = Syscall.Fcntl.O_RDWR | (nonBlocking ? Syscall.Fcntl.O_NONBLOCK : 0);
        return files.newFile(socket, status);
    }

    private static boolean isClosedOnExec(int flags) {
        return (flags & Syscall.Socket.SOCK_CLOEXEC) != 0;
    }

    PreparedCall<Integer> bind(Syscall.Bind call) {
        return at(call.fd(), socket -> socket.bind(call.address()));
    }

    PreparedCall<Integer> listen(Syscall.Listen call) {
        return at(call.fd(), socket -> socket.listen(call.backlog()));
    }

    PreparedCall<Integer> shutdown(Syscall.Shutdown call) {
        int how = call.how();
        return at(
                call.fd(),
                socket ->
                        how < Syscall.Shutdown.SHUT_RD || how > Syscall.Shutdown.SHUT_RDWR
                                ? new Failed<>(Errno.EINVAL)
                                : socket.shutdown(
                                        how != Syscall.Shutdown.SHUT_WR,
                                        how != Syscall.Shutdown.SHUT_RD));
    }

    PreparedCall<Endpoint> getSockName(Syscall.GetSockName call) {
        return at(call.fd(), socket -> new Done<>(socket.localEndpoint()));
    }

    PreparedCall<Endpoint> getPeerName(Syscall.GetPeerName call) {
        return at(
                call.fd(),
                socket ->
                        socket.remoteEndpoint()
                                .<Outcome<Endpoint>>map(Done::new)
                                .orElseGet(() -> new Failed<>(Errno.ENOTCONN)));
    }

    PreparedCall<Integer> setSockOpt(Syscall.SetSockOpt call) {
        return at(
                call.fd(),
                socket -> {
                    if (!process.abi().has(call.option())) return new Failed<>(Errno.ENOPROTOOPT);
                    return switch (OptionOctets.decoded(call.option(), call.value())) {
                        case Done<OptionValue>(OptionValue value) ->
                                socket.setOption(call.option(), value);
                        case Failed<OptionValue>(Errno errno) -> new Failed<>(errno);
                        case Blocked<OptionValue> _ -> throw new IllegalStateException();
                    };
                });
    }

    PreparedCall<OptionValue> getSockOpt(Syscall.GetSockOpt call) {
        return at(
                call.fd(),
                socket -> {
                    if (!process.abi().has(call.option())) return new Failed<>(Errno.ENOPROTOOPT);
                    if (call.room() < 0) return new Failed<>(Errno.EINVAL);
                    Outcome<OptionValue> all = socket.getOption(call.option());
                    if (!(all instanceof Done<OptionValue>(OptionValue value))) return all;
                    Outcome<OptionValue> given =
                            OptionOctets.limited(call.option(), value, call.room());
                    if (given instanceof Done<OptionValue>) socket.given(call.option());
                    return given;
                });
    }

    /** A call that never waits. */
    private <R> PreparedCall<R> at(int fd, Function<Socket, Outcome<R>> attempt) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        return _ -> attempt.apply(socket);
    }

    PreparedCall<Syscall.Accepted> accept(Syscall.Accept call) {
        if ((call.flags() & ~(Syscall.Socket.SOCK_NONBLOCK | Syscall.Socket.SOCK_CLOEXEC)) != 0) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        if (!process.fds().hasRoom()) return SyscallTable.failing(Errno.EMFILE);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        return new AcceptCall(file, socket, call.flags());
    }

    /**
     * accept(2). It has its descriptor before it looks for a connection, and keeps it while it
     * waits: where there is none, no connection is taken. net/socket.c, __sys_accept4().
     */
    private final class AcceptCall extends HeldCall<Syscall.Accepted> {

        private final Socket socket;
        private final int flags;
        private final int fd = process.fds().reserve();
        private boolean used;

        AcceptCall(OpenFile file, Socket socket, int flags) {
            super(file, 0);
            this.socket = socket;
            this.flags = flags;
        }

        @Override
        public Outcome<Syscall.Accepted> attempt(boolean resumed) {
            if (!process.table().hasRoomForFiles(1)) return new Failed<>(Errno.ENFILE);
            return switch (socket.accept()) {
                case Done<Socket>(Socket child) -> {
                    used = true;
                    files.install(fd, newFile(child, flags), isClosedOnExec(flags));
                    yield new Done<>(new Syscall.Accepted(fd, child.acceptedPeer()));
                }
                case Failed<Socket>(Errno errno) -> new Failed<>(errno);
                case Blocked<Socket>(var on, int events, String reason) ->
                        new Blocked<>(on, events, reason);
            };
        }

        @Override
        public void release() {
            if (!used) process.fds().unreserve(fd);
            super.release();
        }

        @Override
        public boolean isExclusive() {
            return true;
        }

        @Override
        public boolean isRestartable() {
            return timeout() == FOREVER;
        }

        @Override
        public long timeout() {
            return orForever(socket.options().receiveTimeout());
        }
    }

    PreparedCall<Integer> connect(Syscall.Connect call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        boolean another = socket.isConnecting();
        return new HeldCall<Integer>(file, 0) {

            @Override
            public Outcome<Integer> attempt(boolean resumed) {
                return socket.connect(call.address(), resumed);
            }

            @Override
            public Outcome<Integer> wouldBlock() {
                return new Failed<>(another ? Errno.EALREADY : Errno.EINPROGRESS);
            }

            @Override
            public boolean isRestartable() {
                return timeout() == FOREVER;
            }

            @Override
            public long timeout() {
                return orForever(socket.options().sendTimeout());
            }
        };
    }
}
