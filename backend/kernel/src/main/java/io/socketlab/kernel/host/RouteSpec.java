package io.socketlab.kernel.host;

import io.socketlab.kernel.wire.Ipv4Address;

/** A way to a network that is not a host's own: {@code ip route add NETWORK/PREFIX via GATEWAY}. */
public record RouteSpec(Ipv4Address network, int prefixLength, Ipv4Address gateway) {

    public RouteSpec {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length " + prefixLength);
        }
    }

    /** To everywhere. */
    public static RouteSpec byDefault(Ipv4Address gateway) {
        return new RouteSpec(Ipv4Address.ANY, 0, gateway);
    }
}
