package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketControl;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Errno wrong = wrongControl(c, out);
        if (wrong != null) return new Failed<>(wrong);
        boolean maySend = state.maySend() || c.fastOpenChild != null;
        if (c.sendShutdown || !maySend || c.settings.base.hasError()) return failed(c);
        ZerocopyRange range = zerocopyRange(c, out);
        if (range == null && isZerocopy(c, out)) return new Failed<>(Errno.ENOBUFS);
        c.deliveryRate().checkApplication();
        c.recovery.use().restartAfterIdle();
        while (out.remaining() > 0) {
            int mss = c.currentMss();
            int goal = c.sendBuffer.sizeGoal(mss);
            if (!out.isReadable() && c.sendBuffer.hasRoom()) return new Failed<>(Errno.EFAULT);
            int taken = out.isReadable() ? c.sendBuffer.take(out, goal, range) : 0;
            if (taken == 0) {
                c.sendBuffer.noSpace = true;
                if (out.taken() > 0) pushForRoom(c, out, mss);
                if (c.sendBuffer.hasRoom()) continue;
                return new Blocked<>(
                        socket,
                        EventMask.OUT | EventMask.ERR | EventMask.HUP,
                        "room in the send buffer");
            }
            out.take(taken);
            boolean full = c.sendBuffer.unsent().last().length >= goal;
            if (out.remaining() > 0 && full) pushPart(c, mss);
        }
        if ((out.flags() & MessageFlags.MSG_EOR) != 0 && !c.sendBuffer.isEmpty()) {
            c.sendBuffer.unsent().last().endOfRecord = true;
        }
        if (out.taken() > 0) {
            stamp(c, timestamping(c, out));
            push(c, c.currentMss(), out.flags());
        }
        return new Done<>(out.taken());
    }

    /** Only those of level SOL_SOCKET concern a stream. */
    private static @Nullable Errno wrongControl(Connection c, Transmission out) {
        if (out.control().isEmpty()) return null;
        return new SocketControl(c.settings.base).takeAll(out.control());
    }

    /** A connection that is shut down, or was given up. */
    private static Outcome<Integer> failed(Connection c) {
        Optional<Errno> error = c.settings.base.takeError();
        return new Failed<>(error.orElse(Errno.EPIPE));
    }

    private static boolean isZerocopy(Connection c, Transmission out) {
        return (out.flags() & MessageFlags.MSG_ZEROCOPY) != 0
                && c.settings.base.zerocopy()
                && out.remaining() > 0;
    }

    /** The zero-copy range of this call, over its waits; null if it has none. */
    static @Nullable ZerocopyRange zerocopyRange(Connection c, Transmission out) {
        if (!isZerocopy(c, out)) return null;
        if (out.progress() instanceof ZerocopyRange begun) return begun;
        ZerocopyRange range = c.zerocopy().begin(out.remaining());
        out.progress(range);
        return range;
    }

    /** The call is over: if it was cut short, its last octet is what timestamps are of. */
    static void end(Connection c, Transmission out) {
        if (out.taken() > 0 && out.remaining() > 0) stamp(c, timestamping(c, out));
        if (out.progress() instanceof ZerocopyRange range) {
            out.progress(null);
            c.zerocopy().endOfCall(range, out.taken() > 0);
        }
    }

    /** SO_TIMESTAMPING, of the socket or of this send. */
    private static int timestamping(Connection c, Transmission out) {
        if (out.control().isEmpty()) return c.settings.base.timestamping();
        var control = new SocketControl(c.settings.base);
        control.takeAll(out.control());
        return control.timestamping();
    }

    /** The last octet that was handed over is the one to tell the time of. SO_TIMESTAMPING. */
    private static void stamp(Connection c, int flags) {
        boolean allIsSent = c.sendBuffer.isEmpty();
        if (flags == 0 || (allIsSent && c.sent.isEmpty())) return;
        SegmentRecord tail =
                allIsSent ? c.sent.get(c.sent.size() - 1) : c.sendBuffer.unsent().last();
        tail.makeNotice().stamp(flags, tail.seq + tail.length - 1);
    }

    /** In the midst of a large write: what fills a record may go. */
    private static void pushPart(Connection c, int mss) {
        SegmentRecord tail = c.sendBuffer.unsent().last();
        if (isHalfWindow(c)) {
            c.sendBuffer.markPushed(tail);
            c.sendBuffer.write().push(mss, WriteQueue.NAGLE_PUSH);
        } else if (c.sendBuffer.unsent().size() == 1) {
            c.sendBuffer.write().pushOne(mss);
        }
    }

    private static boolean isHalfWindow(Connection c) {
        return SeqNum.after(c.tcb.snd.writeSeq, c.tcb.snd.pushed + (c.tcb.snd.maxWnd >>> 1));
    }

    /** The buffer is full: all that can go must go. */
    private static void pushForRoom(Connection c, Transmission out, int mss) {
        if (c.sendBuffer.isEmpty()) return;
        c.sendBuffer.markPushed(c.sendBuffer.unsent().last());
        markUrgent(c, out.flags());
        c.sendBuffer.write().push(mss, WriteQueue.NAGLE_PUSH);
    }

    /** The end of the call: the receiver need not wait for more. RFC 9293 §3.9.1.2. */
    private static void push(Connection c, int mss, int flags) {
        if (c.sendBuffer.isEmpty()) return;
        boolean more = (flags & MessageFlags.MSG_MORE) != 0;
        SegmentRecord tail = c.sendBuffer.unsent().last();
        if (!more || isHalfWindow(c)) c.sendBuffer.markPushed(tail);
        markUrgent(c, flags);
        int nagle = c.sendBuffer.write().nonagle();
        if (more) nagle |= WriteQueue.NAGLE_CORK;
        c.sendBuffer.write().pushAfterCall(mss, nagle);
    }

    /** MSG_OOB: the last octet so far is urgent. RFC 9293 §3.8.5, RFC 6093. */
    private static void markUrgent(Connection c, int flags) {
        if ((flags & MessageFlags.MSG_OOB) != 0) c.tcb.snd.urgentPointer = c.tcb.snd.writeSeq;
    }
}
