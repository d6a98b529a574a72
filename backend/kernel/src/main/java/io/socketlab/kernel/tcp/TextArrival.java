package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;

/** What a segment brings: text and FIN. RFC 9293 §3.10.7.4, seventh and eighth step. */
final class TextArrival {

    private final Connection c;

    TextArrival(Connection c) {
        this.c = c;
    }

    /** Answers false if the connection is at its end. */
    boolean process(Segment seg) {
        boolean carries = seg.length() > 0;
        if (!carries) return true;
        boolean peerIsDone =
                switch (c.tcb.state) {
                    case CLOSE_WAIT, CLOSING, LAST_ACK -> true;
                    default -> false;
                };
        if (peerIsDone && SeqNum.atLeast(seg.seq, c.tcb.rcv.nxt)) return true;
        boolean mayBeClosed =
                peerIsDone
                        || c.tcb.state == TcpState.FIN_WAIT_1
                        || c.tcb.state == TcpState.FIN_WAIT_2;
        int textEnd = seg.seq + seg.textLength();
        if (mayBeClosed
                && c.receiveShutdown
                && seg.textLength() > 0
                && SeqNum.after(textEnd, c.tcb.rcv.nxt)) {
            c.count(TcpCounter.ABORT_ON_DATA);
            c.arrival.drop(seg, DropReason.CLOSED_FOR_READING);
            c.layer.resets().answer(seg, Rule.RFC1122_DATA_AFTER_CLOSE);
            c.fail(Errno.ECONNRESET, Rule.RFC1122_DATA_AFTER_CLOSE, null);
            return false;
        }
        queue(seg);
        return c.tcb.state != TcpState.CLOSED && c.timeWait == null;
    }

    /** What the SYN or SYN-ACK brings besides itself. Linux's tcp_fastopen_add_skb(). */
    void withSyn(Segment seg) {
        if (seg.end() == c.tcb.rcv.nxt) return;
        c.synDataAcked = true;
        if (seg.textLength() > 0) {
            TextPiece piece = piece(seg);
            piece.seq = seg.seq + 1;
            c.receiveBuffer.append(piece);
            c.traffic.octetsReceived = piece.length;
        }
        c.tcb.rcv.nxt = seg.end();
        if (seg.isFin()) fin();
    }

    private void queue(Segment seg) {
        Tcb.Receive rcv = c.tcb.rcv;
        if (c.tcb.timestampsOk && c.tcb.state == TcpState.ESTABLISHED) {
            c.receiveWindow.measureRtt(
                    c.arrival.timestampEcho() - c.tcb.timestampOffset, seg.length());
        }
        c.sackBlocks.forgetDuplicate();
        if (seg.has(TcpHeader.CWR)) c.ecn.reductionAnnounced(seg);
        if (seg.seq == rcv.nxt) {
            if (rcv.window() == 0 && seg.textLength() > 0) {
                c.count(TcpCounter.ZERO_WINDOW_DROP);
                outOfWindow(seg, DropReason.OUT_OF_WINDOW);
                return;
            }
            inOrder(seg, 0);
        } else if (SeqNum.atMost(seg.end(), rcv.nxt)) {
            c.count(TcpCounter.DELAYED_ACK_LOST);
            duplicate(seg.seq, seg.end());
            outOfWindow(seg, DropReason.OLD_DUPLICATE);
        } else if (SeqNum.atLeast(seg.seq, rcv.nxt + rcv.window())) {
            outOfWindow(seg, DropReason.OUT_OF_WINDOW);
        } else if (SeqNum.before(seg.seq, rcv.nxt)) {
            duplicate(seg.seq, rcv.nxt);
            if (rcv.window() == 0) {
                c.count(TcpCounter.ZERO_WINDOW_DROP);
                outOfWindow(seg, DropReason.OUT_OF_WINDOW);
            } else {
                inOrder(seg, rcv.nxt - seg.seq);
            }
        } else {
            ahead(seg);
        }
    }

    private void duplicate(int from, int end) {
        if (!c.tcb.sackOk || !c.tunables().dsack) return;
        c.count(
                SeqNum.before(from, c.tcb.rcv.nxt)
                        ? TcpCounter.DSACK_OLD_SENT
                        : TcpCounter.DSACK_OUT_OF_ORDER_SENT);
        c.ownSackBlocks().duplicate(from, end);
    }

    /** What lies outside the window is acknowledged, so that the peer learns where it stands. */
    private void outOfWindow(Segment seg, DropReason reason) {
        c.arrival.drop(seg, reason);
        c.delayedAck.enterQuick(DelayedAck.MAX_QUICK);
        c.delayedAck.schedule();
    }

