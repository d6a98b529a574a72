package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/**
 * The RX ring. The driver posts empty buffers at the tail; the device writes a frame into the one
 * at the head and marks its descriptor as done; the driver takes the frame out, in order, and posts
 * a buffer in its place when its poll is over. So a descriptor belongs to the device from head to
 * tail. All indexes are running numbers; a descriptor's place is its number modulo the size.
 */
final class RxRing {

    private static final int FIRST_SLOTS = 8;

    private final int size;

    /** Those that are filled, as many as have been needed so far; a power of two. */
    private @Nullable PacketBuffer[] filled = new PacketBuffer[FIRST_SLOTS];

    private long tail;
    private long head;
    private long taken;

    /** A ring into which the driver has posted as many buffers as there are descriptors. */
    RxRing(int size) {
        if (size < 1) throw new IllegalArgumentException("ring of " + size);
        this.size = size;
        tail = size;
    }

    int size() {
        return size;
    }

    /** Frames that wait for the driver. */
    int used() {
        return (int) (head - taken);
    }

    boolean isEmpty() {
        return head == taken;
    }

    int tail() {
        return (int) (tail % size);
    }

    int head() {
        return (int) (head % size);
    }

    /** The device writes a frame; answers false where it has no descriptor left to write to. */
    boolean fill(PacketBuffer frame) {
        if (head == tail) return false;
        if (used() == filled.length) grow();
        filled[slot(head++)] = frame;
        return true;
    }

    /** The driver takes the oldest frame. */
    PacketBuffer take() {
        PacketBuffer frame = isEmpty() ? null : filled[slot(taken)];
        if (frame == null) throw new IllegalStateException("empty ring");
        filled[slot(taken++)] = null;
        return frame;
    }

    /** The driver posts a buffer for each that it has taken; answers how many. */
    int refill() {
        int posted = (int) (taken + size - tail);
        tail += posted;
        return posted;
    }

    private int slot(long number) {
        return (int) number & filled.length - 1;
    }

    private void grow() {
        @Nullable PacketBuffer[] old = filled;
        @Nullable PacketBuffer[] more = new PacketBuffer[2 * old.length];
        for (long n = taken; n < head; n++) {
            more[(int) n & more.length - 1] = old[(int) n & old.length - 1];
        }
        filled = more;
    }
}
