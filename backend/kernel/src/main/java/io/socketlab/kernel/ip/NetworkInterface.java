package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.wire.Ipv4Address;

/**
 * A network card with its IPv4 address, and whom it can reach without a router.
 *
 * @param prefixLength bits of the address that name its network
 * @param neighbours on that network
 */
public record NetworkInterface(
        Nic nic, Ipv4Address address, int prefixLength, Neighbours neighbours) {

    public NetworkInterface(Nic nic, Ipv4Address address, int prefixLength) {
        this(nic, address, prefixLength, new Neighbours());
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
