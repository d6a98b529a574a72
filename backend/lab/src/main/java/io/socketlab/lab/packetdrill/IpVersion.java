package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;

/** {@code --ip_version}: which family the sockets of a script have, and which its packets. */
enum IpVersion {
    IPV4("ipv4", false, false),
    IPV6("ipv6", true, true),
    /** AF_INET6 sockets with addresses that stand for IPv4, and IPv4 on the wire. */
    IPV4_MAPPED_IPV6("ipv4-mapped-ipv6", true, false);

    private final String written;
    private final boolean ipv6Sockets;
    private final boolean ipv6Packets;

    IpVersion(String written, boolean ipv6Sockets, boolean ipv6Packets) {
        this.written = written;
        this.ipv6Sockets = ipv6Sockets;
        this.ipv6Packets = ipv6Packets;
    }

    static IpVersion of(String written) {
        for (IpVersion version : values()) if (version.written.equals(written)) return version;
        throw new IllegalArgumentException("expected ipv4, ipv4-mapped-ipv6 or ipv6");
    }

    boolean hasIpv6Sockets() {
        return ipv6Sockets;
    }

    boolean hasIpv6Packets() {
        return ipv6Packets;
    }

    /** An address of the wire as calls write it. */
    IpAddress named(IpAddress onWire) {
        return ipv6Sockets && onWire instanceof Ipv4Address ipv4
                ? Ipv6Address.mapped(ipv4)
                : onWire;
    }
}
