package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionOctets;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import java.util.Optional;

/** The calls of sys/socket.h. Arguments are in the order of their man pages. */
final class SocketCalls {

    private static final int MOST_OPTION = 4096;

    private SocketCalls() {}

    static void addTo(CallTable calls) {
        calls.add(
                "socket",
                "iii:i",
                (p, a) -> p.number(new Syscall.Socket(i(a[0]), i(a[1]), i(a[2]))));
        calls.add(
                "bind",
                "iii:i",
                (p, a) -> p.number(new Syscall.Bind(i(a[0]), address(p, a[1], a[2]))));
        calls.add("socketpair", "iiii:i", SocketCalls::pair);
        calls.add("listen", "ii:i", (p, a) -> p.number(new Syscall.Listen(i(a[0]), i(a[1]))));
        calls.add("accept4", "iiii:i", SocketCalls::accept);
        calls.add(
                "connect",
                "iii:i",
                (p, a) -> p.number(new Syscall.Connect(i(a[0]), address(p, a[1], a[2]))));
        calls.add("sendto", "iiiiii:i", SocketCalls::sendTo);
        calls.add("recvfrom", "iiiiii:i", SocketCalls::recvFrom);
        calls.add("sendmsg", "iii:i", MessageCalls::sendMsg);
        calls.add("recvmsg", "iii:i", MessageCalls::recvMsg);
        calls.add("shutdown", "ii:i", (p, a) -> p.number(new Syscall.Shutdown(i(a[0]), i(a[1]))));
        calls.add(
                "getsockname",
                "iii:i",
                (p, a) -> store(p, p.make(new Syscall.GetSockName(i(a[0]))), a));
        calls.add(
                "getpeername",
                "iii:i",
                (p, a) -> store(p, p.make(new Syscall.GetPeerName(i(a[0]))), a));
        calls.add("getsockopt", "iiiii:i", SocketCalls::getSockOpt);
        calls.add("setsockopt", "iiiii:i", SocketCalls::setSockOpt);
    }

    private static int i(long argument) {
        return (int) argument;
    }

    private static Endpoint address(Context p, long address, long length) {
        return Structs.endpoint(p.memory(), address, length);
    }

    private static long store(Context p, Endpoint endpoint, long[] a) {
        if (a[1] == 0 || a[2] == 0) throw new Failure(Errno.EFAULT);
        Structs.store(p.memory(), endpoint, a[1], a[2]);
        return 0;
    }

    private static long pair(Context p, long[] a) {
        p.memory().octets(a[3], 2L * Integer.BYTES);
        Syscall.SocketEnds ends = p.make(new Syscall.SocketPair(i(a[0]), i(a[1]), i(a[2])));
        p.memory().put32(a[3], ends.first());
        p.memory().put32(a[3] + Integer.BYTES, ends.second());
        return 0;
    }

    private static long accept(Context p, long[] a) {
        Syscall.Accepted accepted = p.make(new Syscall.Accept(i(a[0]), i(a[3])));
        Structs.store(p.memory(), accepted.peer(), a[1], a[2]);
        return accepted.fd();
    }

    private static long sendTo(Context p, long[] a) {
        Optional<Endpoint> to = a[4] == 0 ? Optional.empty() : Optional.of(address(p, a[4], a[5]));
        int length = length(a[2]);
        if (!p.memory().has(a[1], length)) {
            var nothing = new Syscall.Send(i(a[0]), new byte[length], i(a[3]), to);
            return p.number(new Syscall.AtBadAddress<>(nothing));
        }
        byte[] data = p.memory().octets(a[1], length);
        return p.number(new Syscall.Send(i(a[0]), data, i(a[3]), to));
    }

    /** However much it says, a call moves no more: __sys_sendto() takes INT_MAX at most, too. */
    static int length(long argument) {
        return (int) Math.min(argument & 0xFFFF_FFFFL, CallTable.MOST_OCTETS);
    }

    private static long recvFrom(Context p, long[] a) {
        int room = length(a[2]);
        var call = new Syscall.Recv(i(a[0]), room, i(a[3]), a[4] != 0);
        if (!p.memory().has(a[1], room)) return p.make(new Syscall.AtBadAddress<>(call)).result();
        Received received = p.make(call);
        p.memory().put(a[1], received.data());
        received.from().ifPresent(from -> Structs.store(p.memory(), from, a[4], a[5]));
        return received.result();
    }

    // ---- options

    private static Optional<SocketOption> option(long level, long number) {
        for (SocketOption option : SocketOption.values()) {
            if (option.level().number() == (int) level && option.number() == (int) number) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private static long setSockOpt(Context p, long[] a) {
        SocketOption option = option(a[1], a[2]).orElseThrow(() -> new Failure(Errno.ENOPROTOOPT));
        int length = i(a[4]);
        if (length < 0) throw new Failure(Errno.EINVAL);
        byte[] octets = p.memory().octets(a[3], Math.min(length, MOST_OPTION));
        OptionValue value =
                Context.value(OptionOctets.decoded(option, new OptionValue.Octets(octets)));
        return p.number(new Syscall.SetSockOpt(i(a[0]), option, value));
    }

    private static long getSockOpt(Context p, long[] a) {
        SocketOption option = option(a[1], a[2]).orElseThrow(() -> new Failure(Errno.ENOPROTOOPT));
        int room = p.memory().int32(a[4]);
        OptionValue value = p.make(new Syscall.GetSockOpt(i(a[0]), option, room));
        byte[] octets = OptionOctets.encoded(option, value);
        int count = Math.min(room, octets.length);
        p.memory().put(a[3], octets, 0, count);
        p.memory().put32(a[4], count);
        return 0;
    }
}
