package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.ACK;
import static io.socketlab.kernel.wire.TcpHeader.CWR;
import static io.socketlab.kernel.wire.TcpHeader.FIN;
import static io.socketlab.kernel.wire.TcpHeader.PSH;
import static io.socketlab.kernel.wire.TcpHeader.RST;
import static io.socketlab.kernel.wire.TcpHeader.SYN;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/** Puts segments of a connection on their way: their header, options, and what follows from it. */
final class SegmentOutput {

    private static final int MAX_URGENT = 0xFFFF;

    private final Connection c;
    private long lastOutOfWindowAck = Long.MIN_VALUE;
    private boolean refused;

    /** The peer's SYN has met ours on the way. */
    private boolean crossed;

    private @Nullable Rule nextRule;
    private @Nullable String nextWhy;
    private @Nullable FastOpenCookie granted;

    SegmentOutput(Connection c) {
        this.c = c;
    }

    /** What the trace is to say of the segments that go out next, until it is taken back. */
    void because(@Nullable Rule rule, @Nullable String why) {
        nextRule = rule;
        nextWhy = why;
    }

    private SegmentDraft draft(int seq, int flags) {
        SegmentDraft d = SegmentDraft.of(c);
        d.seq = seq;
        d.flags = flags;
        d.ack = (flags & ACK) != 0 ? c.tcb.rcv.nxt : 0;
        d.dontFragment = c.isFragmentationForbidden();
        d.priority = c.settings.base.priority();
        d.owner = c;
        d.departure = c.departure;
        return d;
    }

    /** Options and window of a segment of a synchronized connection. */
    private SegmentDraft established(int seq, int flags, int window) {
        SegmentDraft d = draft(seq, flags);
        d.window = window;
        addUrgent(d);
        if (c.tcb.timestampsOk) {
            d.timestamps(c.timestamp() + c.tcb.timestampOffset, c.tcb.rcv.tsRecent, false);
        }
        if (c.tcb.sackOk && !c.sackBlocks.isEmpty()) c.sackBlocks.tell(d, d.sackRoom());
        return d;
    }

    private void addUrgent(SegmentDraft d) {
        Tcb.Send snd = c.tcb.snd;
        if (!snd.isUrgent() || !SeqNum.before(d.seq, snd.urgentPointer)) return;
        int distance = snd.urgentPointer - d.seq;
        // Too far for the field: somewhere ahead, if that is within what has been sent.
        if (distance > MAX_URGENT && !SeqNum.after(d.seq + MAX_URGENT, snd.nxt)) return;
        d.flags |= TcpHeader.URG;
        d.urgentPointer = Math.min(distance, MAX_URGENT);
    }

    /** Sends {@code record}, in as many segments as it takes. */
    boolean transmit(SegmentRecord record, @Nullable Rule rule, @Nullable String why) {
        record.sentAt = Pacing.departure(c);
        c.deliveryRate().sent(record);
        if (record.has(SYN)) {
            transmitSyn(record, rule, why);
            return true;
        }
        refused = false;
        int mss = record.segmentSize > 0 ? record.segmentSize : c.currentMss();
        int window = c.receiveWindow.announce();
        c.pathMtu.packetLeaves();
        boolean isNew = record.retransmissions == 0;
        int at = 0;
        do {
            int length = Math.min(mss, record.length - at);
            boolean isLast = at + length == record.length;
            int flags = isLast ? record.flags : record.flags & ~(FIN | PSH);
            if (isLast && record.segments > 1) flags |= PSH;
            SegmentDraft d = established(record.seq + at, flags | ACK, window);
            c.ecn.mark(d, length > 0 && isNew);
            d.text = record.octets;
            d.textFrom = record.from + at;
            d.textLength = length;
            d.retransmission = record.retransmissions;
            d.because((d.flags & CWR) != 0 ? Rule.RFC3168_CWR : rule, why);
            if (isLast) {
                // a card that cuts the record into segments has it all until the last is out
                d.charge = record.memory();
                c.leaving(d.charge);
            }
            if (isNew) c.count(TcpCounter.SEGMENTS_OUT);
            refused |= !d.send();
            at += length;
        } while (at < record.length);
        c.delayedAck.ackSent();
        if (refused) {
            c.recovery.enterCwr();
            return false;
        }
        c.traffic.sent(record);
        if (c.pacing != null) c.pacing.sent(record.length);
        if (record.notice != null) record.notice.sent(c, record);
        if (record.length > 0) {
            if (c.inFlight() == 0) {
                c.congestion().onIdleEnd(c.now() - c.tcb.snd.lastAt, c.now());
            }
            c.tcb.snd.lastAt = c.now();
            c.delayedAck.textSent();
        }
        return true;
    }

