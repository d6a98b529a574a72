package io.socketlab.kernel.tcp.congestion;

/**
 * The congestion window and the slow start threshold, in segments as Linux counts, and the two ways
 * in which they grow. RFC 5681 §3.1.
 */
public final class CongestionWindow {

    /** Nothing has been lost yet: slow start has no end. */
    public static final int INFINITE = 0x7FFF_FFFF;

    private int cwnd;
    private int ssthresh = INFINITE;
    private int ackedInRound;
    private int priorCwnd;
    private int clamp = INFINITE;

    /**
     * @param initial RFC 6928: ten segments
     */
    public CongestionWindow(int initial) {
        this.cwnd = initial;
    }

    public int cwnd() {
        return cwnd;
    }

    public void cwnd(int segments) {
        if (segments <= 0) throw new IllegalArgumentException("cwnd " + segments);
        cwnd = segments;
    }

    public int ssthresh() {
        return ssthresh;
    }

    public void ssthresh(int segments) {
        ssthresh = segments;
    }

    /** It never grows above this. */
    public void clamp(int segments) {
        clamp = segments;
    }

    public int clamp() {
        return clamp;
    }

    /** What it was before the last reduction, to be put back if that was a mistake. */
    public int priorCwnd() {
        return priorCwnd;
    }

    public void rememberForUndo() {
        priorCwnd = cwnd;
    }

    public boolean inSlowStart() {
        return cwnd < ssthresh;
    }

    /** Forgets what has been counted towards the next segment of growth. */
    public void clearCounter() {
        ackedInRound = 0;
    }

    /** Grows by a segment for each acknowledged; answers how many go beyond ssthresh. */
    public int slowStart(int acked) {
        int grown = (int) Math.min((long) cwnd + acked, ssthresh);
        int left = acked - (grown - cwnd);
        cwnd = Math.min(grown, clamp);
        return left;
    }

    /** Grows by a segment for every {@code perSegment} acknowledged. */
    public void increase(int perSegment, int acked) {
        if (ackedInRound >= perSegment) {
            ackedInRound = 0;
            cwnd++;
        }
        ackedInRound += acked;
        if (ackedInRound >= perSegment) {
            int grow = ackedInRound / perSegment;
            ackedInRound -= grow * perSegment;
            cwnd += grow;
        }
        cwnd = Math.min(cwnd, clamp);
    }
}
