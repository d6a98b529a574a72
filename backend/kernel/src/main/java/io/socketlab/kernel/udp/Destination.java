package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import org.jspecify.annotations.Nullable;

/**
 * Where a datagram goes.
 *
 * @param source the address it carries
 * @param out the index of the interface it is to leave by; {@link NetworkInterface#ANY} for any
 * @param control what the send says of it; null where the socket's options hold
 */
record Destination(
        IpAddress source, Endpoint to, Route route, int out, @Nullable DatagramControl control) {

    IpAddress address() {
        return to.address();
    }

    boolean isIpv6() {
        return source instanceof Ipv6Address;
    }

    /** TTL or hop limit: what the send says, or else {@code bySocket}. */
    int ttl(int bySocket) {
        return control == null ? bySocket : control.ttl(bySocket);
    }

    /** TOS or traffic class, likewise. */
    int tos(int bySocket) {
        return control == null ? bySocket : control.tos(bySocket);
    }

    /** UDP_SEGMENT, likewise. */
    int segmentSize(int bySocket) {
        return control == null ? bySocket : control.segmentSize(bySocket);
    }

    /** IPV6_DONTFRAG, likewise. */
    boolean dontFragment(boolean bySocket) {
        return control == null ? bySocket : control.dontFragment(bySocket);
    }

    /** SO_PRIORITY, likewise. */
    int priority(int bySocket) {
        return control == null ? bySocket : control.priority();
    }

    /** Octets of the IP header. */
    int ipHeader() {
        return isIpv6() ? Ipv6Header.SIZE : Ipv4Header.SIZE;
    }
}
