package io.socketlab.kernel.link;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getShort;

import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;

/**
 * What a NIC with receive checksum offload finds out about a frame. Only one that a link has
 * changed need be looked at. A wrong checksum does not make the NIC drop the frame: the protocol
 * does, which then computes it again.
 */
final class RxChecksum {

    private RxChecksum() {}

    /**
     * Whether the checksum of its IP header, its TCP segment or its UDP datagram is wrong.
     *
     * @param frame positioned at its Ethernet header
     */
    static boolean isWrong(PacketBuffer frame) {
        byte[] o = frame.octets();
        int ip = frame.start() + EthernetHeader.SIZE;
        int length = frame.end() - ip;
        boolean isIpv4 =
                length >= Ipv4Header.SIZE
                        && getShort(o, ip - 2) == EthernetHeader.IPV4
                        && getByte(o, ip) >>> 4 == 4;
        if (!isIpv4) return false;
        int header = (getByte(o, ip) & 15) * 4;
        int total = getShort(o, ip + 2);
        if (header < Ipv4Header.SIZE || total < header || total > length) return false;
        if (InternetChecksum.finish(InternetChecksum.add(0, o, ip, header)) != 0) return true;
        boolean isFragment = (getShort(o, ip + 6) & 0x3FFF) != 0;
        int protocol = getByte(o, ip + 9);
        if (isFragment || protocol != Ipv4Header.TCP && protocol != Ipv4Header.UDP) return false;
        int text = ip + header;
        if (protocol == Ipv4Header.UDP && total >= header + 8 && getShort(o, text + 6) == 0) {
            return false; // there is none
        }
        long sum =
                InternetChecksum.addPseudoHeader(
                        0,
                        Octets.getInt(o, ip + 12),
                        Octets.getInt(o, ip + 16),
                        protocol,
                        total - header);
        return InternetChecksum.finish(InternetChecksum.add(sum, o, text, total - header)) != 0;
    }
}
