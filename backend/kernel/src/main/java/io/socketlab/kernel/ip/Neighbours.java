package io.socketlab.kernel.ip;

import java.util.Arrays;

/** Which MAC address a neighbour has. Known beforehand; ARP (RFC 826) has its place here. */
public final class Neighbours {

    /** Nobody on the network has that address. */
    static final long UNKNOWN = -1;

    private static final int FIRST_CAPACITY = 4;

    // an open-addressing hash: it is asked for every packet
    private int[] addresses = new int[FIRST_CAPACITY];
    private long[] macs = unknown(FIRST_CAPACITY);
    private int size;

    /**
     * @param mac 48 bits
     */
    public void add(int ipv4, long mac) {
        if (2 * (size + 1) > macs.length) grow();
        int at = find(ipv4);
        if (macs[at] == UNKNOWN) size++;
        addresses[at] = ipv4;
        macs[at] = mac;
    }

    /** The MAC address, or {@link #UNKNOWN}. */
    long resolve(int ipv4) {
        return macs[find(ipv4)];
    }

    /** Tells of all entries, in no particular order. */
    public void each(Entry user) {
        for (int i = 0; i < macs.length; i++) {
            if (macs[i] != UNKNOWN) user.neighbour(addresses[i], macs[i]);
        }
    }

    /** Hears of an entry. */
    @FunctionalInterface
    public interface Entry {

        void neighbour(int ipv4, long mac);
    }

    /** Where it is, or the empty place where it belongs. */
    private int find(int ipv4) {
        int mask = macs.length - 1;
        int at = ipv4 * 0x9E37_79B9 >>> 16 & mask;
        while (macs[at] != UNKNOWN && addresses[at] != ipv4) at = at + 1 & mask;
        return at;
    }

    private void grow() {
        int[] oldAddresses = addresses;
        long[] oldMacs = macs;
        addresses = new int[2 * oldMacs.length];
        macs = unknown(2 * oldMacs.length);
        for (int i = 0; i < oldMacs.length; i++) {
            if (oldMacs[i] == UNKNOWN) continue;
            int at = find(oldAddresses[i]);
            addresses[at] = oldAddresses[i];
            macs[at] = oldMacs[i];
        }
    }

    private static long[] unknown(int count) {
        var all = new long[count];
        Arrays.fill(all, UNKNOWN);
        return all;
    }
}
