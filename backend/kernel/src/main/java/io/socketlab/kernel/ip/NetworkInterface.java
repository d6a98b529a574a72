package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.wire.Ipv4Address;

/**
 * A network card with its IPv4 address, and whom it can reach without a router.
 *
 * @param index its number on this host, by which calls name it: if_nametoindex(3)
 * @param prefixLength bits of the address that name its network
 * @param neighbours on that network
 */
public record NetworkInterface(
        int index, Nic nic, Ipv4Address address, int prefixLength, Neighbours neighbours) {

    /** {@code lo}, which every host has. */
    public static final int LOOPBACK_INDEX = 1;

    public static final String LOOPBACK = "lo";

    /** That of eth0. */
    public static final int FIRST_INDEX = 2;

    /** No interface in particular. */
    public static final int ANY = 0;

    public NetworkInterface(int index, Nic nic, Ipv4Address address, int prefixLength) {
        this(index, nic, address, prefixLength, new Neighbours());
    }

    /** {@code eth0}. */
    public String device() {
        return nic.device();
    }

    /** Whether {@code other} is on its network. */
    public boolean reaches(Ipv4Address other) {
        return other.sharesPrefix(address, prefixLength);
    }

    /** The last address of its network, RFC 919; of a network of two there is none, RFC 3021. */
    boolean isBroadcast(Ipv4Address other) {
        int hostPart = prefixLength == 0 ? -1 : ~(-1 << 32 - prefixLength);
        return prefixLength < 31 && reaches(other) && (other.bits() | ~hostPart) == -1;
    }
}
