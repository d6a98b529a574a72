package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;

/**
 * Which packets, and what becomes of them.
 *
 * @param protocol of the IP header, 0 for any
 * @param port the destination's, TCP's or UDP's; 0 for any
 */
public record FirewallRule(int protocol, int port, Target target) {

    /** What becomes of a packet. iptables(8), iptables-extensions(8). */
    public sealed interface Target {

        /** It goes on. */
        record Accept() implements Target {}

        /** Nothing comes of it, and nobody is told. */
        record Drop() implements Target {}

        /**
         * Nothing comes of it, and its sender is told.
         *
         * @param code of the ICMP destination unreachable message
         */
        record Reject(int code) implements Target {}
    }

    public FirewallRule {
        if (port < 0 || port > 0xFFFF) throw new IllegalArgumentException("port " + port);
        if (port > 0 && protocol != Ipv4Header.TCP && protocol != Ipv4Header.UDP) {
            throw new IllegalArgumentException("protocol " + protocol + " has no ports");
        }
    }

    /** Whether it is about a packet that is positioned after its IP header. */
    boolean matches(Ipv4Header header, PacketBuffer packet) {
        if (protocol != 0 && protocol != header.protocol()) return false;
        return port == 0
                || packet.length() >= 4
                        && Octets.getShort(packet.octets(), packet.start() + 2) == port;
    }
}
