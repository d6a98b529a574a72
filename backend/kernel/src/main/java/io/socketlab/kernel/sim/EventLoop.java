package io.socketlab.kernel.sim;

import org.jspecify.annotations.Nullable;

/**
 * The clock and the agenda of one run. Time is virtual, in nanoseconds from the start of the run,
 * and moves only when an event is run. Events of the same instant run in the order in which they
 * were armed. One thread only.
 *
 * <p>What is armed for this instant, as a third of all events are, waits in a {@link TimerFifo};
 * what is due soon in a {@link TimerHeap}, which orders it exactly; all else in a {@link
 * TimerWheel}, where arming and calling off cost the same however many timers there are.
 */
public final class EventLoop {

    /** What {@link #nextAt()} answers when nothing is armed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final TimerFifo due = new TimerFifo();
    private final TimerHeap soon = new TimerHeap();
    private final TimerWheel later = new TimerWheel(soon);
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
        return due.isEmpty() && soon.isEmpty() && later.isEmpty();
    }

    /** When the next event is due, or {@link #NEVER}. */
    public long nextAt() {
        return nextAt(NEVER);
    }

    /** When the next event is due; something later than {@code limit} if not until that. */
    private long nextAt(long limit) {
        if (!due.isEmpty()) return now;
        if (soon.isEmpty()) later.advance(limit);
        return soon.isEmpty() ? NEVER : soon.first().deadline;
    }

    /** What {@link #runNext()} would run; null if nothing is armed. */
    public @Nullable Runnable next() {
        long at = nextAt();
        if (at == NEVER) return null;
        return (isOfSoon(at) ? soon.first() : due.first()).action;
    }

    /** Whether an event that was armed for this instant before it came is the next. */
    private boolean isOfSoon(long at) {
        return !soon.isEmpty() && soon.first().deadline == at;
    }

    /** Runs the earliest event, moving the clock to it; answers whether there was one. */
    public boolean runNext() {
        return runNext(NEVER);
    }

    private boolean runNext(long limit) {
        long at = nextAt(limit);
        if (at > limit || at == NEVER) return false;
        // those of this instant that were armed before it came go before those armed in it
        Timer timer = isOfSoon(at) ? soon.removeFirst() : due.removeFirst();
        now = at;
        steps++;
        timer.action.run();
        return true;
    }

    /** Runs every event due up to and including {@code at}, and leaves the clock there. */
    @SuppressWarnings("StatementWithEmptyBody") // each turn runs an event
    public void runUntil(long at) {
        while (runNext(at)) {}
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
        if (timer.isRunning()) remove(timer);
        timer.deadline = deadline;
        timer.order = nextOrder++;
        if (deadline == now) due.add(timer);
        else if (later.isForLater(deadline)) later.add(timer);
        else soon.add(timer);
    }

    void remove(Timer timer) {
        if (TimerFifo.holds(timer)) due.remove(timer);
        else if (TimerWheel.holds(timer)) later.remove(timer);
        else soon.remove(timer);
    }
}
