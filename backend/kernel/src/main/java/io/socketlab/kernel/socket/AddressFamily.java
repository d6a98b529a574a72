package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses the calls of a socket take and give. Below the calls an IPv4 address is one,
 * whatever the socket: an AF_INET6 socket writes and reads it as {@code ::ffff:a.b.c.d}. RFC 3493
 * §3.7, ipv6(7).
 */
public enum AddressFamily {
    AF_INET(2),
    AF_INET6(10);

    private final int number;

    AddressFamily(int number) {
        this.number = number;
    }

    /** As socket(2) and SO_DOMAIN have it. */
    public int number() {
        return number;
    }

    /**
     * Why bind(2) and connect(2) do not take {@code named}; null if they do. A sockaddr_in is too
     * short for what an AF_INET6 socket wants, and its length is looked at first.
     */
    public @Nullable Errno refuses(IpAddress named) {
        return switch (this) {
            case AF_INET -> named instanceof Ipv4Address ? null : Errno.EAFNOSUPPORT;
            case AF_INET6 -> named instanceof Ipv6Address ? null : Errno.EINVAL;
        };
    }

    /** The address that {@code named} stands for. */
    public IpAddress inward(IpAddress named) {
        return switch (named) {
            case Ipv6Address ipv6 when ipv6.isMapped() -> ipv6.unmapped().orElseThrow();
            case Ipv4Address _, Ipv6Address _, NoAddress _ -> named;
        };
    }

    /** As getsockname(2) and its like write {@code endpoint}. */
    public Endpoint outward(Endpoint endpoint) {
        return this == AF_INET6 && endpoint.address() instanceof Ipv4Address ipv4
                ? new Endpoint(Ipv6Address.mapped(ipv4), endpoint.port())
                : endpoint;
    }

    /** The address of a socket that has not been bound, and of one bound to every address. */
    public IpAddress any() {
        return this == AF_INET ? Ipv4Address.ANY : Ipv6Address.ANY;
    }

    /** What getsockname(2) gives before there is an address. */
    public Endpoint unbound() {
        return this == AF_INET ? Endpoint.ANY : Endpoint.ANY_IPV6;
    }
}
