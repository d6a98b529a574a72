package io.socketlab.kernel.udp;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that wait for a program, and the memory they take of SO_RCVBUF. Linux gives the
 * memory back in batches: what has been read goes on counting until it comes to a quarter of
 * SO_RCVBUF, or until the reader has all that was there when it last ran dry. net/ipv4/udp.c,
 * __udp_enqueue_schedule_skb(), udp_rmem_release().
 */
final class UdpReceiveQueue {

    /**
     * A datagram in the queue.
     *
     * @param packet positioned at its data
     * @param memory octets that it takes of SO_RCVBUF
     * @param droppedBefore how many had been dropped when it came
     * @param arrivedAt virtual nanoseconds, or {@link SocketOptions#NOT_STAMPED}
     */
    record Datagram(
            PacketBuffer packet,
            IpHeader ip,
            Endpoint from,
            int memory,
            int droppedBefore,
            long arrivedAt) {

        int length() {
            return packet.length();
        }
    }

    /** Where MSG_PEEK looks with SO_PEEK_OFF: into which datagram, and how many octets in. */
    record Peek(Datagram datagram, int offset) {}

    /** Those without data that SO_PEEK_OFF has shown: at offset 0 the next peek passes them. */
    private final List<Datagram> shownEmpty = new ArrayList<>(0);

    private final ArrayDeque<Datagram> datagrams = new ArrayDeque<>();
    private int memory;
    private int octets;
    private int dropped;

    /** How many of the first are the reader's own: Linux's reader_queue. */
    private int readers;

    /** Memory of what has been read and still counts: forward_deficit. */
    private int deficit;

    /**
     * Takes a datagram, unless that would take more than {@code room}; into nothing any goes.
     *
     * @param arrivedAt virtual nanoseconds, or {@link SocketOptions#NOT_STAMPED}
     */
    boolean offer(PacketBuffer packet, IpHeader ip, Endpoint from, int room, long arrivedAt) {
        int cost = PacketMemory.of(packet.length() + UdpHeader.SIZE + ip.headerLength());
        if (memory > 0 && memory + cost > room) {
            dropped++;
            return false;
        }
        datagrams.add(new Datagram(packet, ip, from, cost, dropped, arrivedAt));
        memory += cost;
        octets += packet.length();
        return true;
    }

    @Nullable Datagram peek() {
        return datagrams.peek();
    }

    /**
     * The datagram that holds octet {@code offset} of all that wait, or where that is the first of
     * one, also an empty one before it that has not been shown; null if there is none.
     * __skb_try_recv_from_queue().
     */
    @Nullable Peek peek(int offset) {
        int left = offset;
        for (Datagram each : datagrams) {
            boolean passed = left >= each.length() && (left > 0 || wasShown(each));
            if (!passed) {
                if (each.length() == 0) shownEmpty.add(each);
                return new Peek(each, left);
            }
            left -= each.length();
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // equal datagrams are still two
    private boolean wasShown(Datagram empty) {
        for (Datagram shown : shownEmpty) if (shown == empty) return true;
        return false;
    }

    /**
     * Removes the first, which is there.
     *
     * @param room SO_RCVBUF, in octets of memory
     */
    Datagram take(int room) {
        if (readers == 0) readers = datagrams.size();
        Datagram first = datagrams.remove();
        if (first.length() == 0) shownEmpty.remove(first);
        readers--;
        octets -= first.length();
        deficit += first.memory;
        if (deficit >= room >> 2 || readers == 0) {
            memory -= deficit;
            deficit = 0;
        }
        return first;
    }

    boolean isEmpty() {
        return datagrams.isEmpty();
    }

    /** How many wait. */
    int size() {
        return datagrams.size();
    }

    /** Octets of data that wait. */
    int octets() {
        return octets;
    }

    /** Octets that count against SO_RCVBUF: {@code rx_queue} of /proc/net/udp. */
    int memory() {
        return memory;
    }

    /** Datagrams for which there was no room, or that were damaged. */
    int dropped() {
        return dropped;
    }

    /** One was damaged. */
    void drop() {
        dropped++;
    }

    void clear() {
        datagrams.clear();
        shownEmpty.clear();
        memory = 0;
        octets = 0;
        readers = 0;
        deficit = 0;
    }
}
