package io.socketlab.kernel.wait;

import java.util.ArrayList;
import java.util.List;

/**
 * Who sleeps on an object. Linux's wait_queue_head_t, and its order: those that share are all
 * woken, the latest first; then of those that want it for themselves the one that came first.
 */
public final class WaitQueue {

    /** Sleeps, and is told when something it waits for may have happened. */
    @FunctionalInterface
    public interface Waiter {

        /**
         * May remove itself.
         *
         * @param events what has become ready, as {@link EventMask} bits
         * @return whether somebody was woken by it, so that no other exclusive waiter need be
         */
        boolean wake(int events);
    }

    private record Entry(Waiter waiter, int events, boolean exclusive) {}

    /** Exclusive ones last, in order of arrival; before them the others, the latest first. */
    private final List<Entry> entries = new ArrayList<>(0);

    /** {@code waiter} is woken by any of {@code events}, until it is removed. */
    public void add(Waiter waiter, int events) {
        entries.addFirst(new Entry(waiter, events, false));
    }

    /** Of those added so, one is woken at a time: an accept(2), an epoll_wait(2). */
    public void addExclusive(Waiter waiter, int events) {
        entries.addLast(new Entry(waiter, events, true));
    }

    @SuppressWarnings("ReferenceEquality") // the very waiter that was added
    public void remove(Waiter waiter) {
        entries.removeIf(e -> e.waiter == waiter);
    }

    /**
     * Wakes whoever waits for any of {@code events}, and one exclusive waiter; answers how many.
     */
    public int wake(int events) {
        return wake(events, false);
    }

    /** Wakes the exclusive ones as well: something has changed for all of them. */
    public int wakeAll(int events) {
        return wake(events, true);
    }

    private int wake(int events, boolean all) {
        if (entries.isEmpty()) return 0;
        int woken = 0;
        for (Entry entry : List.copyOf(entries)) {
            if ((entry.events & events) == 0) continue;
            if (!entry.waiter.wake(events)) continue;
            woken++;
            if (entry.exclusive && !all) break;
        }
        return woken;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public int size() {
        return entries.size();
    }
}
