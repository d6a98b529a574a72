package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;

/** What a socket's own address covers, in both families. net/ipv4/inet_connection_sock.c. */
public final class LocalAddress {

    private static final int EXACT = 4;
    private static final int ANY_OF_FAMILY = 2;
    private static final int ANY_OF_BOTH = 1;

    private LocalAddress() {}

    /**
     * Whether there are packets that both would get: ipv6_rcv_saddr_equal().
     *
     * @param aOnly {@code a} is a socket's with IPV6_V6ONLY
     * @param bOnly {@code b} is
     */
    public static boolean overlap(IpAddress a, boolean aOnly, IpAddress b, boolean bOnly) {
        return covers(a, aOnly, b) || covers(b, bOnly, a) || a.equals(b);
    }

    /** Whether {@code any} is any address, among them {@code address}. */
    private static boolean covers(IpAddress any, boolean only, IpAddress address) {
        if (!any.isAny()) return false;
        boolean ipv6 = any instanceof Ipv6Address;
        return address instanceof Ipv4Address ? !(ipv6 && only) : ipv6;
    }

    /**
     * How well a socket's own address fits the destination of a packet: -1 not at all.
     * compute_score().
     *
     * @param only the socket has IPV6_V6ONLY
     */
    public static int score(IpAddress own, boolean only, IpAddress destination) {
        if (own.equals(destination)) return EXACT;
        if (!covers(own, only, destination)) return -1;
        boolean sameFamily = own instanceof Ipv4Address == destination instanceof Ipv4Address;
        return sameFamily ? ANY_OF_FAMILY : ANY_OF_BOTH;
    }
}
