package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.ControlLayout;
import io.socketlab.kernel.socket.ControlOctets;
import io.socketlab.kernel.socket.ControlRoom;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SentControl;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.sandbox.program.Structs.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** sendmsg(2) and recvmsg(2): what a struct msghdr points to in a program's memory. */
final class MessageCalls {

    /** Offsets in struct msghdr. */
    private static final int NAME = 0;

    private static final int NAME_LENGTH = 4;
    private static final int IOV = 8;
    private static final int IOV_LENGTH = 12;
    private static final int CONTROL = 16;
    private static final int CONTROL_LENGTH = 20;
    private static final int FLAGS = 24;
    private static final int MSGHDR = 28;

    /** net.core.optmem_max: a send takes no more octets of control messages. */
    private static final int MOST_CONTROL = 131_072;

    private static final ControlLayout LAYOUT = ControlLayout.ILP32;

    private MessageCalls() {}

    private static List<Piece> pieces(UserMemory memory, long message) {
        return Structs.pieces(
                memory,
                memory.int32(message + IOV),
                memory.int32(message + IOV_LENGTH),
                Errno.EMSGSIZE);
    }

    static long sendMsg(Context p, long[] a) {
        UserMemory memory = p.memory();
        long message = a[1];
        int name = memory.int32(message + NAME);
        Optional<Endpoint> to =
                name == 0
                        ? Optional.empty()
                        : Optional.of(
                                Structs.endpoint(
                                        memory, name, memory.int32(message + NAME_LENGTH)));
        List<SentControl> control = control(memory, message);
        List<byte[]> iov = Structs.gather(memory, pieces(memory, message));
        var sent = new Syscall.Message(iov, to, control);
        return p.number(new Syscall.SendMsg((int) a[0], sent, (int) a[2]));
    }

    /**
     * What lies at msg_control: as CMSG_FIRSTHDR and CMSG_NXTHDR find it.
     *
     * @throws Failure ENOBUFS if there is too much, EINVAL if one is shorter than its header, or
     *     longer than what there is
     */
    private static List<SentControl> control(UserMemory memory, long message) {
        int length = memory.int32(message + CONTROL_LENGTH);
        if (Integer.compareUnsigned(length, MOST_CONTROL) > 0) throw new Failure(Errno.ENOBUFS);
        int control = memory.int32(message + CONTROL);
        List<SentControl> messages = new ArrayList<>();
        int at = 0;
        while (length - at >= LAYOUT.header()) {
            int cmsgLen = memory.int32(control + at);
            if (cmsgLen < LAYOUT.header() || cmsgLen > length - at) throw new Failure(Errno.EINVAL);
            int data = control + at + LAYOUT.header();
            messages.add(
                    new SentControl(
                            memory.int32(control + at + LAYOUT.sizeT()),
                            memory.int32(control + at + LAYOUT.sizeT() + Integer.BYTES),
                            memory.octets(data, cmsgLen - LAYOUT.header())));
            at += LAYOUT.aligned(cmsgLen);
        }
        return messages;
    }

    static long recvMsg(Context p, long[] a) {
        UserMemory memory = p.memory();
        long message = a[1];
        memory.octets(message, MSGHDR);
        List<Piece> pieces = pieces(memory, message);
        List<Integer> rooms = pieces.stream().map(Piece::length).toList();
        ControlRoom room = room(memory, message);
        Received received =
                p.make(new Syscall.RecvMsg((int) a[0], new Syscall.Room(rooms, room), (int) a[2]));
        Structs.scatter(memory, pieces, received.data());
        int name = memory.int32(message + NAME);
        if (received.from().isPresent()) {
            Structs.store(memory, received.from().get(), name, message + NAME_LENGTH);
        } else {
            memory.put32(message + NAME_LENGTH, 0);
        }
        byte[] control = ControlOctets.all(received.control(), room);
        memory.put(memory.int32(message + CONTROL), control);
        memory.put32(message + CONTROL_LENGTH, control.length);
        memory.put32(message + FLAGS, received.flags());
        return received.result();
    }

    private static ControlRoom room(UserMemory memory, long message) {
        boolean none = memory.int32(message + CONTROL) == 0;
        int length = memory.int32(message + CONTROL_LENGTH);
        // a huge size_t is more than there is to tell
        int octets = length < 0 ? Integer.MAX_VALUE : length;
        return new ControlRoom(none ? 0 : octets, LAYOUT);
    }
}
