package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.SeqNum;

/**
 * Sends one segment when an acknowledgement is overdue but the retransmission timeout has not come:
 * a loss at the tail then shows by SACK instead of by timeout. RFC 8985 §7.
 */
final class LossProbe {

    private static final long MIN_WAIT = 2 * RttEstimator.MS;

    private final Connection c;
    private boolean outstanding;
    private int highSeq;
    private boolean wasRetransmission;

    LossProbe(Connection c) {
        this.c = c;
    }

    boolean isOutstanding() {
        return outstanding;
    }

    boolean isOutstandingRetransmission() {
        return outstanding && wasRetransmission;
    }

    boolean isProbeOf(int end) {
        return outstanding && wasRetransmission && end == highSeq;
    }

    void forget() {
        outstanding = false;
    }

    /** Sets the timer if a probe makes sense; answers whether. RFC 8985 §7.2. */
    boolean schedule(boolean timeoutStartsAnew) {
        int mode = c.tunables().earlyRetrans;
        if (mode != 3 && mode != 4) return false;
        if (c.sent.segments() == 0 || !c.tcb.sackOk || c.fastOpenChild != null) return false;
        CongestionState state = c.recovery.state();
        if (state != CongestionState.OPEN && state != CongestionState.CWR) return false;
        long wait = RttEstimator.INITIAL_RTO;
        if (c.rtt.hasSample()) {
            wait = 2 * c.rtt.srtt();
            wait += c.sent.segments() == 1 ? c.rtt.minRto() : MIN_WAIT;
        }
        long timeout = timeoutStartsAnew ? c.rtt.rto() : c.retransmitTimer.untilTimeout();
        if (timeout > 0) wait = Math.min(wait, timeout);
        c.retransmitTimer.startProbe(wait);
        return true;
    }

    /** RFC 8985 §7.3: new data if there is some, else the last segment again. */
    void send() {
        if (outstanding) {
            c.retransmitTimer.rearm();
            return;
        }
        wasRetransmission = false;
        boolean sent = false;
        if (c.sendBuffer.write().nextFitsWindow(c.currentMss())) {
            c.output.because(Rule.RFC8985_LOSS_PROBE, null);
            sent = c.sendBuffer.write().pushProbe(c.currentMss());
            c.output.because(null, null);
        } else if (!c.sent.isEmpty()) {
            sent = sendLastAgain();
        }
        if (sent) {
            c.count(TcpCounter.LOSS_PROBES);
            outstanding = true;
            highSeq = c.tcb.snd.nxt;
            c.retransmitTimer.start(c.rtt.rto(), Rule.RFC6298_RESTART);
        } else {
            c.retransmitTimer.rearm();
        }
    }

    private boolean sendLastAgain() {
        int index = c.sent.size() - 1;
        SegmentRecord last = c.sent.get(index);
        int mss = last.segmentSize > 0 ? last.segmentSize : c.currentMss();
        int head = (last.segments - 1) * mss;
        if (last.segments > 1 && last.length > head) {
            c.sent.split(index, head, mss);
            c.sendBuffer.allot(SegmentRecord.OVERHEAD);
            index++;
        }
        if (!c.recovery.retransmission().sendCopy(index, 1, Rule.RFC8985_LOSS_PROBE, null))
            return false;
        wasRetransmission = true;
        return true;
    }

    /** RFC 8985 §7.4.2: whether the probe repaired a loss that nobody else would notice. */
    void acknowledged(int ack, AckNews news) {
        if (!outstanding || SeqNum.before(ack, highSeq)) return;
        if (!wasRetransmission || news.probeDuplicateReported) {
            outstanding = false;
        } else if (SeqNum.after(ack, highSeq)) {
            outstanding = false;
            c.recovery.probeRepairedLoss();
        } else if (!news.advanced && !news.isNoDuplicate() && !news.sacked) {
            outstanding = false;
        }
    }
}
