package io.socketlab.kernel.socket;

/**
 * What a packet costs in a socket's buffer: not its octets but the memory that holds them, Linux's
 * skb->truesize. A one-octet datagram costs 768, a full Ethernet frame 2304.
 */
public final class SocketMemory {

    private static final int SK_BUFF = 256;
    private static final int SHARED_INFO = 320;
    private static final int HEADROOM = 64 + 14;

    private SocketMemory() {}

    /** Octets of memory for an IP packet of {@code ipLength} octets. */
    public static int of(int ipLength) {
        int data = HEADROOM + ipLength + SHARED_INFO;
        int slab = Integer.highestOneBit(data);
        if (slab < data) slab <<= 1;
        return SK_BUFF + Math.max(slab, 512);
    }
}
