package io.socketlab.kernel.link;

import org.jspecify.annotations.Nullable;

/** Packets in a queue, linked through themselves: a packet is in one at a time. */
final class PacketList {

    private @Nullable PacketBuffer head;
    private @Nullable PacketBuffer tail;
    private int length;

    int length() {
        return length;
    }

    @Nullable PacketBuffer first() {
        return head;
    }

    void add(PacketBuffer packet) {
        if (tail == null) head = packet;
        else tail.next = packet;
        tail = packet;
        length++;
    }

    /** Before the first that departs later; those in order, nearly all, go to the end at once. */
    void addByDeparture(PacketBuffer packet) {
        if (tail == null || tail.departure() <= packet.departure()) {
            add(packet);
            return;
        }
        PacketBuffer before = null;
        PacketBuffer after = head;
        while (after != null && after.departure() <= packet.departure()) {
            before = after;
            after = after.next;
        }
        packet.next = after;
        if (before == null) head = packet;
        else before.next = packet;
        length++;
    }

    @Nullable PacketBuffer take() {
        PacketBuffer packet = head;
        if (packet == null) return null;
        head = packet.next;
        if (head == null) tail = null;
        packet.next = null;
        length--;
        return packet;
    }
}