    void forgetRefusal() {
        refused = false;
    }

    /** Our own host took the last segment with text no further: it is congested. */
    boolean wasRefused() {
        return refused;
    }

    private void transmitSyn(SegmentRecord record, @Nullable Rule rule, @Nullable String why) {
        boolean isSynAck = record.has(ACK);
        // where SYNs have crossed, ours has the options with which it went out first
        boolean isAnswer = isSynAck && !crossed;
        SegmentDraft d = draft(record.seq, record.flags);
        TcpTunables t = c.tunables();
        d.window = c.receiveWindow.unscaled();
        d.mss(c.tcb.rcv.advertisedMss);
        boolean sack = isAnswer ? c.tcb.sackOk : t.sack;
        boolean timestamps = isAnswer ? c.tcb.timestampsOk : t.timestamps;
        boolean scale = isAnswer ? c.tcb.windowScaleOk : t.windowScaling;
        if (timestamps) {
            int value = c.timestamp() + c.tcb.timestampOffset;
            d.timestamps(value, isSynAck ? c.tcb.rcv.tsRecent : 0, sack);
        } else if (sack) {
            d.sackPermitted();
        }
        if (scale) d.windowScale(c.tcb.rcv.wscale);
        d.retransmission = record.retransmissions;
        d.because(rule, why);
        if (isSynAck) d.owner = null; // a request is no socket yet
        // a SYN-ACK is made anew each time
        if (isSynAck || record.retransmissions == 0) c.count(TcpCounter.SEGMENTS_OUT);
        if (isSynAck) addGrant(d);
        else if (c.fastOpenSyn != null) c.fastOpenSyn.addTo(d);
        d.send();
        if (isSynAck) c.delayedAck.ackSent();
        else c.traffic.sent();
    }

    /** The cookie that the next SYN-ACK tells its peer: one that is sent again tells none. */
    void grant(@Nullable FastOpenCookie cookie) {
        granted = cookie;
    }

    private void addGrant(SegmentDraft d) {
        if (granted != null) d.fastOpen(granted);
        granted = null;
    }

    /** An active open's first segment. RFC 9293 §3.5. */
    void sendSyn() {
        Tcb.Send snd = c.tcb.snd;
        var syn = new SegmentRecord(snd.iss, new byte[0], 0, 0, SYN | c.ecn.askInSyn());
        snd.writeSeq = snd.iss + 1;
        c.sendBuffer.allot(syn.memory());
        c.sent.add(syn);
        c.count(TcpCounter.ACTIVE_OPENS);
        transmit(syn, Rule.RFC9293_SYN, null);
        if (c.fastOpenSyn != null) c.fastOpenSyn.queueText();
        snd.nxt = snd.writeSeq;
        snd.pushed = snd.writeSeq;
        c.retransmitTimer.start(c.rtt.rto(), Rule.RFC6298_INITIAL_RTO);
    }

    /** From here on our SYN is a SYN-ACK; it keeps the options with which it went out. */
    void cross() {
        crossed = true;
    }

    boolean hasCrossed() {
        return crossed;
    }

    /** Crossed SYNs: ours goes out again, as SYN-ACK. RFC 9293 §3.5, figure 8. */
    void sendSynAck() {
        if (c.sent.isEmpty()) return;
        SegmentRecord syn = c.sent.first();
        syn.flags |= ACK;
        c.ecn.becomeSynAck(syn);
        c.sent.sentNow(syn);
        transmit(syn, Rule.RFC9293_SIMULTANEOUS_OPEN, null);
    }

