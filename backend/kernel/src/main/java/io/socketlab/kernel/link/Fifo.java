package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** First come, first served, up to a number of packets or of octets. tc-bfifo(8), sch_fifo.c. */
public final class Fifo implements Qdisc {

    private final String kind;
    private final long limit;
    private final boolean byOctets;
    private final PacketList packets = new PacketList();
    private long octets;

    private Fifo(String kind, long limit, boolean byOctets) {
        this.kind = kind;
        this.limit = limit;
        this.byOctets = byOctets;
    }

    /** {@code pfifo limit}: 0 for none at all. */
    public static Fifo ofPackets(int limit) {
        return new Fifo("pfifo", limit, false);
    }

    /** {@code bfifo limit}: octets of whole frames. */
    public static Fifo ofOctets(long limit) {
        return new Fifo("bfifo", limit, true);
    }

    private boolean hasRoom(PacketBuffer packet) {
        return byOctets ? octets + packet.length() <= limit : packets.length() < limit;
    }

    @Override
    public boolean passes(PacketBuffer packet, long now) {
        return packets.length() == 0 && hasRoom(packet);
    }

    @Override
    public boolean enqueue(PacketBuffer packet, long now) {
        if (!hasRoom(packet)) return false;
        octets += packet.length();
        packets.add(packet);
        return true;
    }

    @Override
    public @Nullable PacketBuffer dequeue(long now) {
        PacketBuffer packet = packets.take();
        if (packet != null) octets -= packet.length();
        return packet;
    }

    @Override
    public @Nullable PacketBuffer discard() {
        return dequeue(0);
    }

    @Override
    public int length() {
        return packets.length();
    }

    @Override
    public long backlog() {
        return octets;
    }

    /** Packets, or octets, that it holds at most. */
    public long limit() {
        return limit;
    }

    @Override
    public String kind() {
        return kind;
    }
}
