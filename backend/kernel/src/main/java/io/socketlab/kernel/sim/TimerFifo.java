package io.socketlab.kernel.sim;

import org.jspecify.annotations.Nullable;

/** Timers of one instant, in the order of arming: a ring that grows. */
final class TimerFifo {

    /** Marks a {@link Timer#place} as one in here; the rest of it is the index in the ring. */
    private static final int HERE = 1 << 30;

    private static final int FIRST_CAPACITY = 8;

    private @Nullable Timer[] ring = new Timer[FIRST_CAPACITY];
    private int head;

    /** Slots in use: those of timers called off meanwhile too, which are empty. */
    private int used;

    private int size;

    static boolean holds(Timer timer) {
        return timer.place >= HERE;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Timer timer) {
        if (used == ring.length) grow();
        int index = head + used++ & ring.length - 1;
        ring[index] = timer;
        timer.place = HERE | index;
        size++;
    }

    void remove(Timer timer) {
        ring[timer.place & ~HERE] = null;
        timer.place = Timer.NOWHERE;
        size--;
        if (size == 0) used = 0;
    }

    /** The first; only while there is one. */
    Timer first() {
        for (int i = head; ; i = i + 1 & ring.length - 1) {
            Timer timer = ring[i];
            if (timer != null) return timer;
        }
    }

    /** Removes the first; only while there is one. */
    Timer removeFirst() {
        Timer timer;
        do {
            timer = ring[head];
            ring[head] = null;
            head = head + 1 & ring.length - 1;
            used--;
        } while (timer == null);
        timer.place = Timer.NOWHERE;
        size--;
        return timer;
    }

    private void grow() {
        @Nullable Timer[] larger = new Timer[2 * ring.length];
        for (int i = 0; i < used; i++) {
            Timer timer = ring[head + i & ring.length - 1];
            larger[i] = timer;
            if (timer != null) timer.place = HERE | i;
        }
        ring = larger;
        head = 0;
    }
}
