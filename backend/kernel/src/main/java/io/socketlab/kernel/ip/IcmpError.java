package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;

/**
 * What an ICMP error message says of a packet of ours.
 *
 * @param carrier the header of the message's own packet
 * @param interfaceIndex by which interface it came
 * @param original the header of that packet
 * @param quoted its first octets after the header, 8 or more
 */
public record IcmpError(
        IcmpReport message,
        IpHeader carrier,
        int interfaceIndex,
        IpHeader original,
        byte[] quoted) {

    /** Who says so. */
    public IpAddress from() {
        return carrier.source();
    }
}
