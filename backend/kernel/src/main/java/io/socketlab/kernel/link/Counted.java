package io.socketlab.kernel.link;

import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;

/**
 * Which packets count, for an impairment that picks one by its number.
 *
 * @param port of either end, TCP's or UDP's; 0 for any packet
 * @param textOnly only segments and datagrams that carry text: no handshake, no bare ACK
 */
public record Counted(int port, boolean textOnly) {

    /** Everything that enters the link, ARP too. */
    public static final Counted ALL = new Counted(0, false);

    private static final int FRAGMENT_OFFSET = 0x1FFF;

    public Counted {
        if (port < 0 || port > 0xFFFF) throw new IllegalArgumentException("port " + port);
    }

    /** Whether {@code frame}, as its sender built it, is one of them. */
    boolean includes(PacketBuffer frame) {
        if (port == 0 && !textOnly) return true;
        byte[] octets = frame.octets();
        int ip = frame.start() + EthernetHeader.SIZE;
        if (Octets.getShort(octets, ip - 2) != EthernetHeader.IPV4) return false;
        int protocol = Octets.getByte(octets, ip + 9);
        boolean tcp = protocol == Ipv4Header.TCP;
        // later fragments begin without the transport's header
        boolean first = (Octets.getShort(octets, ip + 6) & FRAGMENT_OFFSET) == 0;
        if (!first || !tcp && protocol != Ipv4Header.UDP) return false;
        int transport = ip + 4 * (Octets.getByte(octets, ip) & 0xF);
        return hasPort(octets, transport)
                && (!textOnly || transport + headerLength(octets, transport, tcp) < frame.end());
    }

    private boolean hasPort(byte[] octets, int transport) {
        return port == 0
                || Octets.getShort(octets, transport) == port
                || Octets.getShort(octets, transport + 2) == port;
    }

    private static int headerLength(byte[] octets, int transport, boolean tcp) {
        return tcp ? 4 * (Octets.getByte(octets, transport + 12) >> 4) : UdpHeader.SIZE;
    }
}
