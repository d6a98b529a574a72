package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * Whether a reduction of the window can be taken back, because every retransmission turns out to
 * have been needless: the peer reports each as a duplicate (RFC 2883 §5), or a timestamp shows that
 * the original had only been late (RFC 3522). Linux's undo_marker and undo_retrans.
 */
final class Undo {

    private final Connection c;
    private final Retransmission retransmission;
    private boolean possible;
    private int marker;

    /** Retransmissions not yet known to have been needless; -1 where there was none. */
    private int outstanding;

    private int priorThreshold;

    Undo(Connection c, Retransmission retransmission) {
        this.c = c;
        this.retransmission = retransmission;
    }

    boolean isPossible() {
        return possible;
    }

    /** A reduction for a loss begins. */
    void begin(boolean probeOutstanding) {
        possible = true;
        marker = c.tcb.snd.una;
        outstanding = c.sent.retransmitted();
        if (probeOutstanding) outstanding++;
        if (outstanding == 0) outstanding = -1;
    }

    /** What is reduced now stays so. */
    void giveUp() {
        possible = false;
    }

    /** ssthresh, to come back to; 0 where the reduction has another cause. */
    void priorThreshold(int segments) {
        priorThreshold = segments;
    }

    /** A block that reports a duplicate: one retransmission was needless. */
    void duplicateReported(int left, int right, int ack) {
        if (!possible || !SeqNum.after(right, marker) || outstanding <= 0) return;
        if (SeqNum.after(right, ack) || !SeqNum.before(left, right)) return;
        int mss = Math.max(c.tcb.snd.mss, 1);
        outstanding = Math.max(0, outstanding - Math.max((right - left + mss - 1) / mss, 1));
    }

    void sentAgain(int segments) {
        outstanding = Math.max(outstanding, 0) + segments;
    }

    boolean allWereDuplicates() {
        return possible && outstanding == 0;
    }

    boolean isNeedless() {
        return possible && (outstanding == 0 || retransmission.originalWasDelayed());
    }

    boolean originalWasDelayed() {
        return possible && retransmission.originalWasDelayed();
    }

    /** Puts the window back to where it was. */
    void takeBack(RateReduction reduction) {
        if (priorThreshold > 0) {
            c.window.cwnd(c.congestion().undo(c.window));
            if (priorThreshold > c.window.ssthresh()) reduction.takeBack(priorThreshold);
        }
        possible = false;
    }
}
