package io.socketlab.kernel.wait;

import java.util.Arrays;

/**
 * Who sleeps on an object. Linux's wait_queue_head_t, and its order: those that share are all
 * woken, the latest first; then of those that want it for themselves the one that came first, or,
 * where they queue themselves so, the one that came last.
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

    private static final Entry[] NOBODY = {};

    /**
     * Exclusive ones last, in the order in which they are woken; before them the others, the latest
     * first. Never changed, but replaced by another.
     */
    private Entry[] entries = NOBODY;

    /** {@code waiter} is woken by any of {@code events}, until it is removed. */
    public void add(Waiter waiter, int events) {
        var more = new Entry[entries.length + 1];
        System.arraycopy(entries, 0, more, 1, entries.length);
        more[0] = new Entry(waiter, events, false);
        entries = more;
    }

    /** Of those added so, one is woken at a time, the one that came first: an accept(2). */
    public void addExclusive(Waiter waiter, int events) {
        addExclusive(waiter, events, entries.length);
    }

    /** Likewise, but the one that came last is woken first: an epoll_wait(2). */
    public void addExclusiveFirst(Waiter waiter, int events) {
        int shared = 0;
        while (shared < entries.length && !entries[shared].exclusive) shared++;
        addExclusive(waiter, events, shared);
    }

    private void addExclusive(Waiter waiter, int events, int at) {
        Entry[] more = Arrays.copyOf(entries, entries.length + 1);
        System.arraycopy(entries, at, more, at + 1, entries.length - at);
        more[at] = new Entry(waiter, events, true);
        entries = more;
    }

    @SuppressWarnings("ReferenceEquality") // the very waiter that was added
    public void remove(Waiter waiter) {
        int kept = 0;
        for (Entry entry : entries) if (entry.waiter != waiter) kept++;
        if (kept == entries.length) return;
        Entry[] rest = kept == 0 ? NOBODY : new Entry[kept];
        int next = 0;
        for (Entry entry : entries) if (entry.waiter != waiter) rest[next++] = entry;
        entries = rest;
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
        int woken = 0;
        for (Entry entry : entries) {
            if ((entry.events & events) == 0) continue;
            if (!entry.waiter.wake(events)) continue;
            woken++;
            if (entry.exclusive && !all) break;
        }
        return woken;
    }

    public boolean isEmpty() {
        return entries.length == 0;
    }

    public int size() {
        return entries.length;
    }
}
