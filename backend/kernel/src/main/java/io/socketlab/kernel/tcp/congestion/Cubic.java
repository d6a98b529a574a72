package io.socketlab.kernel.tcp.congestion;

import org.jspecify.annotations.Nullable;

/**
 * The window as a cubic function of the time since the last loss, with fast convergence and a lower
 * bound that is fair to Reno (RFC 9438), and HyStart to leave slow start before the loss. In the
 * fixed-point arithmetic of Linux, so that windows come out equal: time in 1/1024 s, beta 717/1024,
 * C 410/1024.
 */
public final class Cubic implements CongestionControl {

    private static final int BETA = 717;
    private static final int SCALE = 1024;
    private static final int C_SCALED = 410;
    private static final long CUBE_FACTOR = (1L << 40) / C_SCALED;

    /** Eight times the segments that Reno with this beta needs for one of growth, over cwnd. */
    private static final int RENO_SCALE = 8 * (SCALE + BETA) / 3 / (SCALE - BETA);

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    private int lastMax;
    private int lastCwnd;
    private long lastTime;
    private long epochStart = -1;
    private int origin;
    private long k;
    private int perSegment = 2;
    private int ackedInEpoch;
    private int renoCwnd;
    private long minDelay;
    private @Nullable HyStart hyStart;

    @Override
    public String name() {
        return "cubic";
    }

    @Override
    public int ssthreshAfterLoss(CongestionWindow window) {
        int cwnd = window.cwnd();
        epochStart = -1;
        lastMax = cwnd < lastMax ? (int) ((long) cwnd * (SCALE + BETA) / (2 * SCALE)) : cwnd;
        return Math.max((int) ((long) cwnd * BETA / SCALE), 2);
    }

    @Override
    public void onAck(CongestionWindow window, int acked, long now) {
        int left = window.inSlowStart() ? window.slowStart(acked) : acked;
        if (left == 0) return;
        update(window.cwnd(), left, now);
        window.increase(perSegment, left);
    }

    private void update(int cwnd, int acked, long now) {
        ackedInEpoch += acked;
        if (lastCwnd == cwnd && now - lastTime <= SECOND / 32) return;
        if (epochStart < 0 || now / MS != lastTime / MS) followCurve(cwnd, acked, now);
        stayFairToReno(cwnd);
        perSegment = Math.max(perSegment, 2);
    }

    private void followCurve(int cwnd, int acked, long now) {
        lastCwnd = cwnd;
        lastTime = now;
        if (epochStart < 0) {
            epochStart = now;
            ackedInEpoch = acked;
            renoCwnd = cwnd;
            k = lastMax <= cwnd ? 0 : cubeRoot(CUBE_FACTOR * (lastMax - cwnd));
            origin = Math.max(lastMax, cwnd);
        }
        long t = ((now - epochStart + minDelay) / MS << 10) / 1000;
        long distance = Math.abs(t - k);
        long delta = (C_SCALED * distance * distance * distance) >> 40;
        long target = t < k ? origin - delta : origin + delta;
        perSegment = target > cwnd ? (int) (cwnd / (target - cwnd)) : 100 * cwnd;
        if (lastMax == 0 && perSegment > 20) perSegment = 20;
    }

    /** RFC 9438 §4.3. */
    private void stayFairToReno(int cwnd) {
        int step = cwnd * RENO_SCALE >> 3;
        while (ackedInEpoch > step) {
            ackedInEpoch -= step;
            renoCwnd++;
        }
        if (renoCwnd > cwnd) perSegment = Math.min(perSegment, cwnd / (renoCwnd - cwnd));
    }

    private static long cubeRoot(long a) {
        long root = Math.round(Math.cbrt((double) a));
        while (root * root * root > a) root--;
        return root;
    }

    @Override
    public void onRtt(CongestionWindow window, long rtt, long now, int una, int nxt) {
        // Right after a loss the path is not what it was: wait a second.
        if (epochStart >= 0 && now - epochStart < SECOND) return;
        long delay = Math.max(rtt, 1000);
        if (minDelay == 0 || minDelay > delay) minDelay = delay;
        if (!window.inSlowStart()) return;
        if (hyStart == null) hyStart = new HyStart();
        if (hyStart.queueIsBuilding(delay, minDelay, window.cwnd(), now, una, nxt)) {
            window.ssthresh(window.cwnd());
        }
    }

    @Override
    public void onTimeout(CongestionWindow window, long now, int nxt) {
        lastMax = 0;
        lastCwnd = 0;
        lastTime = 0;
        epochStart = -1;
        origin = 0;
        k = 0;
        perSegment = 2;
        ackedInEpoch = 0;
        renoCwnd = 0;
        minDelay = 0;
        if (hyStart != null) hyStart.restart();
    }

    /** Idle time does not count as time since the loss. */
    @Override
    public void onIdleEnd(long idle, long now) {
        if (epochStart >= 0 && idle > 0) epochStart = Math.min(epochStart + idle, now);
    }
}
