package io.socketlab.kernel.wire;

import java.util.Optional;

/** An address of the network layer, in either family, or none at all. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address, NoAddress {

    /** Reads an address as either family writes it; empty if {@code text} is neither. */
    static Optional<IpAddress> parse(String text) {
        Optional<Ipv4Address> ipv4 = Ipv4Address.parse(text);
        if (ipv4.isPresent()) return Optional.of(ipv4.get());
        return Ipv6Address.parse(text).map(a -> a);
    }

    /** 0.0.0.0 or ::, any address of this host. */
    boolean isAny();

    /** An address of a group of hosts. */
    boolean isMulticast();

    /** In 32 bits, for a hash: all of an IPv4 address, an IPv6 address folded. */
    int folded();

    /** An address by which a host reaches itself. */
    boolean isLoopback();
}
