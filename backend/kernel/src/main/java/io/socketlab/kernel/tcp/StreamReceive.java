package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** recv(2) on a stream: moves octets out of the receive buffer. tcp_recvmsg(). */
final class StreamReceive {

    private StreamReceive() {}

    static Outcome<Received> attempt(TcpSocket socket, Connection c, Reception in) {
        if ((in.flags() & MessageFlags.MSG_OOB) != 0) return urgent(c, in);
        boolean peek = (in.flags() & MessageFlags.MSG_PEEK) != 0;
        if (c.isOpening() && !c.receiveShutdown) return wait(socket);
        boolean waiting = in.room() > 0 && c.receiveBuffer.readable() > 0;
        if (waiting && !in.isWritable() && !discards(in)) return new Failed<>(Errno.EFAULT);
        int offset = peek ? Math.max(c.settings.base.peekOffset(), 0) : 0;
        boolean stopped = waiting && (offset > 0 ? peekAt(c, in, offset) : take(c, in, peek));
        int wanted = target(c, in);
        boolean nothing = in.capacity() == 0 && c.receiveBuffer.readable() == 0;
        if (in.filled() >= wanted && !nothing) return done(c, in);
        if (stopped) return done(c, in);
        if (in.filled() > 0 && (peek || isOver(c))) return done(c, in);
        if (c.endOfStream) {
            c.endRead |= !peek && c.receiveBuffer.readable() == 0;
            return done(c, in);
        }
        Optional<Errno> error = in.filled() > 0 ? Optional.empty() : c.settings.base.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        if (c.receiveShutdown && (c.tcb.state != TcpState.CLOSED || c.timeWait != null))
            return done(c, in);
        if (c.tcb.state == TcpState.CLOSED && c.timeWait == null) {
            return c.receiveShutdown ? done(c, in) : new Failed<>(Errno.ENOTCONN);
        }
        return wait(socket);
    }

    private static boolean discards(Reception in) {
        return (in.flags() & MessageFlags.MSG_TRUNC) != 0;
    }

    private static Outcome<Received> wait(TcpSocket socket) {
        return new Blocked<>(
                socket, EventMask.IN | EventMask.RDHUP | EventMask.ERR | EventMask.HUP, "data");
    }

    /** sock_rcvlowat(). */
    private static int target(Connection c, Reception in) {
        int capacity = in.capacity();
        if ((in.flags() & MessageFlags.MSG_WAITALL) != 0) return capacity;
        return Math.min(Math.max(c.settings.base.receiveLowWater(), 1), capacity);
    }

    private static boolean isOver(Connection c) {
        return c.settings.base.hasError() || c.receiveShutdown || c.tcb.state == TcpState.CLOSED;
    }

    /** Answers whether what is urgent ends the call here. */
    private static boolean take(Connection c, Reception in, boolean peek) {
        int seq = c.tcb.rcv.copied;
        int count = 0;
        boolean stopped = false;
        boolean inline = c.settings.base.urgentInline();
        int before = in.filled();
        if (c.urgent.isPending() && SeqNum.atLeast(c.urgent.seq(), seq)) {
            int ahead = c.urgent.seq() - seq;
            int room = in.room();
            if (ahead < Math.min(room, c.receiveBuffer.readable())) {
                if (ahead > 0 || in.stopsAtUrgent()) {
                    // up to the mark, and no further in this call
                    count = c.receiveBuffer.read(in, peek, ahead);
                    stopped = true;
                } else if (before > 0) {
                    return true;
                } else {
                    count = passMark(c, in, peek, inline);
                }
            } else {
                count = c.receiveBuffer.read(in, peek, room);
            }
        } else {
            count = c.receiveBuffer.read(in, peek, in.room());
        }
        if (!peek && count > 0) consumed(c, count);
        return stopped;
    }

    /** SO_PEEK_OFF: as {@link #take}, from {@code offset} octets on. */
    private static boolean peekAt(Connection c, Reception in, int offset) {
        int readable = c.receiveBuffer.readable() - offset;
        if (readable <= 0) return false;
        int seq = c.tcb.rcv.copied + offset;
        int ahead = c.urgent.seq() - seq;
        boolean marked =
                c.urgent.isPending()
                        && SeqNum.atLeast(c.urgent.seq(), seq)
                        && ahead < Math.min(in.room(), readable);
        if (marked && ahead > 0) {
            c.receiveBuffer.peekFrom(in, offset, ahead);
            return true;
        }
        boolean passes = marked && !c.settings.base.urgentInline();
        c.receiveBuffer.peekFrom(in, passes ? offset + 1 : offset, in.room());
        return false;
    }

