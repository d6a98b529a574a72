package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.wait.EventMask;
import java.util.Arrays;
import java.util.Optional;

/** recv(2) on a stream: moves octets out of the receive buffer. tcp_recvmsg(). */
final class StreamReceive {

    private StreamReceive() {}

    static Outcome<Received> attempt(TcpSocket socket, Connection c, Reception in) {
        if ((in.flags() & MessageFlags.MSG_OOB) != 0) return new Failed<>(Errno.EINVAL);
        boolean peek = (in.flags() & MessageFlags.MSG_PEEK) != 0;
        if (c.isOpening()) return wait(socket);
        if (in.room() > 0 && c.receiveBuffer.readable() > 0) take(c, in, peek);
        int wanted = target(c, in);
        if (in.filled() >= wanted) return done(in);
        if (in.filled() > 0 && (peek || isOver(c))) return done(in);
        if (c.endOfStream) return done(in);
        Optional<Errno> error = in.filled() > 0 ? Optional.empty() : c.settings.base.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        if (c.receiveShutdown && (c.tcb.state != TcpState.CLOSED || c.timeWait != null))
            return done(in);
        if (c.tcb.state == TcpState.CLOSED && c.timeWait == null) {
            return c.receiveShutdown ? done(in) : new Failed<>(Errno.ENOTCONN);
        }
        return wait(socket);
    }

    private static Outcome<Received> wait(TcpSocket socket) {
        return new Blocked<>(
                socket, EventMask.IN | EventMask.RDHUP | EventMask.ERR | EventMask.HUP, "data");
    }

    /** sock_rcvlowat(). */
    private static int target(Connection c, Reception in) {
        int capacity = in.buffer().length;
        if ((in.flags() & MessageFlags.MSG_WAITALL) != 0) return capacity;
        return Math.min(Math.max(c.settings.base.receiveLowWater(), 1), capacity);
    }

    private static boolean isOver(Connection c) {
        return c.settings.base.hasError() || c.receiveShutdown || c.tcb.state == TcpState.CLOSED;
    }

    private static void take(Connection c, Reception in, boolean peek) {
        int count = c.receiveBuffer.read(in, peek, in.room());
        if (peek || count == 0) return;
        c.tcb.rcv.copied += count;
        c.receiveWindow.adjustBuffer();
        if (c.tcb.state != TcpState.CLOSED) c.delayedAck.afterRead(count);
    }

    private static Outcome<Received> done(Reception in) {
        byte[] data = Arrays.copyOf(in.buffer(), in.filled());
        return new Done<>(new Received(data, data.length, Optional.empty(), 0));
    }
}
