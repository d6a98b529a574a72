package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;

/**
 * What an ICMP error message says of a packet of ours.
 *
 * @param from who says so
 * @param original the header of that packet
 * @param quoted its first octets after the header, 8 or more
 */
public record IcmpError(IcmpMessage message, Ipv4Address from, Ipv4Header original, byte[] quoted) {

    /**
     * Of a FRAGMENTATION_NEEDED message, the MTU of the next hop; 0 if it does not say. RFC 1191
     * §4.
     */
    public int nextHopMtu() {
        return message.rest() & 0xFFFF;
    }
}
