package io.socketlab.sandbox.program;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.SocketAddressOctets;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.List;

/** The structures of C that calls pass, as they lie in the memory of a program for wasm32. */
final class Structs {

    static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int IOVEC = 8;
    static final int POLLFD = 8;
    static final int EPOLL_EVENT = 12;
    static final int KEVENT = 32;

    private static final int SOCKADDR_STORAGE = 128;
    private static final int MOST_PIECES = 1024;

    private Structs() {}

    /** A buffer of readv(2) and its like. */
    record Piece(int address, int length) {}

    /**
     * struct sockaddr.
     *
     * @throws Failure EINVAL if it is too short for its family or longer than any, EAFNOSUPPORT if
     *     that is not IP's
     */
    static Endpoint endpoint(UserMemory memory, long address, long length) {
        if (Integer.compareUnsigned((int) length, 2) < 0
                || Integer.compareUnsigned((int) length, SOCKADDR_STORAGE) > 0) {
            throw new Failure(Errno.EINVAL);
        }
        int family = memory.int16(address);
        if (family == AF_UNSPEC) return Endpoint.UNSPECIFIED;
        int size =
                family == AF_INET6
                        ? SocketAddressOctets.SOCKADDR_IN6
                        : SocketAddressOctets.SOCKADDR_IN;
        if (family != AF_INET && family != AF_INET6) throw new Failure(Errno.EAFNOSUPPORT);
        if (Integer.compareUnsigned((int) length, size) < 0) throw new Failure(Errno.EINVAL);
        byte[] octets = memory.octets(address, size);
        int port = (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
        IpAddress ip =
                family == AF_INET6
                        ? Ipv6Address.read(octets, 8)
                        : new Ipv4Address(Integer.reverseBytes(memory.int32(address + 4)));
        return new Endpoint(ip, port);
    }

    /** Stores an address where there is room for it, and how long it is; NULL wants none. */
    static void store(UserMemory memory, Endpoint endpoint, long address, long lengthAt) {
        if (address == 0) return;
        int room = memory.int32(lengthAt);
        if (room < 0) throw new Failure(Errno.EINVAL);
        byte[] octets = SocketAddressOctets.of(endpoint);
        memory.put(address, octets, 0, Math.min(room, octets.length));
        memory.put32(lengthAt, octets.length);
    }

    /**
     * An array of struct iovec. They may all be the same large buffer, so of all together no more
     * is used than a call moves.
     *
     * @param tooMany what it fails with if it has more than 1024: readv(2) and writev(2) by EINVAL,
     *     recvmsg(2) and sendmsg(2) by EMSGSIZE
     * @throws Failure likewise, and EINVAL if one is larger than a ssize_t
     */
    static List<Piece> pieces(UserMemory memory, long address, int count, Errno tooMany) {
        if (count < 0 || count > MOST_PIECES) throw new Failure(tooMany);
        List<Piece> pieces = new ArrayList<>(count);
        long all = 0;
        for (int i = 0; i < count; i++) {
            int length = memory.int32(address + (long) IOVEC * i + 4);
            if (length < 0) throw new Failure(Errno.EINVAL);
            int used =
                    (int)
                            Math.min(
                                    length,
                                    CallTable.MOST_OCTETS - Math.min(all, CallTable.MOST_OCTETS));
            pieces.add(new Piece(memory.int32(address + (long) IOVEC * i), used));
            all += length;
        }
        return pieces;
    }

    static List<byte[]> gather(UserMemory memory, List<Piece> pieces) {
        return pieces.stream().map(p -> memory.octets(p.address(), p.length())).toList();
    }

    static void scatter(UserMemory memory, List<Piece> pieces, byte[] octets) {
        int at = 0;
        for (Piece piece : pieces) {
            int count = Math.min(piece.length(), octets.length - at);
            memory.put(piece.address(), octets, at, count);
            at += count;
        }
    }

    /**
     * struct kevent: 32 bits of ident, 16 of filter and flags, 32 of fflags, 64 of data, 32 of
     * udata.
     */
    static Kevent kevent(UserMemory memory, long address) {
        return new Kevent(
                Integer.toUnsignedLong(memory.int32(address)),
                (short) memory.int16(address + 4),
                memory.int16(address + 6),
                memory.int32(address + 8),
                memory.int64(address + 16),
                Integer.toUnsignedLong(memory.int32(address + 24)));
    }

    static void store(UserMemory memory, Kevent event, long address) {
        memory.put32(address, (int) event.ident());
        memory.put16(address + 4, event.filter());
        memory.put16(address + 6, event.flags());
        memory.put32(address + 8, event.fflags());
        memory.put64(address + 16, event.data());
        memory.put32(address + 24, (int) event.udata());
    }
}
