package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;

/** A time in which no program of a host gets on. */
final class Stall {

    private final EventLoop loop;
    private long until;

    Stall(EventLoop loop) {
        this.loop = loop;
    }

    /** From now on, for so many nanoseconds, or as long as it lasts anyhow. */
    void start(long nanos) {
        until = Math.max(until, loop.now() + nanos);
    }

    void end() {
        until = loop.now();
    }

    /** Virtual nanoseconds. */
    long until() {
        return until;
    }

    boolean isOver() {
        return until <= loop.now();
    }

    /** Does {@code step} when it is over. */
    void after(Runnable step) {
        loop.after(until - loop.now(), step);
    }
}
