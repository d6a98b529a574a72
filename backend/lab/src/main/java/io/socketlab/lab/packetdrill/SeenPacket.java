package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.UdpHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A packet that the host has sent. */
sealed interface SeenPacket {

    /** Virtual nanoseconds. */
    long at();

    IpHeader ip();

    /** Octets of text or data. */
    int length();

    record Segment(long at, IpHeader ip, TcpHeader header, int length) implements SeenPacket {}

    record Datagram(long at, IpHeader ip, UdpHeader header, int length) implements SeenPacket {}

    record Message(long at, IpHeader ip, IcmpReport header, int length) implements SeenPacket {}

    /** A part of an IPv4 packet, which no script can write. */
    record Fragment(long at, IpHeader ip, int length) implements SeenPacket {}

    /**
     * @param packet positioned at its IP header
     * @return null for what packetdrill passes over: a header of IPv6 that it does not know, as
     *     that of a fragment
     */
    static @Nullable SeenPacket of(long at, PacketBuffer packet) {
        byte[] octets = packet.octets();
        if ((octets[packet.start()] & 0xF0) == 0x60) {
            Ipv6Header ip = Ipv6Header.parse(octets, packet.start(), packet.length());
            if (ip.protocol() == Ipv6Header.FRAGMENT) return null;
            return of(at, octets, packet.start() + Ipv6Header.SIZE, ip.payloadLength(), ip);
        }
        Ipv4Header ip = Ipv4Header.parse(octets, packet.start(), packet.length());
        int start = packet.start() + ip.headerLength();
        if (ip.isFragment()) return new Fragment(at, ip, ip.totalLength() - ip.headerLength());
        return of(at, octets, start, ip.totalLength() - ip.headerLength(), ip);
    }

    private static SeenPacket of(long at, byte[] octets, int start, int length, IpHeader ip) {
        return switch (ip.protocol()) {
            case Ipv4Header.TCP -> {
                ByteBuffer in = ByteBuffer.wrap(octets, start, length);
                TcpHeader header = TcpHeader.parse(in);
                yield new Segment(at, ip, header, in.remaining());
            }
            case Ipv4Header.UDP ->
                    new Datagram(
                            at,
                            ip,
                            UdpHeader.parse(octets, start, length),
                            length - UdpHeader.SIZE);
            case Ipv4Header.ICMP ->
                    new Message(
                            at,
                            ip,
                            IcmpMessage.parse(octets, start, length),
                            length - IcmpMessage.SIZE);
            case Ipv6Header.ICMPV6 ->
                    new Message(
                            at,
                            ip,
                            Icmpv6Message.parse(octets, start, length),
                            length - Icmpv6Message.SIZE);
            default -> throw new Unsupported("a packet of IP protocol " + ip.protocol());
        };
    }
}
