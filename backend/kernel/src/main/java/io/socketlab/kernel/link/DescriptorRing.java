package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** A ring of descriptors between device and driver: a FIFO of bounded size. */
final class DescriptorRing {

    private static final int FIRST_SLOTS = 8;

    private final int size;

    /** As many as have been needed so far, up to {@link #size}. */
    private @Nullable PacketBuffer[] slots;

    private int head;
    private int used;

    DescriptorRing(int size) {
        if (size < 1) throw new IllegalArgumentException("ring of " + size);
        this.size = size;
        slots = new PacketBuffer[Math.min(size, FIRST_SLOTS)];
    }

    int size() {
        return size;
    }

    int used() {
        return used;
    }

    boolean isEmpty() {
        return used == 0;
    }

    boolean isFull() {
        return used == size;
    }

    /** Answers false, and takes nothing, when every descriptor is in use. */
    boolean offer(PacketBuffer packet) {
        if (used == size) return false;
        if (used == slots.length) grow();
        int tail = head + used;
        if (tail >= slots.length) tail -= slots.length;
        slots[tail] = packet;
        used++;
        return true;
    }

    private void grow() {
        int length = slots.length;
        @Nullable PacketBuffer[] more = new PacketBuffer[Math.min(size, 2 * length)];
        System.arraycopy(slots, head, more, 0, length - head);
        System.arraycopy(slots, 0, more, length - head, head);
        slots = more;
        head = 0;
    }

    /** The oldest packet. */
    PacketBuffer take() {
        PacketBuffer packet = slots[head];
        if (packet == null) throw new IllegalStateException("empty ring");
        slots[head] = null;
        if (++head == slots.length) head = 0;
        used--;
        return packet;
    }
}
