package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.sandbox.program.Structs.Piece;
import java.util.List;
import java.util.Optional;

/** The calls of unistd.h, fcntl.h, sys/ioctl.h and sys/uio.h. */
final class FileCalls {

    private static final int F_DUPFD = 0;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FIONBIO = 0x5421;

    private FileCalls() {}

    static void addTo(CallTable calls) {
        calls.add("read", "iii:i", FileCalls::read);
        calls.add("write", "iii:i", FileCalls::write);
        calls.add("readv", "iii:i", FileCalls::readV);
        calls.add("writev", "iii:i", FileCalls::writeV);
        calls.add("close", "i:i", (p, a) -> p.number(new Syscall.Close((int) a[0])));
        calls.add("fcntl", "iii:i", FileCalls::fcntl);
        calls.add("ioctl", "iii:i", FileCalls::ioctl);
        calls.add("dup", "i:i", (p, a) -> p.number(new Syscall.Dup((int) a[0])));
        calls.add("dup3", "iii:i", FileCalls::dup3);
        calls.add("pipe2", "ii:i", FileCalls::pipe);
    }

    private static long read(Context p, long[] a) {
        int room = length(a[2]);
        if (!p.memory().has(a[1], room)) {
            return p.make(new Syscall.AtBadAddress<>(new Syscall.Read((int) a[0], room))).result();
        }
        Received received = p.make(new Syscall.Read((int) a[0], room));
        p.memory().put(a[1], received.data());
        return received.result();
    }

    /** What does not fit a ssize_t is no length: rw_verify_area(). */
    private static int length(long argument) {
        if ((int) argument < 0) throw new Failure(Errno.EINVAL);
        return SocketCalls.length(argument);
    }

    private static long write(Context p, long[] a) {
        int length = length(a[2]);
        if (!p.memory().has(a[1], length)) {
            var call = new Syscall.Write((int) a[0], new byte[length]);
            return p.number(new Syscall.AtBadAddress<>(call));
        }
        return p.number(new Syscall.Write((int) a[0], p.memory().octets(a[1], length)));
    }

    private static long readV(Context p, long[] a) {
        List<Piece> pieces = pieces(p, a);
        List<Integer> rooms = pieces.stream().map(Piece::length).toList();
        Received received = p.make(new Syscall.ReadV((int) a[0], rooms));
        Structs.scatter(p.memory(), pieces, received.data());
        return received.result();
    }

    private static long writeV(Context p, long[] a) {
        List<byte[]> iov = Structs.gather(p.memory(), pieces(p, a));
        return p.number(new Syscall.WriteV((int) a[0], iov));
    }

    private static List<Piece> pieces(Context p, long[] a) {
        return Structs.pieces(p.memory(), a[1], (int) a[2], Errno.EINVAL);
    }

    private static long fcntl(Context p, long[] a) {
        int fd = (int) a[0];
        int argument = (int) a[2];
        return switch ((int) a[1]) {
            case F_GETFL -> p.number(new Syscall.Fcntl(fd, Optional.empty()));
            case F_SETFL -> p.number(new Syscall.Fcntl(fd, Optional.of(argument)));
            case F_DUPFD -> p.number(new Syscall.FcntlDup(fd, argument));
            case F_DUPFD_CLOEXEC -> p.number(new Syscall.FcntlDup(fd, argument, true));
            case Syscall.FcntlNumber.F_GETFD,
                    Syscall.FcntlNumber.F_SETFD,
                    Syscall.FcntlNumber.F_GETOWN,
                    Syscall.FcntlNumber.F_SETOWN,
                    Syscall.FcntlNumber.F_GETSIG,
                    Syscall.FcntlNumber.F_SETSIG ->
                    p.number(new Syscall.FcntlNumber(fd, (int) a[1], argument));
            default -> throw new Failure(Errno.EINVAL);
        };
    }

    private static long ioctl(Context p, long[] a) {
        int fd = (int) a[0];
        if ((int) a[1] == FIONBIO) return setNonBlocking(p, fd, p.memory().int32(a[2]) != 0);
        long value = p.number(new Syscall.Ioctl(fd, a[1] & 0xFFFF_FFFFL));
        p.memory().put32(a[2], (int) value);
        return 0;
    }

    private static long setNonBlocking(Context p, int fd, boolean on) {
        int flags = (int) p.number(new Syscall.Fcntl(fd, Optional.empty()));
        int wanted = on ? flags | Syscall.Fcntl.O_NONBLOCK : flags & ~Syscall.Fcntl.O_NONBLOCK;
        return p.number(new Syscall.Fcntl(fd, Optional.of(wanted)));
    }

    /** dup2(2) where the flags are -1. */
    private static long dup3(Context p, long[] a) {
        int from = (int) a[0];
        int to = (int) a[1];
        int flags = (int) a[2];
        return flags == -1
                ? p.number(new Syscall.Dup2(from, to))
                : p.number(new Syscall.Dup3(from, to, flags));
    }

    private static long pipe(Context p, long[] a) {
        p.memory().octets(a[0], 8);
        Syscall.PipeEnds ends = p.make(new Syscall.Pipe((int) a[1]));
        p.memory().put32(a[0], ends.reading());
        p.memory().put32(a[0] + 4, ends.writing());
        return 0;
    }
}
