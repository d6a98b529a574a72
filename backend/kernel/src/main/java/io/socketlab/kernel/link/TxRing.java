package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/**
 * The TX ring. The driver writes descriptors at the tail and hands them to the device by moving it;
 * the device fetches them from the head and marks each as done; the driver then takes them back,
 * which is called cleaning. So a descriptor belongs to the device from head to tail, and is done
 * and not clean from the clean index to the head. All three are running numbers; a descriptor's
 * place is its number modulo the size.
 */
final class TxRing {

    private static final int FIRST_SLOTS = 8;

    private int size;

    /** As many as have been needed so far; a power of two. */
    private @Nullable PacketBuffer[] packets = new PacketBuffer[FIRST_SLOTS];

    /** A packet that has gone may have been taken apart by its receiver. */
    private int[] lengths = new int[FIRST_SLOTS];

    private long tail;
    private long head;
    private long clean;

    TxRing(int size) {
        if (size < 1) throw new IllegalArgumentException("ring of " + size);
        this.size = size;
    }

    int size() {
        return size;
    }

    /** It has {@code descriptors} at least from now on. */
    void enlarge(int descriptors) {
        size = Math.max(size, descriptors);
    }

    /** The packet that the device fetches after {@code index} others. */
    PacketBuffer waitingAt(int index) {
        PacketBuffer packet = packets[slot(head + index)];
        if (packet == null) throw new IllegalStateException("no packet waits there");
        return packet;
    }

    /** Descriptors that the driver cannot use: it waits for the device, or has not cleaned them. */
    int used() {
        return (int) (tail - clean);
    }

    /** Descriptors that the device has still to fetch. */
    int waiting() {
        return (int) (tail - head);
    }

    /** Descriptors that are done and not cleaned. */
    int done() {
        return (int) (head - clean);
    }

    boolean isFull() {
        return used() == size;
    }

    int tail() {
        return (int) (tail % size);
    }

    int head() {
        return (int) (head % size);
    }

    /** The driver writes a descriptor and moves the tail; only if the ring is not full. */
    void post(PacketBuffer packet) {
        if (isFull()) throw new IllegalStateException("full ring");
        if (used() == packets.length) grow();
        packets[slot(tail)] = packet;
        lengths[slot(tail)] = packet.length();
        tail++;
    }

    /** The device fetches the oldest packet that waits, if one does. */
    @Nullable PacketBuffer fetch() {
        return head == tail ? null : packets[slot(head++)];
    }

    /** The length of the oldest packet that is done. */
    int firstDoneLength() {
        return lengths[slot(clean)];
    }

    /** The driver takes the oldest descriptor that is done back, and its packet. */
    PacketBuffer clean() {
        PacketBuffer packet = clean == head ? null : packets[slot(clean)];
        if (packet == null) throw new IllegalStateException("nothing is done");
        packets[slot(clean++)] = null;
        return packet;
    }

    private int slot(long number) {
        return (int) number & packets.length - 1;
    }

    private void grow() {
        @Nullable PacketBuffer[] morePackets = new PacketBuffer[2 * packets.length];
        int[] moreLengths = new int[2 * packets.length];
        for (long n = clean; n < tail; n++) {
            int to = (int) n & morePackets.length - 1;
            morePackets[to] = packets[slot(n)];
            moreLengths[to] = lengths[slot(n)];
        }
        packets = morePackets;
        lengths = moreLengths;
    }
}
