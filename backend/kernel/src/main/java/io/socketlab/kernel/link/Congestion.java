package io.socketlab.kernel.link;

import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;

/** Tells the receiver of a packet that its path is congested. RFC 3168 §5, INET_ECN_set_ce(). */
final class Congestion {

    private static final int ECN = 3;
    private static final int CE = 3;

    private Congestion() {}

    /**
     * Marks a frame; answers false, and leaves it as it is, if its sender does not understand it.
     *
     * @param frame positioned at its Ethernet header
     */
    static boolean mark(PacketBuffer frame) {
        byte[] octets = frame.octets();
        int ip = frame.start() + EthernetHeader.SIZE;
        return switch (Octets.getShort(octets, ip - 2)) {
            case EthernetHeader.IPV4 -> markIpv4(octets, ip);
            case EthernetHeader.IPV6 -> markIpv6(octets, ip);
            default -> false;
        };
    }

    private static boolean markIpv4(byte[] octets, int ip) {
        int tos = Octets.getByte(octets, ip + 1);
        if ((tos & ECN) == 0) return false;
        int headerLength = (Octets.getByte(octets, ip) & 15) * 4;
        Octets.putByte(octets, ip + 1, tos | CE);
        Octets.putShort(octets, ip + 10, 0);
        Octets.putShort(octets, ip + 10, Ipv4Header.checksum(octets, ip, headerLength));
        return true;
    }

    /** The traffic class is between the version and the flow label. */
    private static boolean markIpv6(byte[] octets, int ip) {
        int first = Octets.getInt(octets, ip);
        if ((first >>> 20 & ECN) == 0) return false;
        Octets.putInt(octets, ip, first | CE << 20);
        return true;
    }
}
