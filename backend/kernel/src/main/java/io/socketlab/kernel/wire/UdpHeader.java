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
    public void writeTo(byte[] octets, int at, int src, int dst) {
        writeTo(octets, at);
        int checksum = checksum(octets, at, length, src, dst);
        // 0 would say that there is none; all ones is the same number in ones' complement
        putShort(octets, at + 6, checksum == 0 ? 0xFFFF : checksum);
    }

    /** Whether the checksum of a received datagram is right, or there is none. */
    public static boolean isIntact(byte[] octets, int at, int length, int src, int dst) {
        return getShort(octets, at + 6) == 0 || checksum(octets, at, length, src, dst) == 0;
    }

    private static int checksum(byte[] octets, int at, int length, int src, int dst) {
        long sum = InternetChecksum.addPseudoHeader(0, src, dst, Ipv4Header.UDP, length);
        return InternetChecksum.finish(InternetChecksum.add(sum, octets, at, length));
    }
}
