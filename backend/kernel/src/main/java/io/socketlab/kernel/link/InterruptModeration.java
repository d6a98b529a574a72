package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;

/** Says when the interrupt for some frames is due; one for each direction of a NIC. */
final class InterruptModeration {

    private final Timer timer;
    private long nanos;
    private int frames = 1;
    private int pending;

    /**
     * @param raise called when the time is over
     */
    InterruptModeration(EventLoop loop, Runnable raise) {
        timer = new Timer(loop, raise);
    }

    /** As {@code ethtool -C} sets it; 0 switches either off. */
    void set(int usecs, int maxFrames) {
        nanos = usecs * 1_000L;
        frames = maxFrames;
    }

    /** Whether every frame has its interrupt at once. */
    boolean isOff() {
        return frames == 1;
    }

    /** Counts a frame; answers whether its interrupt is due now. */
    boolean isDue() {
        pending++;
        if (frames > 0 && pending >= frames) return true;
        if (nanos > 0 && !timer.isRunning()) timer.start(nanos);
        return false;
    }

    /** Frames since the last interrupt or poll. */
    int pending() {
        return pending;
    }

    /** When the interrupt comes at the latest, virtual nanoseconds; -1 if only frames bring it. */
    long deadline() {
        return timer.isRunning() ? timer.deadline() : -1;
    }

    /** What has been counted is being dealt with. */
    void reset() {
        if (pending == 0) return;
        pending = 0;
        timer.stop();
    }
}
