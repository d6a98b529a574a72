package io.socketlab.kernel.tcp;

/**
 * Signs that a box on the way swallows what follows a SYN with text: Linux's
 * tcp_fastopen_active_detect_blackhole() and tcp_fastopen_active_disable_ofo_check().
 */
final class FastOpenLosses {

    private static final int SUSPICIOUS_TIMEOUTS = 2;

    private FastOpenLosses() {}

    /** The retransmission timer has expired after {@code timeouts} others. */
    static void timedOut(Connection c, int timeouts, boolean givesUp) {
        FastOpenSyn syn = c.fastOpenSyn;
        boolean fast = c.synDataAcked || (syn != null && (syn.wasAsked() || syn.hadText()));
        if (!fast) return;
        if (timeouts == SUSPICIOUS_TIMEOUTS || (timeouts < SUSPICIOUS_TIMEOUTS && givesUp)) {
            suspect(c);
            if (syn != null && c.tcb.state == TcpState.SYN_SENT) syn.synTimedOut();
        }
    }

    /** A reset that is not in sequence came before any text did. */
    static void oddReset(Connection c) {
        FastOpenSyn syn = c.fastOpenSyn;
        if (syn == null || !syn.wasAsked() || c.tcb.state != TcpState.ESTABLISHED) return;
        if (hasNoText(c)) suspect(c);
    }

    /** The connection is at its end: did it bring anything? */
    static void ended(Connection c) {
        FastOpenSyn syn = c.fastOpenSyn;
        if (syn == null || !syn.wasAsked()) return;
        if (hasNoText(c)) {
            if (c.reassembly.holdsFin()) suspect(c);
        } else if (syn.isOnTrial()) {
            c.layer.fastOpenBlackhole().disproved();
        }
    }

    private static boolean hasNoText(Connection c) {
        return c.traffic.textSegmentsIn == 0;
    }

    private static void suspect(Connection c) {
        int seconds = c.tunables().fastOpenBlackholeSeconds;
        if (c.layer.fastOpenBlackhole().suspected(c.now(), seconds)) {
            c.layer.count(TcpCounter.FAST_OPEN_BLACKHOLE);
        }
    }
}