    private void inOrder(Segment seg, int known) {
        TextPiece piece = piece(seg);
        if (known > 0) piece.trimFront(known);
        boolean unasked = known == 0 && isPredicted(seg) && c.receiveWindow.takesUnasked(piece);
        if (!unasked && !c.receiveWindow.makeRoom(piece)) {
            c.delayedAck.withoutMemory();
            c.wake(EventMask.IN | EventMask.RDNORM);
            // With nothing to read yet, one packet is always taken: else nothing would ever be.
            if (c.receiveBuffer.readable() > 0 && piece.length > 0) {
                c.count(TcpCounter.RECEIVE_QUEUE_DROP);
                c.arrival.drop(seg, DropReason.RECEIVE_BUFFER_FULL);
                return;
            }
        }
        c.traffic.received(seg.end());
        c.tcb.rcv.nxt = seg.end();
        boolean hasText = piece.length > 0;
        if (hasText) {
            c.receiveBuffer.append(piece);
            c.delayedAck.textReceived(seg);
        }
        if (seg.isFin()) fin();
        if (!c.reassembly.isEmpty()) joinReassembled();
        c.sackBlocks.receivedUpTo(c.tcb.rcv.nxt);
        if (hasText && !c.orphan) dataReady();
    }

    /** Nothing but text that continues what is there. Linux's header prediction. */
    private boolean isPredicted(Segment seg) {
        return c.tcb.state == TcpState.ESTABLISHED
                && c.reassembly.isEmpty()
                && !seg.isFin()
                && !seg.isUrgent();
    }

    /** Some of what has come had come before, ahead of its turn. */
    private void overlap(int from, int end) {
        if (!c.tcb.sackOk || !c.tunables().dsack) return;
        if (!c.sackBlocks.hasDuplicate()) duplicate(from, end);
        else c.ownSackBlocks().moreDuplicate(from, end);
    }

    private void joinReassembled() {
        int known = c.tcb.rcv.nxt;
        TextPiece piece = c.reassembly.takeAt(known, known, this::overlap);
        while (piece != null) {
            c.receiveBuffer.append(piece);
            c.traffic.received(piece.end());
            c.tcb.rcv.nxt = piece.end();
            piece = c.reassembly.takeAt(c.tcb.rcv.nxt, known, this::overlap);
        }
        boolean finIsNext = c.reassembly.takeFinAt(c.tcb.rcv.nxt);
        if (c.reassembly.isEmpty()) c.delayedAck.hurry();
        if (finIsNext) {
            c.traffic.received(c.tcb.rcv.nxt + 1);
            c.tcb.rcv.nxt++;
            fin();
        }
    }

    private void dataReady() {
        if (c.receiveWindow.isWorthReading(c.settings.base.receiveLowWater()) || c.endOfStream) {
            c.wake(EventMask.READABLE);
        }
    }

    private TextPiece piece(Segment seg) {
        int headers = seg.ip().headerLength() + seg.headerLength();
        var piece = new TextPiece(seg.seq, seg.octets(), seg.textAt(), seg.textLength(), headers);
        piece.arrivedAt = c.now();
        return piece;
    }

    /** Text after a hole: kept, and the hole is told of at once. RFC 5681 §4.2. */
    private void ahead(Segment seg) {
        TextPiece piece = piece(seg);
        c.ecn.textArrived(seg.ecn);
        if (!c.receiveWindow.makeRoom(piece)) {
            c.count(TcpCounter.OUT_OF_ORDER_DROP);
            c.arrival.drop(seg, DropReason.RECEIVE_BUFFER_FULL);
            c.wake(EventMask.IN | EventMask.RDNORM);
            return;
        }
        c.count(TcpCounter.OUT_OF_ORDER_QUEUED);
        if (seg.textLength() > 0) c.delayedAck.measureMss(seg);
        c.delayedAck.schedule();
        c.traffic.outOfOrder++;
        int from = piece.seq;
        int end = seg.end();
        if (seg.isFin()) c.ownReassembly().rememberFin(seg.end() - 1);
        if (seg.textLength() == 0) {
            if (c.tcb.sackOk) c.ownSackBlocks().add(from, end);
            return;
        }
        boolean taken = c.ownReassembly().insert(piece, this::overlap);
        if (!taken) {
            c.count(TcpCounter.OUT_OF_ORDER_MERGE);
            duplicate(from, from + seg.textLength());
            c.arrival.drop(seg, DropReason.OLD_DUPLICATE);
        }
        if (!c.tcb.sackOk) return;
        c.ownSackBlocks().add(from, end);
        if (taken) c.receiveWindow.grow(seg.textLength(), seg.memory());
    }

    /** The peer sends no more. */
    private void fin() {
        c.delayedAck.schedule();
        c.endOfStream = true;
        c.receiveShutdown = true;
        switch (c.tcb.state) {
            case SYN_RECEIVED, ESTABLISHED -> {
                c.moveTo(TcpState.CLOSE_WAIT, Rule.RFC9293_PEER_FIN, null);
                c.delayedAck.enterPingpong();
            }
            case FIN_WAIT_1 -> {
                c.output.sendAck(Rule.RFC9293_SIMULTANEOUS_CLOSE, null);
                c.moveTo(TcpState.CLOSING, Rule.RFC9293_SIMULTANEOUS_CLOSE, null);
            }
            case FIN_WAIT_2 -> {
                c.output.sendAck(Rule.RFC9293_ACK_OF_FIN, null);
                new TimeWait(c, TcpState.TIME_WAIT).begin();
                return;
            }
            default -> {
                return;
            }
        }
        c.reassembly.clear();
        c.sackBlocks.clear();
        if (!c.orphan) c.stateHasChanged();
    }
}
