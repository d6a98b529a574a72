package io.socketlab.kernel.tcp;

/** How many segments go out in one go. net/ipv4/tcp_output.c, tcp_tso_autosize(). */
final class Pacing {

    /** A burst is what the pacing rate sends in about a millisecond: sk_pacing_shift. */
    private static final int RATE_SHIFT = 10;

    /** On short paths bursts may be longer: net.ipv4.tcp_tso_rtt_log. */
    private static final int RTT_SHIFT = 9;

    private static final int MAX_BURST = 65_535 - 320;
    private static final int SLOW_START_PER_CENT = 200;
    private static final int AVOIDANCE_PER_CENT = 120;

    private Pacing() {}

    /** Octets a second, as sk_pacing_rate; there must have been an RTT sample. */
    static long rate(Connection c) {
        return rate(c, c.tcb.snd.mss);
    }

    private static long rate(Connection c, int mss) {
        boolean slowStart = c.window.cwnd() < c.window.ssthresh() / 2;
        int perCent = slowStart ? SLOW_START_PER_CENT : AVOIDANCE_PER_CENT;
        int segments = Math.max(c.window.cwnd(), c.sent.segments());
        double rate = (double) mss * segments * perCent / 100 / (c.rtt.srtt() / 1e9);
        return (long) Math.min(rate, 1e15);
    }

    /** Segments of {@code mss} octets: a millisecond's worth of the pacing rate, at least two. */
    static int burst(Connection c, int mss) {
        long octets = MAX_BURST;
        if (c.rtt.hasSample()) {
            octets = rate(c, mss) >> RATE_SHIFT;
            long shift = c.rtt.minRtt() == Long.MAX_VALUE ? 63 : c.rtt.minRtt() / 1000 >> RTT_SHIFT;
            if (shift < 32) octets += 65_536L >> shift;
            octets = Math.min(octets, MAX_BURST);
        }
        return (int) Math.max(octets / Math.max(mss, 1), c.tunables().minTsoSegs);
    }
}
