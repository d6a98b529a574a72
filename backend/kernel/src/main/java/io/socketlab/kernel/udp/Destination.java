package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;

/**
 * Where a datagram goes.
 *
 * @param source the address it carries
 */
record Destination(IpAddress source, Endpoint to, Route route) {

    IpAddress address() {
        return to.address();
    }

    boolean isIpv6() {
        return source instanceof Ipv6Address;
    }

    /** Octets of the IP header. */
    int ipHeader() {
        return isIpv6() ? Ipv6Header.SIZE : Ipv4Header.SIZE;
    }
}
