package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.SeqNum;

/** SEGMENT ARRIVES in SYN_SENT. RFC 9293 §3.10.7.3; Linux's tcp_rcv_synsent_state_process. */
final class HandshakeArrival {

    /** TCP_TIMEOUT_MIN, two ticks of 4 ms; nanoseconds. */
    private static final long RETRY_SOON = 8 * RttEstimator.MS;

    private final Connection c;
    private final SegmentArrival arrival;

    HandshakeArrival(Connection c, SegmentArrival arrival) {
        this.c = c;
        this.arrival = arrival;
    }

    void process(Segment seg) {
        if (seg.isAck()) {
            if (!acknowledgesSyn(seg)) {
                arrival.drop(seg, DropReason.BAD_ACK);
                c.layer.resets().answer(seg, Rule.RFC9293_RESET_BAD_ACK);
                return;
            }
            if (seg.isRst()) {
                arrival.resetAccepted();
            } else if (seg.isSyn()) {
                synAck(seg);
            } else {
                arrival.drop(seg, DropReason.OUT_OF_WINDOW);
            }
        } else if (seg.isSyn() && !seg.isRst()) {
            crossedSyn(seg);
        } else {
            arrival.drop(seg, DropReason.NO_ACK_FLAG);
        }
    }

    /** Also by its timestamp: it cannot echo what was never sent. RFC 7323 §5.4. */
    private boolean acknowledgesSyn(Segment seg) {
        Tcb.Send snd = c.tcb.snd;
        if (!SeqNum.after(seg.ack, snd.una) || SeqNum.after(seg.ack, snd.nxt)) {
            // The peer may still be in a connection of before, and our answer has just ended it.
            if (c.retransmitTimer.retransmits() == 0) {
                c.retransmitTimer.start(RETRY_SOON, Rule.RFC9293_RESET_BAD_ACK);
            }
            return false;
        }
        if (!seg.hasTimestamps || seg.timestampEcho == 0 || !c.tunables().timestamps) return true;
        int echo = seg.timestampEcho - c.tcb.timestampOffset;
        boolean wasSent = SeqNum.between(echo, c.firstSynTimestamp, c.timestamp());
        if (!wasSent) c.count(TcpCounter.PAWS_ACTIVE);
        return wasSent;
    }

    private void synAck(Segment seg) {
        Tcb tcb = c.tcb;
        tcb.startReceiving(seg.seq);
        takeOptions(seg);
        c.ecn.synAckArrived(seg);
        new AckProcessing(c).process(seg);
        tcb.snd.wl1 = seg.seq;
        tcb.snd.wnd = seg.window;
        tcb.snd.maxWnd = Math.max(tcb.snd.maxWnd, seg.window);
        c.moveTo(TcpState.ESTABLISHED, Rule.RFC9293_SYN_ACK_RECEIVED, null);
        c.pathMtu.beginSearch();
        c.established();
        c.tcb.snd.lastAt = c.now();
        FastOpenSyn fastOpen = c.fastOpenSyn;
        boolean goesOn = fastOpen == null || fastOpen.answered(seg);
        arrival.connected();
        if (!goesOn) {
            c.sendBuffer.write().pushPending();
        } else if (c.hasWaitingWriter()
                || c.settings.times().deferAcceptSeconds > 0
                || c.delayedAck.isPingpong()) {
            c.delayedAck.startDelay();
        } else {
            c.output.sendAck(Rule.RFC9293_HANDSHAKE_ACK, null);
        }
    }

    /** Both ends open at once. RFC 9293 §3.5, figure 8. */
    private void crossedSyn(Segment seg) {
        Tcb tcb = c.tcb;
        c.moveTo(TcpState.SYN_RECEIVED, Rule.RFC9293_SIMULTANEOUS_OPEN, null);
        tcb.startReceiving(seg.seq);
        c.output.cross();
        takeOptions(seg);
        tcb.snd.wnd = seg.window;
        tcb.snd.wl1 = seg.seq;
        tcb.snd.maxWnd = seg.window;
        c.updateMss();
        c.ecn.synCrossed(seg);
        c.output.sendSynAck();
    }

    private void takeOptions(Segment seg) {
        c.negotiate(
                new HandshakeOptions(
                        seg.mss,
                        c.tunables().windowScaling ? seg.windowScale : -1,
                        c.tunables().sack && seg.sackPermitted,
                        c.tunables().timestamps && seg.hasTimestamps));
        if (c.tcb.timestampsOk) arrival.rememberTimestamp(seg);
    }
}
