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
        int tail = head + size++ & packets.length - 1;
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
