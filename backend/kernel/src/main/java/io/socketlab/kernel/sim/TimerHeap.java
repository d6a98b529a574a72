package io.socketlab.kernel.sim;

import java.util.Arrays;

/**
 * Timers by deadline, and of one deadline by arming: a binary heap in which each knows its place.
 */
final class TimerHeap {

    private static final int FIRST_CAPACITY = 16;

    private Timer[] heap = new Timer[FIRST_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest; only while there is one. */
    Timer first() {
        return heap[0];
    }

    void add(Timer timer) {
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        siftUp(size++, timer);
    }

    Timer removeFirst() {
        Timer first = heap[0];
        remove(first);
        return first;
    }

    @SuppressWarnings("NullAway") // above size the heap holds null, so that it keeps no timer alive
    void remove(Timer timer) {
        int hole = timer.place;
        timer.place = Timer.NOWHERE;
        Timer last = heap[--size];
        heap[size] = null;
        if (last == timer) return;
        if (hole > 0 && isBefore(last, heap[(hole - 1) >>> 1])) siftUp(hole, last);
        else siftDown(hole, last);
    }

    private void siftUp(int from, Timer timer) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(timer, heap[parent])) break;
            put(hole, heap[parent]);
            hole = parent;
        }
        put(hole, timer);
    }

    private void siftDown(int from, Timer timer) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++;
            if (!isBefore(heap[child], timer)) break;
            put(hole, heap[child]);
            hole = child;
        }
        put(hole, timer);
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.place = index;
    }

    private static boolean isBefore(Timer a, Timer b) {
        return a.deadline < b.deadline || (a.deadline == b.deadline && a.order < b.order);
    }
}
