package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.Optional;

/** send(2) on a stream: copies into the send buffer, and sends what may go. tcp_sendmsg(). */
final class StreamSend {

    private StreamSend() {}

    static Outcome<Integer> attempt(TcpSocket socket, Connection c, Transmission out) {
        TcpState state = c.tcb.state;
        if (c.isOpening()) {
            c.waitingWriter = out;
            return new Blocked<>(
                    socket, EventMask.OUT | EventMask.ERR | EventMask.HUP, "the connection");
        }
        boolean maySend = state.maySend() || c.fastOpenChild != null;
        if (c.sendShutdown || !maySend || c.settings.base.hasError()) return failed(c);
        c.deliveryRate.checkApplication();
        c.recovery.use().restartAfterIdle();
        boolean more = (out.flags() & MessageFlags.MSG_MORE) != 0;
        while (out.remaining() > 0) {
            int mss = c.currentMss();
            int goal = c.sendBuffer.sizeGoal(mss);
            int taken = c.sendBuffer.take(out.data(), out.taken(), out.remaining(), goal, out.taken() == 0);
            if (taken == 0) {
                c.sendBuffer.noSpace = true;
                push(c, mss, false);
                if (c.sendBuffer.hasRoom()) continue;
                return new Blocked<>(
                        socket,
                        EventMask.OUT | EventMask.ERR | EventMask.HUP,
                        "room in the send buffer");
            }
            out.take(taken);
            if (out.remaining() > 0) pushPart(c, mss);
        }
        if ((out.flags() & MessageFlags.MSG_EOR) != 0 && !c.sendBuffer.isEmpty()) {
            c.sendBuffer.unsent().last().endOfRecord = true;
        }
        push(c, c.currentMss(), more);
        return new Done<>(out.taken());
    }

    /** A connection that is shut down, or was given up. */
    private static Outcome<Integer> failed(Connection c) {
        Optional<Errno> error = c.settings.base.takeError();
        return new Failed<>(error.orElse(Errno.EPIPE));
    }

    /** In the midst of a large write: what fills a record may go. */
    private static void pushPart(Connection c, int mss) {
        SegmentRecord tail = c.sendBuffer.unsent().last();
        boolean half =
                SeqNum.after(c.tcb.snd.writeSeq, c.tcb.snd.pushed + (c.tcb.snd.maxWnd >>> 1));
        if (half) {
            mark(c, tail);
            c.sendBuffer.write().push(mss, WriteQueue.NAGLE_PUSH);
        } else if (c.sendBuffer.unsent().size() == 1) {
            c.sendBuffer.write().pushOne(mss);
        }
    }

    private static void mark(Connection c, SegmentRecord tail) {
        tail.flags |= TcpHeader.PSH;
        c.tcb.snd.pushed = c.tcb.snd.writeSeq;
    }

    /** The end of the call: the receiver need not wait for more. RFC 9293 §3.9.1.2. */
    private static void push(Connection c, int mss, boolean more) {
        if (c.sendBuffer.isEmpty()) return;
        SegmentRecord tail = c.sendBuffer.unsent().last();
        boolean half =
                SeqNum.after(c.tcb.snd.writeSeq, c.tcb.snd.pushed + (c.tcb.snd.maxWnd >>> 1));
        if (!more || half) mark(c, tail);
        int nagle = c.sendBuffer.write().nonagle();
        if (more) nagle |= WriteQueue.NAGLE_CORK;
        c.sendBuffer.write().push(mss, nagle);
    }
}