    /** The urgent octet comes first: it is read with the others, or passed over. */
    private static int passMark(Connection c, Reception in, boolean peek, boolean inline) {
        if (inline) return c.receiveBuffer.read(in, peek, in.room());
        if (peek) return c.receiveBuffer.peekFrom(in, 1, in.room());
        c.receiveBuffer.skip(1);
        return 1 + c.receiveBuffer.read(in, false, in.room());
    }

    private static void consumed(Connection c, int count) {
        c.tcb.rcv.copied += count;
        c.urgent.forgetIfPassed(c.tcb.rcv.copied);
        c.receiveWindow.adjustBuffer();
        if (c.tcb.state != TcpState.CLOSED) c.delayedAck.afterRead(count);
    }

    /** MSG_OOB. Linux's tcp_recv_urg(). */
    private static Outcome<Received> urgent(Connection c, Reception in) {
        boolean none = c.settings.base.urgentInline() || !c.urgent.isPending() || c.urgent.isRead();
        if (none) return new Failed<>(Errno.EINVAL);
        if (c.tcb.state == TcpState.CLOSED && !c.endOfStream) return new Failed<>(Errno.ENOTCONN);
        if (!c.urgent.isHere()) {
            boolean over = c.tcb.state == TcpState.CLOSED || c.receiveShutdown;
            return over
                    ? new Done<>(new Received(new byte[0], 0, Optional.empty(), 0))
                    : new Failed<>(Errno.EAGAIN);
        }
        byte value = c.urgent.value();
        if ((in.flags() & MessageFlags.MSG_PEEK) == 0) c.urgent.markRead();
        int flags = MessageFlags.MSG_OOB;
        if (in.room() == 0) {
            return new Done<>(
                    new Received(new byte[0], 0, Optional.empty(), flags | MessageFlags.MSG_TRUNC));
        }
        return new Done<>(new Received(new byte[] {value}, 1, Optional.empty(), flags));
    }

    private static Outcome<Received> done(Connection c, Reception in) {
        byte[] data = in.received();
        int length = data.length;
        c.settings.base.received((in.flags() & MessageFlags.MSG_PEEK) != 0, length);
        if (discards(in)) data = new byte[0];
        return new Done<>(new Received(data, length, Optional.empty(), 0, control(c, length)));
    }

    private static List<ControlMessage> control(Connection c, int length) {
        SocketOptions base = c.settings.base;
        boolean stamped = base.tellsArrivals() && length > 0;
        if (!stamped && !c.settings.tellsUnread) return List.of();
        var control = new ArrayList<ControlMessage>();
        if (stamped) {
            long at = c.receiveBuffer.lastReadArrivedAt();
            base.tellArrival(at, at, control);
        }
        if (c.settings.tellsUnread) control.add(new ControlMessage.Inq(unread(c)));
        return control;
    }

    /** TCP_INQ. At the end of the stream one more than there is, so that it is read. */
    private static int unread(Connection c) {
        int unread = c.tcb.rcv.nxt - c.tcb.rcv.copied;
        return unread == 0 && c.endOfStream ? 1 : unread;
    }

    /** FIONREAD: up to the urgent octet, if there is one ahead. Linux's tcp_inq(). */
    static int readable(Connection c) {
        int mark = c.urgent.seq();
        boolean ahead =
                !c.settings.base.urgentInline()
                        && c.urgent.isPending()
                        && SeqNum.atLeast(mark, c.tcb.rcv.copied)
                        && SeqNum.before(mark, c.tcb.rcv.nxt);
        return ahead ? mark - c.tcb.rcv.copied : c.receiveBuffer.readable();
    }

    /** POLLIN: at least SO_RCVLOWAT octets, the urgent one not counted where it is next. */
    static boolean isReadable(Connection c) {
        int target = c.settings.base.receiveLowWater();
        if (c.urgent.isAtMark(c.tcb.rcv.copied) && !c.settings.base.urgentInline()) target++;
        return c.receiveWindow.isWorthReading(target);
    }
}
