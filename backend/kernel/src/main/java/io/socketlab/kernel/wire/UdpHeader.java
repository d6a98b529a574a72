package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getShort;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * A UDP header. RFC 768.
 *
 * <pre>
 *  0      7 8     15 16    23 24    31
 * +--------+--------+--------+--------+
 * |   Source Port   |   Dest Port     |
 * +--------+--------+--------+--------+
 * |     Length      |    Checksum     |
 * +--------+--------+--------+--------+
 * </pre>
 *
 * @param length octets of header and data
 */
public record UdpHeader(int srcPort, int dstPort, int length) {

    public static final int SIZE = 8;

    /** The most data one datagram can carry over IPv4: 65535 less both headers. */
    public static final int MAX_DATA = 65_507;

    /** Likewise over IPv6, whose payload length does not count its own header. */
    public static final int MAX_DATA_IPV6 = 65_527;

    /** Reads the header at {@code at}, of {@code available} octets. */
    public static UdpHeader parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("UDP header cut short");
        int length = getShort(octets, at + 4);
        if (length < SIZE || length > available) {
            throw new MalformedPacketException("UDP length " + length + " of " + available);
        }
        return new UdpHeader(getShort(octets, at), getShort(octets, at + 2), length);
    }

    /** Writes the header with no checksum, which RFC 768 allows over IPv4. */
    public void writeTo(byte[] octets, int at) {
        putShort(octets, at, srcPort);
        putShort(octets, at + 2, dstPort);
        putShort(octets, at + 4, length);
        putShort(octets, at + 6, 0);
    }

    /** Writes the header in front of its data and the checksum over both and the pseudo-header. */
    public void writeTo(byte[] octets, int at, IpAddress src, IpAddress dst) {
        writeTo(octets, at);
        int checksum = checksum(octets, at, length, src, dst);
        // 0 would say that there is none; all ones is the same number in ones' complement
        putShort(octets, at + 6, checksum == 0 ? 0xFFFF : checksum);
    }

    /**
     * Whether the checksum of a received datagram is right, or there is none, which only IPv4
     * allows. RFC 8200 §8.1.
     */
    public static boolean isIntact(
            byte[] octets, int at, int length, IpAddress src, IpAddress dst) {
        boolean none = getShort(octets, at + 6) == 0;
        if (none) return src instanceof Ipv4Address;
        return checksum(octets, at, length, src, dst) == 0;
    }

    private static int checksum(byte[] octets, int at, int length, IpAddress src, IpAddress dst) {
        long sum = InternetChecksum.addPseudoHeader(0, src, dst, Ipv4Header.UDP, length);
        return InternetChecksum.finish(InternetChecksum.add(sum, octets, at, length));
    }
}
