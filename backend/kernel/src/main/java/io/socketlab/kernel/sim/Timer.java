package io.socketlab.kernel.sim;

/**
 * Something to be done at a time that can be moved or called off. Lies in the loop's agenda itself.
 */
public final class Timer {

    private final EventLoop loop;
    final Runnable action;
    long deadline;
    long order;
    int index = -1;

    public Timer(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Arms the timer, or moves it, to {@code delay} nanoseconds from now. */
    public void start(long delay) {
        loop.arm(this, loop.now() + delay);
    }

    /** Arms the timer, or moves it, to the virtual time {@code deadline}, which is not past. */
    public void startAt(long deadline) {
        loop.arm(this, deadline);
    }

    public void stop() {
        if (index >= 0) loop.remove(this);
    }

    public boolean isRunning() {
        return index >= 0;
    }

    /**
     * When it fires, in virtual nanoseconds; means something only while it {@link #isRunning()}.
     */
    public long deadline() {
        return deadline;
    }
}
