package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.UdpHeader;
import java.nio.ByteBuffer;

/** A packet that the host has sent. */
sealed interface SeenPacket {

    /** Virtual nanoseconds. */
    long at();

    Ipv4Header ip();

    /** Octets of text or data. */
    int length();

    record Segment(long at, Ipv4Header ip, TcpHeader header, int length) implements SeenPacket {}

    record Datagram(long at, Ipv4Header ip, UdpHeader header, int length) implements SeenPacket {}

    record Message(long at, Ipv4Header ip, IcmpMessage header, int length) implements SeenPacket {}

    /**
     * @param packet positioned at its IP header
     */
    static SeenPacket of(long at, PacketBuffer packet) {
        byte[] octets = packet.octets();
        Ipv4Header ip = Ipv4Header.parse(octets, packet.start(), packet.length());
        int start = packet.start() + ip.headerLength();
        int length = ip.totalLength() - ip.headerLength();
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
            default -> throw new IllegalStateException("IP protocol " + ip.protocol());
        };
    }
}
