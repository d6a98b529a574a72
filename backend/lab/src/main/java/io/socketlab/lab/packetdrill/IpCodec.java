package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;

/** Writes the IP header of a packet, in the family of its addresses. */
final class IpCodec {

    private IpCodec() {}

    /** Octets of a header without options. */
    static int headerLength(IpAddress address) {
        return address instanceof Ipv6Address ? Ipv6Header.SIZE : Ipv4Header.SIZE;
    }

    /**
     * Writes a header at the beginning of {@code octets}.
     *
     * @param payload octets after it
     */
    static void write(
            byte[] octets,
            IpAddress src,
            IpAddress dst,
            int protocol,
            int payload,
            int tos,
            int ttl) {
        if (src instanceof Ipv6Address from && dst instanceof Ipv6Address to) {
            new Ipv6Header(tos, 0, payload, protocol, ttl, from, to).writeTo(octets, 0);
            return;
        }
        new Ipv4Header(
                        Ipv4Header.SIZE,
                        tos,
                        Ipv4Header.SIZE + payload,
                        0,
                        false,
                        false,
                        0,
                        ttl,
                        protocol,
                        ((Ipv4Address) src).bits(),
                        ((Ipv4Address) dst).bits())
                .writeTo(octets, 0);
    }
}
