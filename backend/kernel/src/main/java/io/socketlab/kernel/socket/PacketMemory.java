package io.socketlab.kernel.socket;

/**
 * What a packet takes of SO_RCVBUF: Linux's truesize of a packet whose octets lie in one piece of
 * slab memory, as {@code __alloc_skb()} allots it.
 */
public final class PacketMemory {

    /** struct sk_buff, in cache lines. */
    private static final int HEAD = 256;

    /** struct skb_shared_info, at the end of the octets. */
    private static final int SHARED_PART = 320;

    /** NET_SKB_PAD: room in front of the IP header. */
    private static final int HEADROOM = 64;

    /** Small packets come from a cache of their own, with so much room for octets. */
    private static final int SMALL = 256;

    private static final int PAGE = 4096;
    private static final int LARGEST_RUN = 8 * PAGE;

    /** The most octets that tcp_collapse() puts into one packet: a page. */
    private static final int PAGE_OCTETS = 4096 - SHARED_PART;

    private PacketMemory() {}

    /** Room for octets in the memory of a packet of {@code length} octets, IP header included. */
    private static int room(int length) {
        int needed = alignedLength(length);
        if (needed <= SMALL) return SMALL;
        return powerOfTwo(needed + SHARED_PART) - SHARED_PART;
    }

    private static int alignedLength(int length) {
        return (length + HEADROOM + 63) & ~63;
    }

    private static int powerOfTwo(int n) {
        return Integer.highestOneBit(n - 1) << 1;
    }

    /**
     * Octets of memory: 832 for the smallest packet, 2304 for a full Ethernet frame.
     *
     * @param length octets of the IP packet
     */
    public static int of(int length) {
        if (length + HEADROOM < PAGE) return HEAD + SHARED_PART + room(length);
        return HEAD + PAGE + pages(length - (PAGE_OCTETS - HEADROOM));
    }

    /** What does not fit the first page lies in pages of its own, up to eight in a row. */
    private static int pages(int length) {
        int memory = 0;
        int run = LARGEST_RUN;
        for (int left = length; left > 0; left -= Math.min(left, run)) {
            int needed = (left + PAGE - 1) / PAGE * PAGE;
            while (run > PAGE && needed < run) run >>= 1;
            memory += run;
        }
        return memory;
    }

    /** What is left behind the octets: a packet that continues it may be copied there. */
    public static int tailRoom(int length) {
        if (length + HEADROOM >= PAGE) return 0;
        return room(length) - HEADROOM - length;
    }

    /** What {@code octets} take once they have been copied into full pages. */
    public static int collapsed(int octets) {
        int pages = octets / PAGE_OCTETS;
        int rest = octets % PAGE_OCTETS;
        int memory = pages * (HEAD + powerOfTwo(PAGE_OCTETS + SHARED_PART));
        if (rest == 0) return memory;
        int room = (rest + 63) & ~63;
        return memory
                + HEAD
                + (room <= SMALL ? SMALL + SHARED_PART : powerOfTwo(room + SHARED_PART));
    }
}
