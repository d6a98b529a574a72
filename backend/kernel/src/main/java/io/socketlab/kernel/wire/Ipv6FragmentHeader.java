package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.getShort;
import static io.socketlab.kernel.wire.Octets.putByte;
import static io.socketlab.kernel.wire.Octets.putInt;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * The extension header of a fragment. RFC 8200 §4.5.
 *
 * <pre>
 * +---------------+---------------+-------------------------+---+-+
 * |  Next Header  |   Reserved    |     Fragment Offset     |Res|M|
 * +---------------+---------------+-------------------------+---+-+
 * |                         Identification                        |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param nextHeader of the packet that it is a part of
 * @param offset octets, a multiple of 8
 */
public record Ipv6FragmentHeader(
        int nextHeader, int offset, boolean moreFragments, int identification) {

    public static final int SIZE = 8;

    /** Reads the header at {@code at}, of a packet with {@code available} octets from there on. */
    public static Ipv6FragmentHeader parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("fragment header cut short");
        int offsetAndFlags = getShort(octets, at + 2);
        return new Ipv6FragmentHeader(
                getByte(octets, at),
                offsetAndFlags & ~7,
                (offsetAndFlags & 1) != 0,
                getInt(octets, at + 4));
    }

    public void writeTo(byte[] octets, int at) {
        putByte(octets, at, nextHeader);
        putByte(octets, at + 1, 0);
        putShort(octets, at + 2, offset | (moreFragments ? 1 : 0));
        putInt(octets, at + 4, identification);
    }
}
