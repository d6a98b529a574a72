package io.socketlab.kernel.sim;

import org.jspecify.annotations.Nullable;

/**
 * Something to be done at a time that can be moved or called off. Lies in the loop's agenda itself.
 */
public final class Timer {

    static final int NOWHERE = -1;

    private final EventLoop loop;
    final Runnable action;
    long deadline;

    /** Counts the armings of the run: what was armed before goes first. */
    long order;

    /** Where in the agenda it lies, in the way of the part that holds it, or {@link #NOWHERE}. */
    int place = NOWHERE;

    /** Its neighbours in a slot of the wheel. */
    @Nullable Timer previous;

    @Nullable Timer next;

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
        if (place != NOWHERE) loop.remove(this);
    }

    public boolean isRunning() {
        return place != NOWHERE;
    }

    /**
     * When it fires, in virtual nanoseconds; means something only while it {@link #isRunning()}.
     */
    public long deadline() {
        return deadline;
    }
}
