package io.socketlab.kernel.syscall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A call that moves fewer octets than its program has asked for. */
final class Shortened {

    private Shortened() {}

    /** {@code call} with {@code octets} at most; the very call if it moves no more, or none. */
    @SuppressWarnings("unchecked") // the call's own R
    static <R> Syscall<R> of(Syscall<R> call, int octets) {
        return (Syscall<R>)
                switch (call) {
                    case Syscall.Write write when write.data().length > octets ->
                            new Syscall.Write(write.fd(), Arrays.copyOf(write.data(), octets));
                    case Syscall.Send send when send.data().length > octets ->
                            new Syscall.Send(
                                    send.fd(),
                                    Arrays.copyOf(send.data(), octets),
                                    send.flags(),
                                    send.to());
                    case Syscall.WriteV write when total(write.iov()) > octets ->
                            new Syscall.WriteV(write.fd(), cut(write.iov(), octets));
                    case Syscall.SendMsg send when total(send.message().iov()) > octets ->
                            new Syscall.SendMsg(
                                    send.fd(), cut(send.message(), octets), send.flags());
                    case Syscall.Read read when read.count() > octets ->
                            new Syscall.Read(read.fd(), octets);
                    case Syscall.Recv recv when recv.count() > octets ->
                            new Syscall.Recv(recv.fd(), octets, recv.flags(), recv.wantsSource());
                    case Syscall.ReadV read when room(read.iov()) > octets ->
                            new Syscall.ReadV(read.fd(), cutRoom(read.iov(), octets));
                    case Syscall.RecvMsg recv when room(recv.room().iov()) > octets ->
                            new Syscall.RecvMsg(
                                    recv.fd(),
                                    new Syscall.Room(
                                            cutRoom(recv.room().iov(), octets),
                                            recv.room().control()),
                                    recv.flags());
                    default -> call;
                };
    }

    private static long total(List<byte[]> buffers) {
        return buffers.stream().mapToLong(b -> b.length).sum();
    }

    private static long room(List<Integer> lengths) {
        return lengths.stream().mapToLong(Integer::longValue).sum();
    }

    private static Syscall.Message cut(Syscall.Message message, int octets) {
        return new Syscall.Message(cut(message.iov(), octets), message.to(), message.control());
    }

    private static List<byte[]> cut(List<byte[]> buffers, int octets) {
        var kept = new ArrayList<byte[]>();
        int left = octets;
        for (byte[] buffer : buffers) {
            if (left == 0) break;
            int length = Math.min(buffer.length, left);
            kept.add(Arrays.copyOf(buffer, length));
            left -= length;
        }
        return kept;
    }

    private static List<Integer> cutRoom(List<Integer> lengths, int octets) {
        var kept = new ArrayList<Integer>();
        int left = octets;
        for (int length : lengths) {
            if (left == 0) break;
            kept.add(Math.min(length, left));
            left -= Math.min(length, left);
        }
        return kept;
    }
}
