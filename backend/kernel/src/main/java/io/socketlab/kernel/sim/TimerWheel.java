package io.socketlab.kernel.sim;

import org.jspecify.annotations.Nullable;

/**
 * Timers that are not due soon: a hierarchical timing wheel (Varghese and Lauck, 1987). Time is cut
 * into ticks of about a millisecond. A slot of the lowest level is one tick, and one of the next is
 * all the slots of the level below. When a tick comes, its timers go to the heap, which puts them
 * in order; so nothing here needs to be in order, and what is called off before, as most timers
 * are, never costs more than being linked and unlinked.
 */
final class TimerWheel {

    /** Marks a {@link Timer#place} as one in here; the rest of it is level and slot. */
    private static final int HERE = 1 << 29;

    private static final int TICK_BITS = 20;
    private static final int LEVEL_BITS = 6;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int LEVELS = (Long.SIZE - 1 - TICK_BITS + LEVEL_BITS - 1) / LEVEL_BITS;

    private final TimerHeap soon;
    private final @Nullable Timer[][] levels = new Timer[LEVELS][];

    /** Which slots of each level hold something. */
    private final long[] filled = new long[LEVELS];

    /** Timers of this tick and of those before it are in the heap. */
    private long tick;

    private int size;

    /**
     * @param soon where timers go when their tick comes
     */
    TimerWheel(TimerHeap soon) {
        this.soon = soon;
    }

    static boolean holds(Timer timer) {
        return timer.place >= HERE;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isForLater(long deadline) {
        return deadline >>> TICK_BITS > tick;
    }

    void add(Timer timer) {
        size++;
        link(timer);
    }

    /** Into the level of the highest digit in which its tick differs from the present one. */
    private void link(Timer timer) {
        long at = timer.deadline >>> TICK_BITS;
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(at ^ tick)) / LEVEL_BITS;
        int slot = (int) (at >>> level * LEVEL_BITS) & SLOTS - 1;
        @Nullable Timer[] slots = levels[level];
        if (slots == null) {
            slots = new Timer[SLOTS];
            levels[level] = slots;
        }
        Timer first = slots[slot];
        timer.next = first;
        if (first != null) first.previous = timer;
        slots[slot] = timer;
        filled[level] |= 1L << slot;
        timer.place = HERE | level << LEVEL_BITS | slot;
    }

    void remove(Timer timer) {
        int level = (timer.place & ~HERE) >>> LEVEL_BITS;
        int slot = timer.place & SLOTS - 1;
        Timer before = timer.previous;
        Timer after = timer.next;
        if (after != null) after.previous = before;
        if (before != null) {
            before.next = after;
        } else {
            levels[level][slot] = after;
            if (after == null) filled[level] &= ~(1L << slot);
        }
        timer.previous = null;
        timer.next = null;
        timer.place = Timer.NOWHERE;
        size--;
    }

    /**
     * Moves on to the next tick that has timers and gives them to the heap; not beyond the tick of
     * {@code limit}.
     */
    void advance(long limit) {
        long lastTick = limit >>> TICK_BITS;
        while (size > 0 && soon.isEmpty()) {
            int level = 0;
            while (filled[level] == 0) level++;
            int slot = Long.numberOfTrailingZeros(filled[level]);
            int shift = level * LEVEL_BITS;
            long above = shift + LEVEL_BITS >= Long.SIZE ? 0 : tick >>> shift + LEVEL_BITS;
            long start = (above << LEVEL_BITS | slot) << shift;
            if (start > lastTick) return;
            tick = start;
            empty(level, slot);
        }
    }

    /** The present tick is the first of this slot: its timers go where they belong now. */
    private void empty(int level, int slot) {
        Timer timer = levels[level][slot];
        levels[level][slot] = null;
        filled[level] &= ~(1L << slot);
        while (timer != null) {
            Timer following = timer.next;
            timer.previous = null;
            timer.next = null;
            if (isForLater(timer.deadline)) {
                link(timer);
            } else {
                size--;
                soon.add(timer);
            }
            timer = following;
        }
    }
}
