package io.socketlab.kernel.host;

import io.socketlab.kernel.wire.Ipv4Address;

/**
 * A network card that a host has besides its first.
 *
 * @param mtu octets, at least 68 (RFC 791)
 */
public record InterfaceSpec(Ipv4Address address, int prefixLength, int mtu) {

    public InterfaceSpec {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length " + prefixLength);
        }
        if (mtu < 68 || mtu > 65_535) throw new IllegalArgumentException("MTU " + mtu);
    }
}
