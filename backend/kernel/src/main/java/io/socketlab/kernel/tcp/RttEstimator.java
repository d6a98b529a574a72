package io.socketlab.kernel.tcp;

/**
 * The round-trip time and the retransmission timeout. RFC 6298, as Linux has it: the mean deviation
 * is followed over one window and its largest value is what counts, so that the timeout does not
 * shrink within a window; the deviation never counts for less than {@code bounds.min}, so the
 * timeout is SRTT + 200 ms for a steady path. Nanoseconds.
 */
final class RttEstimator {

    static final long MS = 1_000_000L;

    /** RFC 6298 (2.1). */
    static final long INITIAL_RTO = 1000 * MS;

    /** RFC 6298 (5.7). */
    static final long FALLBACK_RTO = 3000 * MS;

    private static final long NONE = Long.MAX_VALUE;

    /** The least and the most that the timeout may be; the same for many connections. */
    record Bounds(long min, long max) {}

    private Bounds bounds;
    private long srtt;
    private long mdev = INITIAL_RTO / 4;
    private long mdevMax = INITIAL_RTO / 4;
    private long rttvar = INITIAL_RTO / 4;
    private int windowEnd;
    private long rto = INITIAL_RTO;
    private long minRtt = NONE;
    private int backoff;

    RttEstimator(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * A segment was acknowledged {@code sample} after it was sent, the first and only time.
     *
     * @param una SND.UNA after the acknowledgement
     * @param nxt SND.NXT: the window in which the deviation is followed ends there
     */
    void sample(long sample, int una, int nxt) {
        long m = Math.max(sample, 1000);
        if (srtt == 0) {
            srtt = m;
            mdev = m / 2;
            rttvar = Math.max(mdev, bounds.min / 4);
            mdevMax = rttvar;
            windowEnd = nxt;
        } else {
            follow(m);
            if (una - windowEnd > 0) {
                if (mdevMax < rttvar) rttvar -= (rttvar - mdevMax) / 4;
                windowEnd = nxt;
                mdevMax = bounds.min / 4;
            }
        }
        backoff = 0;
        compute();
    }

    /** How long the newest segment took: what the path itself takes. */
    void sawPathRtt(long sample) {
        minRtt = Math.min(minRtt, Math.max(sample, 1000));
    }

    private void follow(long m) {
        long error = m - srtt;
        srtt += error / 8;
        if (error < 0) {
            // A falling RTT makes the deviation large: let it count for an eighth of that.
            error = -error - mdev;
            mdev += error > 0 ? error / 32 : error / 4;
        } else {
            mdev += (error - mdev) / 4;
        }
        if (mdev > mdevMax) {
            mdevMax = mdev;
            if (mdevMax > rttvar) rttvar = mdevMax;
        }
    }

    /** Others hold from the next sample on. */
    void bounds(Bounds changed) {
        bounds = changed;
    }

    /** RFC 6298 (2.3), without the back-off. */
    void compute() {
        rto = Math.min(srtt == 0 ? INITIAL_RTO : srtt + 4 * rttvar, bounds.max);
    }

    /** RFC 6298 (5.5). */
    void backOff() {
        backoff++;
        rto = Math.min(rto * 2, bounds.max);
    }

    /** As after a sample: the timeout of now does not double. */
    void withoutBackOff() {
        backoff = 0;
        compute();
        rto = Math.max(rto, bounds.min);
    }

    /** RFC 6069: the path, not congestion, was the cause of one doubling. */
    void revertBackOff() {
        backoff--;
        compute();
        rto = Math.min(rto << Math.min(backoff, 30), bounds.max);
    }

    /** One more probe or retransmission without effect, the timeout itself unchanged. */
    void countBackoff() {
        backoff++;
    }

    void clearBackoff() {
        backoff = 0;
    }

    /** RFC 6298 (5.7): the handshake timed out, so nothing is known yet. */
    void restart(long initial) {
        rto = initial;
        mdev = initial / 4;
        backoff = 0;
    }

    boolean hasSample() {
        return srtt != 0;
    }

    long srtt() {
        return srtt;
    }

    /** The deviation as tcp_info shows it. */
    long mdev() {
        return mdev;
    }

    /** What is added to SRTT: four mean deviations. */
    long rttvar() {
        return 4 * rttvar;
    }

    long rto() {
        return rto;
    }

    long minRto() {
        return bounds.min;
    }

    long maxRto() {
        return bounds.max;
    }

    /** The timeout with the back-off that is in force, for the zero window. */
    long probeDelay(long base) {
        int shift = Math.min(backoff, 31);
        long delay = base << Math.min(shift, 20);
        return Math.min(delay, bounds.max);
    }

    int backoff() {
        return backoff;
    }

    /** The smallest ever seen, {@code Long.MAX_VALUE} before the first. */
    long minRtt() {
        return minRtt;
    }
}
