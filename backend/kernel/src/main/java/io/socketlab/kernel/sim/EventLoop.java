package io.socketlab.kernel.sim;

import java.util.Arrays;

/**
 * The clock and the agenda of one run. Time is virtual, in nanoseconds from the start of the run,
 * and moves only when an event is run. Events of the same instant run in the order in which they
 * were armed. One thread only.
 *
 * <p>The agenda is a binary heap that knows where each timer lies in it, so arming and cancelling
 * cost O(log n).
 */
public final class EventLoop {

    /** What {@link #nextAt()} answers when nothing is armed. */
    public static final long NEVER = Long.MAX_VALUE;

    private Timer[] heap = new Timer[64];
    private int size;
    private long now;
    private long nextOrder;
    private long steps;

    /** The present, in virtual nanoseconds. */
    public long now() {
        return now;
    }

    /** How many events have been run. */
    public long steps() {
        return steps;
    }

    public boolean isIdle() {
        return size == 0;
    }

    /** When the next event is due, or {@link #NEVER}. */
    public long nextAt() {
        return size == 0 ? NEVER : heap[0].deadline;
    }

    /** Runs the earliest event, moving the clock to it; answers whether there was one. */
    public boolean runNext() {
        if (size == 0) return false;
        Timer timer = heap[0];
        remove(timer);
        now = timer.deadline;
        steps++;
        timer.action.run();
        return true;
    }

    /** Runs every event due up to and including {@code at}, and leaves the clock there. */
    public void runUntil(long at) {
        while (nextAt() <= at) runNext();
        if (at > now) now = at;
    }

    /**
     * Runs every event due before {@code at}, and leaves the clock there: what is due at that very
     * instant comes after whatever the caller does now.
     */
    public void advanceTo(long at) {
        while (nextAt() < at) runNext();
        if (at > now) now = at;
    }

    /** Runs {@code action} at this instant, after what is already due. */
    public void defer(Runnable action) {
        new Timer(this, action).start(0);
    }

    /** Runs {@code action} once, {@code delay} nanoseconds from now. */
    public void after(long delay, Runnable action) {
        new Timer(this, action).start(delay);
    }

    void arm(Timer timer, long deadline) {
        if (deadline < now) throw new IllegalArgumentException(deadline + " is before now, " + now);
        if (timer.index >= 0) remove(timer);
        timer.deadline = deadline;
        timer.order = nextOrder++;
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        siftUp(size++, timer);
    }

    @SuppressWarnings("NullAway") // above size the heap holds null, so that it keeps no timer alive
    void remove(Timer timer) {
        int hole = timer.index;
        timer.index = -1;
        Timer last = heap[--size];
        heap[size] = null;
        if (last == timer) return;
        if (hole > 0 && isBefore(last, heap[(hole - 1) >>> 1])) siftUp(hole, last);
        else siftDown(hole, last);
    }

    private void siftUp(int hole, Timer timer) {
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(timer, heap[parent])) break;
            place(hole, heap[parent]);
            hole = parent;
        }
        place(hole, timer);
    }

    private void siftDown(int hole, Timer timer) {
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++;
            if (!isBefore(heap[child], timer)) break;
            place(hole, heap[child]);
            hole = child;
        }
        place(hole, timer);
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private static boolean isBefore(Timer a, Timer b) {
        return a.deadline < b.deadline || (a.deadline == b.deadline && a.order < b.order);
    }
}
