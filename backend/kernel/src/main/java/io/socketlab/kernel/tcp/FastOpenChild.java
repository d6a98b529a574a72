package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a SYN has opened at once: the program can read and write, and the SYN-ACK is
 * not acknowledged yet. RFC 7413 §4.2.2; Linux's tcp_fastopen_create_child(), tcp_check_req() and
 * tcp_fastopen_synack_timer().
 */
final class FastOpenChild {

    private static final int MAX_DOUBLINGS = 20;

    private final Connection c;
    private final Listener listener;
    private final SegmentRecord synAck;
    private int timeouts;
    private long lastAnswer = Long.MIN_VALUE;

    /** accept(2) has taken it. */
    private boolean accepted;

    private FastOpenChild(Connection c, Listener listener) {
        this.c = c;
        this.listener = listener;
        this.synAck =
                new SegmentRecord(c.tcb.snd.iss, new byte[0], 0, 0, TcpHeader.SYN | TcpHeader.ACK);
    }

    /** Begins the connection that {@code seg} asks for, and hands it to the accept queue. */
    static void begin(
            Connection c, Listener listener, Segment seg, FastOpenQueue.Decision decision) {
        var child = new FastOpenChild(c, listener);
        c.beginAs(TcpState.SYN_RECEIVED);
        if (c.isTraced()) {
            c.env.trace()
                    .emit(
                            new StateChanged(
                                    c.env.stamp(decision.rule(), decision.why()),
                                    c.number,
                                    TcpState.LISTEN.name(),
                                    TcpState.SYN_RECEIVED.name()));
        }
        Tcb.Send snd = c.tcb.snd;
        snd.una = snd.iss + 1;
        snd.nxt = snd.una;
        snd.writeSeq = snd.una;
        snd.smallEnd = snd.una;
        snd.pushed = snd.una;
        c.fastOpenChild = child;
        c.openedFast = true;
        listener.fastOpen().begun();
        c.layer.count(TcpCounter.FAST_OPEN_PASSIVE);
        c.layer.count(TcpCounter.PASSIVE_OPENS);
        c.layer.add(c);
        c.beginTransfer();
        c.retransmitTimer.start(RttEstimator.INITIAL_RTO, Rule.RFC6298_INITIAL_RTO);
        c.arrival.takeSynText(seg);
        c.tcb.rcv.wup = c.tcb.rcv.nxt;
        c.output.grant(decision.answer());
        c.output.transmit(child.synAck, decision.rule(), decision.why());
        listener.opened(c);
        c.settle();
    }

    void accepted() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Looks at a segment before the connection does; answers whether the connection is to. */
    boolean lets(Segment seg) {
        Tcb tcb = c.tcb;
        boolean stale =
                tcb.timestampsOk && seg.hasTimestamps && seg.timestamp - tcb.rcv.tsRecent < 0;
        boolean repeated = seg.isSyn() && !seg.isAck() && !seg.isRst() && seg.seq == tcb.rcv.irs;
        if (repeated && !stale) {
            if (!isTooSoon()) sendAgain(Rule.RFC9293_SYN_REPEATED);
            return false;
        }
        if ((stale && !seg.isRst()) || !isInWindow(seg)) {
            c.arrival.drop(seg, stale ? DropReason.PAWS : DropReason.OUT_OF_WINDOW);
            if (!seg.isRst() && !isTooSoon()) {
                c.output.sendAck(Rule.RFC9293_ACK_UNACCEPTABLE, null);
            }
            return false;
        }
        if (seg.isRst()) {
            leave(true);
            c.fail(Errno.ECONNRESET, Rule.RFC9293_RESET, null);
            return false;
        }
        if (seg.isSyn()) {
            c.layer.resets().answer(seg, Rule.RFC5961_CHALLENGE_SYN);
            return false;
        }
        if (!seg.isAck()) c.arrival.drop(seg, DropReason.NO_ACK_FLAG);
        return seg.isAck();
    }

    private boolean isInWindow(Segment seg) {
        Tcb.Receive rcv = c.tcb.rcv;
        int most = rcv.nxt + rcv.wnd;
        if (seg.seq == rcv.nxt) return true;
        if (SeqNum.after(seg.end(), rcv.nxt) && SeqNum.before(seg.seq, most)) return true;
        return seg.seq == most && seg.length() == 0;
    }

    private boolean isTooSoon() {
        long now = c.now();
        boolean soon =
                lastAnswer != Long.MIN_VALUE && now - lastAnswer < c.tunables().invalidRateLimit;
        if (!soon) lastAnswer = now;
        return soon;
    }

    private void sendAgain(Rule rule) {
        synAck.retransmissions++;
        c.totalRetransmissions++;
        c.count(TcpCounter.SEGMENTS_RETRANSMITTED);
        c.count(TcpCounter.SYN_RETRANSMITS);
        c.output.transmit(synAck, rule, null);
    }

    /** The retransmission timer: until the handshake is over only the SYN-ACK is sent again. */
    void timedOut() {
        int own = c.settings.times().synCount;
        int most = own > 0 ? own : c.tunables().synAckRetries + 1;
        if (timeouts >= most) {
            Errno errno = c.softError != null ? c.softError : Errno.ETIMEDOUT;
            c.fail(errno, Rule.LINUX_SYN_ACK_RETRIES, why());
            return;
        }
        if (c.retransmitTimer.retransmits() == 1) c.recovery.enterLoss();
        timeouts++;
        c.traffic.timedOut(c.retransmitTimer.retransmits() == 0);
        sendAgain(Rule.RFC6298_SYN_TIMEOUT);
        c.retransmitTimer.countRetransmit();
        c.recovery.retransmission().stampNow();
        long wait = RttEstimator.INITIAL_RTO << Math.min(timeouts, MAX_DOUBLINGS);
        c.retransmitTimer.start(wait, Rule.RFC6298_BACKOFF);
    }

    private @Nullable String why() {
        return c.isTraced() ? timeouts + " timeouts of the SYN-ACK" : null;
    }

    /** The SYN-ACK is acknowledged: from now on it is a connection like any other. */
    void complete() {
        if (!c.rtt.hasSample() && synAck.retransmissions == 0) c.handshakeTimed(synAck.sentAt);
        if (c.recovery.state() == CongestionState.LOSS && c.sent.isEmpty()) {
            c.recovery.tryUndoRecovery();
        }
        Retransmission again = c.recovery.retransmission();
        if (!again.isAnythingOutstanding()) again.forgetStamp();
        c.traffic.timeoutRepaired();
        c.retransmitTimer.clearRetransmits();
        leave(false);
        c.retransmitTimer.rearm();
    }

    /** It is over, one way or the other. */
    void leave(boolean reset) {
        if (c.fastOpenChild != this) return;
        c.fastOpenChild = null;
        listener.fastOpen().over(reset && accepted && listener.isOpen());
    }
}
