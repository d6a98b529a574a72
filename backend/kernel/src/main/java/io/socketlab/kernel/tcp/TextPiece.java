package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.PacketMemory;
import org.jspecify.annotations.Nullable;

/** Text that has arrived, where it lies in its packet: one link of a chain in sequence order. */
final class TextPiece {

    int seq;
    final byte[] octets;
    int from;
    int length;

    /** Octets of memory, as SO_RCVBUF counts. */
    int memory;

    /** Octets that may be put behind it in its packet's memory; negative once others have been. */
    int tailRoom;

    /** When it came, virtual nanoseconds. */
    long arrivedAt;

    @Nullable TextPiece next;

    /**
     * @param headers octets of the IP and TCP headers that came with it
     */
    TextPiece(int seq, byte[] octets, int from, int length, int headers) {
        this.seq = seq;
        this.octets = octets;
        this.from = from;
        this.length = length;
        this.memory = PacketMemory.of(headers + length);
        this.tailRoom = PacketMemory.tailRoom(headers + length);
    }

    /**
     * Where {@code next} continues this one and fits behind its octets, it is copied there and its
     * own memory is given back: answers whether. The later piece then holds the memory of both, so
     * that it is free when both are read. Linux's skb_try_coalesce().
     */
    boolean takesIn(TextPiece next) {
        if (next.seq != end() || next.length > tailRoom || next.tailRoom < 0) return false;
        next.memory = memory;
        next.tailRoom = tailRoom - next.length;
        memory = 0;
        tailRoom = -1;
        return true;
    }

    /**
     * Where packing begins to be worth while: the first piece, of those from {@code from} up to but
     * without {@code end}, whose packet takes more memory than the window allows for its octets.
     * Null if all use theirs well. As Linux's tcp_collapse() looks for it.
     *
     * @param ratio octets of window for 256 octets of memory
     */
    static @Nullable TextPiece firstBloated(
            @Nullable TextPiece from, @Nullable TextPiece end, int ratio) {
        TextPiece begin = from;
        int octets = 0;
        for (TextPiece p = from; p != null && p != end; p = p.next) {
            octets += p.length;
            if (p.memory == 0) continue;
            if ((long) p.memory * ratio >> 8 > octets) return begin;
            begin = p.next;
            octets = 0;
        }
        return null;
    }

    int end() {
        return seq + length;
    }

    void trimFront(int octetsGone) {
        seq += octetsGone;
        from += octetsGone;
        length -= octetsGone;
    }
}
