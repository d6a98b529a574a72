package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;

/**
 * What an ICMP error message says of a packet of ours.
 *
 * @param from who says so
 * @param original the header of that packet
 * @param quoted its first octets after the header, 8 or more
 */
public record IcmpError(IcmpReport message, IpAddress from, IpHeader original, byte[] quoted) {}
