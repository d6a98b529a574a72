package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * How far the network is seen to bring segments out of order: from how far below the highest
 * segment that has arrived another one arrives later. Linux's tcp_check_sack_reordering() and
 * tcp_check_reno_reordering().
 */
final class Reordering {

    private final Connection c;
    private int highestSacked;

    /** In segments: as many may be overtaken before one counts as lost. */
    private int degree;

    Reordering(Connection c) {
        this.c = c;
        this.degree = c.tunables().reordering;
    }

    void established() {
        highestSacked = c.tcb.snd.una;
    }

    int degree() {
        return degree;
    }

    boolean isMoreThanUsual() {
        return degree > c.tunables().reordering;
    }

    boolean hasBeenSeen() {
        return c.traffic.reorderings > 0;
    }

    /** The end of the highest segment that was SACKed; SND.UNA if none is. */
    int highestSacked() {
        return c.sent.sacked() == 0 ? c.tcb.snd.una : highestSacked;
    }

    void sackedUpTo(int end) {
        if (c.sent.sacked() == 0 || SeqNum.after(end, highestSacked)) highestSacked = end;
    }

    void firstUnacknowledgedIs(int una) {
        if (SeqNum.before(highestSacked, una)) highestSacked = una;
    }

    /** A segment that begins at {@code low} has arrived after one from beyond it. */
    void seen(int low) {
        int distance = highestSacked() - low;
        if (distance <= 0) return;
        c.count(TcpCounter.SACK_REORDER);
        int mss = c.tcb.snd.mss;
        if (mss > 0 && distance > degree * mss) {
            degree = Math.min((distance + mss - 1) / mss, c.tunables().maxReordering);
        }
        c.traffic.reorderings++;
    }

    /**
     * Without SACK.
     *
     * @param segments that the network must have reordered; 0 if it need not have
     */
    void note(int segments) {
        if (segments == 0) return;
        c.count(TcpCounter.RENO_REORDER);
        degree = Math.min(segments, c.tunables().maxReordering);
        c.traffic.reorderings++;
    }

    /** A timeout with so much SACKed: the usual degree was enough after all. */
    void limitAfterTimeout() {
        int usual = c.tunables().reordering;
        if (c.sent.sacked() >= usual) degree = Math.min(degree, usual);
    }
}
