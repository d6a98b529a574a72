package io.socketlab.kernel.tcp.congestion;

/** Slow start and congestion avoidance. RFC 5681 §3.1. */
public final class Reno implements CongestionControl {

    @Override
    public String name() {
        return "reno";
    }

    @Override
    public int ssthreshAfterLoss(CongestionWindow window) {
        return Math.max(window.cwnd() / 2, 2);
    }

    @Override
    public void onAck(CongestionWindow window, int acked, long now) {
        int left = window.inSlowStart() ? window.slowStart(acked) : acked;
        if (left > 0) window.increase(window.cwnd(), left);
    }
}