    /** A segment with nothing but an ACK. */
    void sendAck(@Nullable Rule rule, @Nullable String why) {
        if (c.tcb.state == TcpState.CLOSED) return;
        Pacing.departure(c);
        SegmentDraft d = established(c.tcb.snd.nxt, ACK, c.receiveWindow.announce());
        d.seq = acceptableSeq();
        c.ecn.mark(d, false);
        d.because(c.ecn.isEchoing() ? Rule.RFC3168_ECHO : rule, why);
        c.count(TcpCounter.SEGMENTS_OUT);
        d.send();
        c.traffic.sent();
        c.delayedAck.ackSent();
    }

    /** An ACK of a connection that is half open; it says no more of the window than the SYN-ACK. */
    void sendAckOfRequest(Rule rule) {
        int window = c.receiveWindow.unscaled() >>> c.tcb.rcv.wscale;
        SegmentDraft d = established(c.tcb.snd.nxt, ACK, window);
        d.owner = null; // a request is no socket yet
        d.because(rule, null);
        c.count(TcpCounter.SEGMENTS_OUT);
        d.send();
    }

    /** SND.NXT, unless the peer has taken back so much window that it would not be acceptable. */
    private int acceptableSeq() {
        Tcb.Send snd = c.tcb.snd;
        int end = snd.windowEnd();
        boolean acceptable =
                SeqNum.atLeast(end, snd.nxt)
                        || (c.tcb.windowScaleOk && snd.nxt - end < 1 << c.tcb.rcv.wscale);
        return acceptable ? snd.nxt : end;
    }

    /**
     * An ACK of nothing new. From before SND.UNA, the peer has to answer it.
     *
     * @param seq its sequence number
     */
    boolean sendProbe(int seq, Rule rule, @Nullable String why) {
        Pacing.departure(c);
        SegmentDraft d = established(seq, ACK, c.receiveWindow.announce());
        c.ecn.mark(d, false);
        d.because(rule, why);
        c.count(TcpCounter.SEGMENTS_OUT);
        boolean taken = d.send();
        c.traffic.sent();
        return taken;
    }

    /** RFC 5961: the peer is asked to say where it stands; not more often than Linux would. */
    void sendChallengeAck(Rule rule, @Nullable String why) {
        if (isTooSoonAfterLast()) {
            c.count(TcpCounter.ACK_SKIPPED_CHALLENGE);
            return;
        }
        c.count(TcpCounter.CHALLENGE_ACKS);
        sendAck(rule, why);
    }

    /** Two ACKs that answer unacceptable segments are at least half a second apart. */
    boolean isTooSoonAfterLast() {
        long now = c.now();
        long gap = c.tunables().invalidRateLimit;
        if (lastOutOfWindowAck != Long.MIN_VALUE && now - lastOutOfWindowAck < gap) return true;
        lastOutOfWindowAck = now;
        return false;
    }

    /** RST for the whole connection, from our side. */
    void sendReset(Rule rule, @Nullable String why) {
        Pacing.departure(c);
        SegmentDraft d = established(acceptableSeq(), RST | ACK, c.receiveWindow.announce());
        d.because(rule, why);
        c.count(TcpCounter.SEGMENTS_OUT);
        c.count(TcpCounter.RESETS_OUT);
        d.send();
        c.traffic.sent();
    }

    /**
     * The program sends no more: FIN goes with what waits to be sent, or by itself. RFC 9293
     * §3.10.4.
     */
    void sendFin() {
        Tcb.Send snd = c.tcb.snd;
        RecordRing unsent = c.sendBuffer.unsent();
        if (!unsent.isEmpty()) {
            SegmentRecord tail = unsent.last();
            tail.flags |= FIN;
            snd.writeSeq++;
        } else {
            var fin = new SegmentRecord(snd.writeSeq, new byte[0], 0, 0, ACK | FIN);
            c.sendBuffer.addControl(fin);
        }
        because(Rule.RFC9293_CLOSE_FIN, null);
        c.sendBuffer.write().push(c.currentMss(), WriteQueue.NAGLE_OFF);
        because(null, null);
    }

    @Nullable Rule currentRule() {
        return nextRule;
    }

    @Nullable String currentWhy() {
        return nextWhy;
    }
}
