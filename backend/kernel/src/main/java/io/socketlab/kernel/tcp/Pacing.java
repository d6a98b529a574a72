package io.socketlab.kernel.tcp;

import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import org.jspecify.annotations.Nullable;

/**
 * Spreads what a window lets out over the round trip: each packet names the time at which it may
 * leave, and the next waits as long as this one takes at the pacing rate. A queueing discipline
 * that heeds those times does the waiting (SK_PACING_FQ); where there is none and the program has
 * set SO_MAX_PACING_RATE, a timer here does (SK_PACING_NEEDED). A connection without either has no
 * such object and is not paced. Linux's tcp_update_pacing_rate(), tcp_pacing_check() and
 * tcp_update_skb_after_send().
 */
final class Pacing {

    /** What goes out first is not held: as many segments as an initial window has. */
    private static final int FIRST_SEGMENTS = 10;

    private static final long SECOND = 1_000_000_000L;

    /** A burst is what the pacing rate sends in about a millisecond: sk_pacing_shift. */
    static final int RATE_SHIFT = 10;

    /** sk_gso_max_size: what may go out in one go, less the room for headers. */
    private static final int MAX_BURST = 65_536 - 320 - 1;

    private static final int MAX_SHIFT = 32;

    private final Connection c;
    private boolean byQdisc;

    /** The departure of the packet before the one at hand. */
    private long prior;

    private @Nullable SocketTimer timer;

    Pacing(Connection c) {
        this.c = c;
    }

    /** The queueing discipline holds packets: the timer is not needed. */
    void byQdisc() {
        byQdisc = true;
    }

    /** When the packet that is about to be sent may leave. */
    static long departure(Connection c) {
        if (c.pacing != null) c.pacing.prior = c.departure;
        c.departure = Math.max(c.departure, c.now());
        return c.departure;
    }

    /** {@code octets} of text have been sent: the next may leave when they have had their time. */
    void sent(int octets) {
        long rate = c.pacingRate;
        if (rate == PacketOwner.UNLIMITED || rate == 0) return;
        if (c.traffic.textSegmentsOut < FIRST_SEGMENTS) return;
        long gap = octets * SECOND / rate;
        gap -= Math.min(gap / 2, c.departure - prior);
        c.departure += gap;
    }

    /** Nanoseconds until the next packet leaves: timers of what is sent begin only then. */
    static long delay(Connection c) {
        return c.pacing == null ? 0 : Math.max(c.departure - c.now(), 0);
    }

    /** Whether the next has to wait for its time here; it is then sent by the timer. */
    boolean holds() {
        if (byQdisc || c.departure <= c.now()) return false;
        if (timer == null)
            timer = new SocketTimer(c, TimerKind.PACING, () -> c.sendBuffer.write().resume());
        if (!timer.isRunning()) {
            timer.start(
                    c.departure - c.now(),
                    Rule.LINUX_PACING,
                    c.isTraced() ? c.pacingRate + " octets/s" : null);
        }
        return true;
    }

    void stop() {
        if (timer != null) timer.stop();
    }

    /** An acknowledgement has been taken in, or the handshake is over. */
    static void update(Connection c) {
        TcpTunables t = c.tunables();
        boolean slowStart = c.window.cwnd() < c.window.ssthresh() / 2;
        long perCent = slowStart ? t.pacingSlowStart : t.pacingAvoidance;
        long segments = Math.max(c.window.cwnd(), c.sent.segments());
        double rate = (double) c.tcb.snd.mss * segments * perCent / 100 * SECOND;
        if (c.rtt.hasSample()) rate /= c.rtt.srtt();
        c.pacingRate = Math.min((long) rate, c.settings.base.maxPacingRate());
    }

    /** SO_MAX_PACING_RATE has been set. */
    static void limit(Connection c) {
        c.pacingRate = Math.min(c.pacingRate, c.settings.base.maxPacingRate());
        if (c.settings.base.isPaced() && c.pacing == null) c.pacing = new Pacing(c);
    }

    /**
     * Segments of {@code mss} octets that go out in one go: a millisecond's worth of the pacing
     * rate, more where the round trip is short. tcp_tso_autosize().
     */
    static int burst(Connection c, int mss) {
        TcpTunables t = c.tunables();
        long octets = c.pacingRate >> RATE_SHIFT;
        long minRtt = c.rtt.minRtt();
        long shift = minRtt == Long.MAX_VALUE ? MAX_SHIFT : minRtt / 1000 >> t.tsoRttLog;
        if (shift < MAX_SHIFT) octets += MAX_BURST >> shift;
        octets = Math.min(octets, MAX_BURST);
        return (int) Math.max(octets / Math.max(mss, 1), t.minTsoSegs);
    }
}
