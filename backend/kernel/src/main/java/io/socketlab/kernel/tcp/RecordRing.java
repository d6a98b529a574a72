package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * Records in sequence order: a ring that grows, in which the record of a sequence number is found
 * by halving. Empty, it holds no memory to speak of.
 */
final class RecordRing {

    private static final @Nullable SegmentRecord[] EMPTY = new SegmentRecord[0];
    private static final int FIRST_CAPACITY = 4;
    private static final int KEPT_CAPACITY = 8;

    private @Nullable SegmentRecord[] ring = EMPTY;
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    SegmentRecord get(int index) {
        SegmentRecord record = ring[(head + index) & (ring.length - 1)];
        if (record == null) throw new IllegalStateException("no record " + index + " of " + size);
        return record;
    }

    SegmentRecord first() {
        return get(0);
    }

    SegmentRecord last() {
        return get(size - 1);
    }

    void addLast(SegmentRecord record) {
        if (size == ring.length) grow();
        ring[(head + size++) & (ring.length - 1)] = record;
    }

    void addFirst(SegmentRecord record) {
        if (size == ring.length) grow();
        head = (head - 1) & (ring.length - 1);
        ring[head] = record;
        size++;
    }

    SegmentRecord removeFirst() {
        SegmentRecord record = first();
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        if (size == 0 && ring.length > KEPT_CAPACITY) ring = EMPTY;
        return record;
    }

    void insertAfter(int index, SegmentRecord record) {
        if (size == ring.length) grow();
        int mask = ring.length - 1;
        for (int i = size; i > index + 1; i--)
            ring[(head + i) & mask] = ring[(head + i - 1) & mask];
        ring[(head + index + 1) & mask] = record;
        size++;
    }

    void remove(int index) {
        int mask = ring.length - 1;
        for (int i = index; i < size - 1; i++)
            ring[(head + i) & mask] = ring[(head + i + 1) & mask];
        ring[(head + size - 1) & mask] = null;
        size--;
    }

    void clear() {
        ring = EMPTY;
        head = 0;
        size = 0;
    }

    /** The index of the first record that ends after {@code seq}; {@link #size()} if none does. */
    int indexOf(int seq) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (SeqNum.after(get(middle).end(), seq)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private void grow() {
        var larger = new SegmentRecord[Math.max(FIRST_CAPACITY, ring.length * 2)];
        for (int i = 0; i < size; i++) larger[i] = get(i);
        ring = larger;
        head = 0;
    }
}
