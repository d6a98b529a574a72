package io.socketlab.kernel.wait;

import java.util.ArrayList;
import java.util.List;

/**
 * Who sleeps on an object. Waiters are woken in the order in which they came. Linux's
 * wait_queue_head_t.
 */
public final class WaitQueue {

    /** Sleeps, and is told when something it waits for may have happened. */
    @FunctionalInterface
    public interface Waiter {
        /** {@code events}: what has become ready, as {@link EventMask} bits. May remove itself. */
        void wake(int events);
    }

    private record Entry(Waiter waiter, int events) {}

    private final List<Entry> entries = new ArrayList<>(0);

    /** {@code waiter} is woken by any of {@code events}, until it is removed. */
    public void add(Waiter waiter, int events) {
        entries.add(new Entry(waiter, events));
    }

    @SuppressWarnings("ReferenceEquality") // the very waiter that was added
    public void remove(Waiter waiter) {
        entries.removeIf(e -> e.waiter == waiter);
    }

    /** Wakes whoever waits for any of {@code events}; answers how many were woken. */
    public int wake(int events) {
        if (entries.isEmpty()) return 0;
        int woken = 0;
        for (Entry entry : List.copyOf(entries)) {
            if ((entry.events & events) == 0) continue;
            entry.waiter.wake(events);
            woken++;
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
