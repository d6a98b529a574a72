package io.socketlab.kernel.tcp;

import org.jspecify.annotations.Nullable;

/** Text that has arrived, where it lies in its packet: one link of a chain in sequence order. */
final class TextPiece {

    /**
     * What a packet's memory takes besides its octets: struct sk_buff, its shared part, headers.
     */
    static final int OVERHEAD = 256 + 320;

    private static final int HEADROOM = 64 + 40;

    int seq;
    final byte[] octets;
    int from;
    int length;

    /** Octets of memory, as SO_RCVBUF counts. */
    int memory;

    @Nullable TextPiece next;

    TextPiece(int seq, byte[] octets, int from, int length) {
        this.seq = seq;
        this.octets = octets;
        this.from = from;
        this.length = length;
        this.memory = memoryOf(length);
    }

    /** As a driver that allots just what the packet needs: 64-octet granules and the overhead. */
    static int memoryOf(int length) {
        return ((length + HEADROOM + 63) & ~63) + OVERHEAD;
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
