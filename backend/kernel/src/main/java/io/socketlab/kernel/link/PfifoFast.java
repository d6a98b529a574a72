package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/**
 * What a Linux interface has where nobody has chosen: three queues, of which a higher one goes
 * first as long as there is something in it. tc-pfifo_fast(8), net/sched/sch_generic.c.
 */
public final class PfifoFast implements Qdisc {

    /** Packets that each queue holds: the interface's txqueuelen. */
    public static final int DEFAULT_LIMIT = 1000;

    /** The queue of each of the 16 priorities: prio2band. */
    private static final byte[] BANDS = {1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};

    private static final int BAND_COUNT = 3;

    private final int limit;
    private final PacketList[] bands = new PacketList[BAND_COUNT];
    private int length;
    private long octets;

    public PfifoFast(int limit) {
        this.limit = limit;
        for (int i = 0; i < bands.length; i++) bands[i] = new PacketList();
    }

    @Override
    public boolean passes(PacketBuffer packet, long now) {
        return length == 0;
    }

    @Override
    public boolean enqueue(PacketBuffer packet, long now) {
        PacketList band = bands[BANDS[packet.priority() & BANDS.length - 1]];
        if (band.length() >= limit) return false;
        band.add(packet);
        length++;
        octets += packet.length();
        return true;
    }

    @Override
    public @Nullable PacketBuffer dequeue(long now) {
        for (PacketList band : bands) {
            PacketBuffer packet = band.take();
            if (packet == null) continue;
            length--;
            octets -= packet.length();
            return packet;
        }
        return null;
    }

    @Override
    public @Nullable PacketBuffer discard() {
        return dequeue(0);
    }

    @Override
    public long backlog() {
        return octets;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public String kind() {
        return "pfifo_fast";
    }
}
