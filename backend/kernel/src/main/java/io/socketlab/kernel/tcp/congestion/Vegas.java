package io.socketlab.kernel.tcp.congestion;

import java.util.List;

/**
 * Keeps a few segments in the bottleneck's queue and no more: the shortest round trip ever seen is
 * the path's own, and what a window takes longer than that stands in queues. Brakmo and Peterson,
 * "TCP Vegas", 1995; alpha, beta and gamma as Linux's tcp_vegas.c has them.
 */
public final class Vegas implements CongestionControl {

    /** Segments in queues, at least and at most, that the window is steered to. */
    private static final int ALPHA = 2;

    private static final int BETA = 4;

    /** So many in queues end slow start. */
    private static final int GAMMA = 1;

    /** A round with fewer samples says nothing: one delayed ACK would spoil it. */
    private static final int MIN_SAMPLES = 3;

    private long shortest = Long.MAX_VALUE;
    private long inRound = Long.MAX_VALUE;
    private int samples;
    private boolean started;
    private boolean roundIsOver;
    private int roundEnd;
    private final Reno reno = new Reno();

    @Override
    public String name() {
        return "vegas";
    }

    /**
     * struct tcpvegas_info: on, samples of this round, and the shortest round trips in
     * microseconds.
     */
    @Override
    public List<Integer> info() {
        return List.of(1, samples, micros(shortest), micros(inRound));
    }

    private static int micros(long nanos) {
        return nanos == Long.MAX_VALUE ? Integer.MAX_VALUE : (int) (nanos / 1000) + 1;
    }

    @Override
    public int ssthreshAfterLoss(CongestionWindow window) {
        return reno.ssthreshAfterLoss(window);
    }

    @Override
    public void onRtt(CongestionWindow window, long rtt, long now, int una, int nxt) {
        shortest = Math.min(shortest, rtt);
        inRound = Math.min(inRound, rtt);
        samples++;
        if (started && una - roundEnd <= 0) return;
        roundIsOver = started;
        started = true;
        roundEnd = nxt;
    }

    @Override
    public void onAck(CongestionWindow window, int acked, long now) {
        if (!roundIsOver) {
            if (window.inSlowStart()) window.slowStart(acked);
            return;
        }
        if (samples < MIN_SAMPLES) reno.onAck(window, acked, now);
        else steer(window, acked);
        roundIsOver = false;
        samples = 0;
        inRound = Long.MAX_VALUE;
    }

    /** Once a round trip. */
    private void steer(CongestionWindow window, int acked) {
        int cwnd = window.cwnd();
        long queued = cwnd * (inRound - shortest) / shortest;
        if (window.inSlowStart()) {
            if (queued <= GAMMA) {
                window.slowStart(acked);
                return;
            }
            int filled = (int) (cwnd * shortest / inRound) + 1;
            window.cwnd(Math.max(Math.min(cwnd, filled), 2));
            window.ssthresh(Math.max(Math.min(window.ssthresh(), window.cwnd() - 1), 2));
        } else if (queued > BETA) {
            window.cwnd(Math.max(cwnd - 1, 2));
            window.ssthresh(Math.max(Math.min(window.ssthresh(), window.cwnd() - 1), 2));
        } else if (queued < ALPHA) {
            window.cwnd(Math.min(cwnd + 1, window.clamp()));
        }
    }

    /**
     * What the handshake or an earlier transfer measured does not count: tcp_vegas_cwnd_event().
     */
    @Override
    public void onIdleEnd(long idle, long now) {
        shortest = Long.MAX_VALUE;
        inRound = Long.MAX_VALUE;
        samples = 0;
        started = false;
        roundIsOver = false;
    }

    /** After a timeout the path may be another one. */
    @Override
    public void onTimeout(CongestionWindow window, long now, int nxt) {
        shortest = Long.MAX_VALUE;
        inRound = Long.MAX_VALUE;
        samples = 0;
        roundEnd = nxt;
    }
}
