package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** A ring of descriptors between device and driver: a FIFO of bounded size. */
final class DescriptorRing {

    private final @Nullable PacketBuffer[] slots;
    private int head;
    private int used;

    DescriptorRing(int size) {
        if (size < 1) throw new IllegalArgumentException("ring of " + size);
        slots = new PacketBuffer[size];
    }

    int size() {
        return slots.length;
    }

    int used() {
        return used;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Answers false, and takes nothing, when every descriptor is in use. */
    boolean offer(PacketBuffer packet) {
        if (used == slots.length) return false;
        int tail = head + used;
        if (tail >= slots.length) tail -= slots.length;
        slots[tail] = packet;
        used++;
        return true;
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
