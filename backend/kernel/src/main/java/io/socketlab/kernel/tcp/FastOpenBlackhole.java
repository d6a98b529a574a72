package io.socketlab.kernel.tcp;

/**
 * Some boxes on the way swallow everything of a connection that began with text in its SYN. When it
 * looks like that, the host stops asking for Fast Open for a while, longer each time in a row.
 * Linux, net.ipv4.tcp_fastopen_blackhole_timeout_sec, 0 for never.
 */
final class FastOpenBlackhole {

    private static final long SECOND = 1000 * RttEstimator.MS;
    private static final int MAX_DOUBLINGS = 6;

    private int times;
    private long since;

    /** A connection looks as if it had fallen into one; answers whether that has consequences. */
    boolean suspected(long now, int timeoutSeconds) {
        if (timeoutSeconds == 0) return false;
        times++;
        since = now;
        return true;
    }

    /** Whether Fast Open is not to be used at {@code now}. */
    boolean isPaused(long now, int timeoutSeconds) {
        if (timeoutSeconds == 0 || times == 0) return false;
        long pause = (timeoutSeconds * SECOND) << Math.min(times - 1, MAX_DOUBLINGS);
        return now - since < pause;
    }

    /** There was one, and the pause is over: the next connection is a trial. */
    boolean isOnTrial() {
        return times > 0;
    }

    /** A connection on trial has brought data. */
    void disproved() {
        times = 0;
    }
}
