package io.socketlab.kernel.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Packets in the order in which they came, each with a time. A ring that grows. */
final class PacketFifo {

    private static final int FIRST_CAPACITY = 8;

    private @Nullable PacketBuffer[] packets = new PacketBuffer[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * @param time virtual nanoseconds
     */
    void add(PacketBuffer packet, long time) {
        if (size == packets.length) grow();
        int tail = slot(size++);
        packets[tail] = packet;
        times[tail] = time;
    }

    /** The time of the oldest packet; only while there is one. */
    long firstTime() {
        return times[head];
    }

    /** Removes the oldest packet. */
    PacketBuffer take() {
        PacketBuffer packet = packets[head];
        if (packet == null) throw new IllegalStateException("no packet");
        packets[head] = null;
        head = head + 1 & packets.length - 1;
        size--;
        return packet;
    }

    /** The time of the newest packet; only while there is one. */
    long lastTime() {
        return times[slot(size - 1)];
    }

    /** How many are before the packet of that number; -1 if it is not here. */
    int indexOf(int number) {
        for (int i = 0; i < size; i++) if (packet(i).number() == number) return i;
        return -1;
    }

    /** The packet that {@code index} others are before. */
    PacketBuffer packet(int index) {
        PacketBuffer packet = packets[slot(index)];
        if (packet == null) throw new IllegalStateException("no packet");
        return packet;
    }

    /** The time of the packet that {@code index} others are before. */
    long time(int index) {
        return times[slot(index)];
    }

    /** Those behind it move up. */
    void removeAt(int index) {
        for (int i = index; i + 1 < size; i++) move(i + 1, i);
        packets[slot(size - 1)] = null;
        size--;
    }

    /** Those that were there from {@code index} on are behind it then. */
    void insert(int index, PacketBuffer packet, long time) {
        add(packet, time);
        for (int i = size - 1; i > index; i--) move(i - 1, i);
        packets[slot(index)] = packet;
        times[slot(index)] = time;
    }

    private void move(int from, int to) {
        packets[slot(to)] = packets[slot(from)];
        times[slot(to)] = times[slot(from)];
    }

    private int slot(int index) {
        return head + index & packets.length - 1;
    }

    private void grow() {
        int capacity = packets.length;
        @Nullable PacketBuffer[] morePackets =
                Arrays.copyOfRange(packets, head, head + 2 * capacity);
        long[] moreTimes = Arrays.copyOfRange(times, head, head + 2 * capacity);
        System.arraycopy(packets, 0, morePackets, capacity - head, head);
        System.arraycopy(times, 0, moreTimes, capacity - head, head);
        packets = morePackets;
        times = moreTimes;
        head = 0;
    }
}
