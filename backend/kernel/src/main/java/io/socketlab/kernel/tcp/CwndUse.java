package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * Whether the congestion window is what limits the sender: one that is not used must not grow (RFC
 * 7661), and is cut down after idle times (RFC 5681 §4.1).
 */
final class CwndUse {

    private final Connection c;
    private boolean limited;
    private int mostUnderWay;
    private int roundEnd;
    private int used;
    private long checkedAt;

    CwndUse(Connection c) {
        this.c = c;
    }

    void begin() {
        roundEnd = c.tcb.snd.nxt;
        checkedAt = c.now();
    }

    void reduced() {
        checkedAt = c.now();
        used = 0;
    }

    /** Segments have been sent, or held back. Linux's tcp_cwnd_validate. */
    void validate(boolean isLimited) {
        int underWay = c.sent.segments();
        boolean newRound = SeqNum.atLeast(c.tcb.snd.una, roundEnd);
        if (newRound || isLimited || (!limited && underWay > mostUnderWay)) {
            limited = isLimited;
            mostUnderWay = underWay;
            roundEnd = c.tcb.snd.nxt;
        }
        if (mayGrow()) {
            used = 0;
            checkedAt = c.now();
            return;
        }
        used = Math.max(used, underWay);
        if (c.tunables().slowStartAfterIdle && c.now() - checkedAt >= c.rtt.rto()) {
            applicationLimited();
        }
        if (c.sendBuffer.isEmpty() && c.sendBuffer.noSpace && c.tcb.state.maySend()) {
            c.chronograph.start(Chronograph.Reason.SEND_BUFFER);
        }
    }

    /** The window is used, or is on its way to be: slow start may double what was under way. */
    boolean mayGrow() {
        if (limited) return true;
        return c.window.inSlowStart() && c.window.cwnd() < 2 * mostUnderWay;
    }

    private void applicationLimited() {
        if (c.recovery.state() == CongestionState.OPEN && !c.sendBuffer.noSpace) {
            int initial = c.initialWindow();
            int reallyUsed = Math.max(used, initial);
            if (reallyUsed < c.window.cwnd()) {
                c.window.ssthresh(c.recovery.currentThreshold());
                c.window.cwnd((c.window.cwnd() + reallyUsed) / 2);
            }
        }
        reduced();
    }

    /** The program sends again after a pause longer than the timeout: slow start anew. */
    void restartAfterIdle() {
        if (!c.tunables().slowStartAfterIdle || c.sent.segments() > 0) return;
        long idle = c.now() - c.tcb.snd.lastAt;
        long rto = c.rtt.rto();
        if (idle <= rto) return;
        int restart = Math.min(c.initialWindow(), c.window.cwnd());
        c.window.ssthresh(c.recovery.currentThreshold());
        int cwnd = c.window.cwnd();
        for (long left = idle - rto; left > 0 && cwnd > restart; left -= rto) cwnd >>= 1;
        c.window.cwnd(Math.max(cwnd, restart));
        reduced();
    }
}
