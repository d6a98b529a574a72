package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;

/**
 * How many octets the TX ring is given at most: as few as keep the wire busy from one completion to
 * the next, so that what waits does so in the queueing discipline, where it can be put in order. It
 * grows when the ring ran dry and shrinks when some of it was never needed. Linux's byte queue
 * limits, lib/dynamic_queue_limits.c.
 */
final class ByteQueueLimits {

    /** So long must a surplus have been there: HZ. */
    private static final long SLACK_HOLD = 1_000_000_000L;

    private final EventLoop loop;
    private long limit;
    private long queued;
    private long completed;
    private long lastSize;
    private long lowestSlack = Long.MAX_VALUE;
    private long slackSince;

    // As they were at the completion before.
    private long priorQueued;
    private long priorOverLimit;
    private long priorLastSize;

    ByteQueueLimits(EventLoop loop) {
        this.loop = loop;
    }

    /** The ring may be given another packet, however large. */
    boolean hasRoom() {
        return queued - completed <= limit;
    }

    /** Octets the ring may hold, not counting the packet that goes beyond. */
    long limit() {
        return limit;
    }

    void queued(int octets) {
        queued += octets;
        lastSize = octets;
    }

    /**
     * @param octets of what may have been queued before these limits were there
     */
    void completed(int octets) {
        long done = Math.min(completed + octets, queued);
        long overLimit = Math.max(queued - completed - limit, 0);
        long underWay = queued - done;
        boolean priorDone = done >= priorQueued;
        long next = limit;
        if (overLimit > 0 && underWay == 0 || priorOverLimit > 0 && priorDone) {
            next += Math.max(done - priorQueued, 0) + priorOverLimit;
            measureSlackAnew();
        } else if (underWay > 0 && priorQueued > completed && !priorDone) {
            next = withoutSlack(done);
        }
        priorOverLimit = next == limit ? overLimit : 0;
        limit = next;
        priorLastSize = lastSize;
        completed = done;
        priorQueued = queued;
    }

    /** The ring did not run dry: perhaps it would not have with less either. */
    private long withoutSlack(long done) {
        long slack = Math.max(limit + priorOverLimit - 2 * (done - completed), 0);
        long ofLast = priorOverLimit > 0 ? Math.max(priorLastSize - priorOverLimit, 0) : 0;
        lowestSlack = Math.min(lowestSlack, Math.max(slack, ofLast));
        if (loop.now() <= slackSince + SLACK_HOLD) return limit;
        long less = Math.max(limit - lowestSlack, 0);
        measureSlackAnew();
        return less;
    }

    private void measureSlackAnew() {
        slackSince = loop.now();
        lowestSlack = Long.MAX_VALUE;
    }
}
