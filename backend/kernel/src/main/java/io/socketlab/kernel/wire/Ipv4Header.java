package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.getShort;

/**
 * An IPv4 header. RFC 791 §3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of Service|          Total Length         |
 * +-------+-------+---------------+-----+-------------------------+
 * |         Identification        |Flags|     Fragment Offset     |
 * +---------------+---------------+-----+-------------------------+
 * |  Time to Live |    Protocol   |        Header Checksum        |
 * +---------------+---------------+-------------------------------+
 * |                       Source Address                          |
 * |                    Destination Address                        |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param headerLength octets, 20 to 60
 * @param totalLength octets, header and payload
 * @param fragmentOffset octets, a multiple of 8
 */
public record Ipv4Header(
        int headerLength,
        int tos,
        int totalLength,
        int identification,
        boolean dontFragment,
        boolean moreFragments,
        int fragmentOffset,
        int ttl,
        int protocol,
        int src,
        int dst)
        implements IpHeader {

    public static final int SIZE = 20;
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;

    private static final int DF = 0x4000;
    private static final int MF = 0x2000;

    /** Reads the header at {@code at}, of a packet with {@code available} octets from there on. */
    public static Ipv4Header parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("IPv4 header cut short");
        if (getByte(octets, at) >>> 4 != 4) throw new MalformedPacketException("not IPv4");
        int headerLength = (getByte(octets, at) & 15) * 4;
        int totalLength = getShort(octets, at + 2);
        if (headerLength < SIZE || totalLength < headerLength || totalLength > available) {
            throw new MalformedPacketException(
                    "IPv4 header length " + headerLength + ", total length " + totalLength);
        }
        int fragment = getShort(octets, at + 6);
        return new Ipv4Header(
                headerLength,
                getByte(octets, at + 1),
                totalLength,
                getShort(octets, at + 4),
                (fragment & DF) != 0,
                (fragment & MF) != 0,
                (fragment & 0x1FFF) * 8,
                getByte(octets, at + 8),
                getByte(octets, at + 9),
                getInt(octets, at + 12),
                getInt(octets, at + 16));
    }

    /** Writes the header, without options, and its checksum. */
    public void writeTo(byte[] octets, int at) {
        Octets.putByte(octets, at, 0x45);
        Octets.putByte(octets, at + 1, tos);
        Octets.putShort(octets, at + 2, totalLength);
        Octets.putShort(octets, at + 4, identification);
        int flags = (dontFragment ? DF : 0) | (moreFragments ? MF : 0);
        Octets.putShort(octets, at + 6, flags | fragmentOffset / 8);
        Octets.putByte(octets, at + 8, ttl);
        Octets.putByte(octets, at + 9, protocol);
        Octets.putShort(octets, at + 10, 0);
        Octets.putInt(octets, at + 12, src);
        Octets.putInt(octets, at + 16, dst);
        Octets.putShort(octets, at + 10, checksum(octets, at, SIZE));
    }

    /** Takes one off the TTL of the header at {@code at}, and mends its checksum. RFC 1624. */
    public static void decrementTtl(byte[] octets, int at) {
        int ttlAndProtocol = getShort(octets, at + 8);
        int sum = (~getShort(octets, at + 10) & 0xFFFF) + (~ttlAndProtocol & 0xFFFF);
        sum += ttlAndProtocol - 0x100;
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        Octets.putShort(octets, at + 8, ttlAndProtocol - 0x100);
        Octets.putShort(octets, at + 10, ~sum);
    }

    /** 0 over a header whose checksum is right. */
    public static int checksum(byte[] octets, int at, int headerLength) {
        return InternetChecksum.finish(InternetChecksum.add(0, octets, at, headerLength));
    }

    public boolean isFragment() {
        return moreFragments || fragmentOffset > 0;
    }

    @Override
    public Ipv4Address source() {
        return new Ipv4Address(src);
    }

    @Override
    public Ipv4Address destination() {
        return new Ipv4Address(dst);
    }
}
