package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.getShort;
import static io.socketlab.kernel.wire.Octets.putByte;
import static io.socketlab.kernel.wire.Octets.putInt;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * An IPv6 header. RFC 8200 §3.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic Class |              Flow Label               |
 * +-------+---------------+-------+---------------+---------------+
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * +-------------------------------+---------------+---------------+
 * |                   Source Address, 128 bits                    |
 * |                 Destination Address, 128 bits                 |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param flowLabel 20 bits
 * @param payloadLength octets after this header
 * @param nextHeader the number of what comes next: an extension header or the payload's protocol
 */
public record Ipv6Header(
        int trafficClass,
        int flowLabel,
        int payloadLength,
        int nextHeader,
        int hopLimit,
        Ipv6Address source,
        Ipv6Address destination)
        implements IpHeader {

    public static final int SIZE = 40;

    /** The least MTU of a link that carries IPv6. RFC 8200 §5. */
    public static final int MIN_MTU = 1280;

    public static final int HOP_BY_HOP = 0;
    public static final int ROUTING = 43;
    public static final int FRAGMENT = 44;
    public static final int ICMPV6 = 58;
    public static final int NO_NEXT_HEADER = 59;
    public static final int DESTINATION_OPTIONS = 60;

    /** Reads the header at {@code at}, of a packet with {@code available} octets from there on. */
    public static Ipv6Header parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("IPv6 header cut short");
        int first = getInt(octets, at);
        if (first >>> 28 != 6) throw new MalformedPacketException("not IPv6");
        int payloadLength = getShort(octets, at + 4);
        if (payloadLength > available - SIZE) {
            throw new MalformedPacketException(
                    "IPv6 payload length " + payloadLength + " of " + (available - SIZE));
        }
        return new Ipv6Header(
                first >>> 20 & 0xFF,
                first & 0xF_FFFF,
                payloadLength,
                getByte(octets, at + 6),
                getByte(octets, at + 7),
                Ipv6Address.read(octets, at + 8),
                Ipv6Address.read(octets, at + 24));
    }

    public void writeTo(byte[] octets, int at) {
        putInt(octets, at, 6 << 28 | trafficClass << 20 | flowLabel);
        putShort(octets, at + 4, payloadLength);
        putByte(octets, at + 6, nextHeader);
        putByte(octets, at + 7, hopLimit);
        source.writeTo(octets, at + 8);
        destination.writeTo(octets, at + 24);
    }

    /**
     * The same with another payload behind it, as when an extension header has been left behind.
     */
    public Ipv6Header carrying(int protocol, int length) {
        return new Ipv6Header(
                trafficClass, flowLabel, length, protocol, hopLimit, source, destination);
    }

    @Override
    public int protocol() {
        return nextHeader;
    }

    @Override
    public int headerLength() {
        return SIZE;
    }

    @Override
    public int tos() {
        return trafficClass;
    }

    @Override
    public int ttl() {
        return hopLimit;
    }
}
