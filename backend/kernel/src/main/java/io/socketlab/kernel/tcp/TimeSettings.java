package io.socketlab.kernel.tcp;

/**
 * What setsockopt(2) has set of how long and how often something is waited for or tried. 0
 * everywhere: what the sysctls say. tcp(7).
 */
final class TimeSettings {

    /** Of sockets for which nothing has been set; never written to. */
    static final TimeSettings DEFAULTS = new TimeSettings();

    int synCount;
    int keepIdleSeconds;
    int keepIntervalSeconds;
    int keepCount;

    /** Negative: no FIN_WAIT_2 at all. */
    int linger2Seconds;

    int deferAcceptSeconds;
    int userTimeoutMs;

    /** TCP_RTO_MIN_US, TCP_RTO_MAX_MS and TCP_DELACK_MAX_US. */
    int rtoMinUs;

    int rtoMaxMs;
    int delayedAckMaxUs;

    /** TCP_THIN_LINEAR_TIMEOUTS. */
    boolean thinLinear;

    private TimeSettings() {}

    /** For a connection accepted: all but TCP_DEFER_ACCEPT. */
    TimeSettings inherited() {
        if (this == DEFAULTS) return this;
        TimeSettings copy = copy();
        copy.deferAcceptSeconds = 0;
        return copy;
    }

    TimeSettings copy() {
        var copy = new TimeSettings();
        copy.synCount = synCount;
        copy.keepIdleSeconds = keepIdleSeconds;
        copy.keepIntervalSeconds = keepIntervalSeconds;
        copy.keepCount = keepCount;
        copy.linger2Seconds = linger2Seconds;
        copy.deferAcceptSeconds = deferAcceptSeconds;
        copy.userTimeoutMs = userTimeoutMs;
        copy.rtoMinUs = rtoMinUs;
        copy.rtoMaxMs = rtoMaxMs;
        copy.delayedAckMaxUs = delayedAckMaxUs;
        copy.thinLinear = thinLinear;
        return copy;
    }

    /** The least and the most that the retransmission timeout may be. */
    RttEstimator.Bounds rtoBounds(TcpTunables tunables) {
        if (rtoMinUs == 0 && rtoMaxMs == 0) return tunables.rtoBounds;
        return new RttEstimator.Bounds(
                rtoMinUs == 0 ? tunables.rtoMin : rtoMinUs * 1000L,
                rtoMaxMs == 0 ? tunables.rtoMax : rtoMaxMs * RttEstimator.MS);
    }
}
