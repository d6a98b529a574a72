package io.socketlab.kernel.wire;

import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.getShort;
import static io.socketlab.kernel.wire.Octets.putInt;
import static io.socketlab.kernel.wire.Octets.putShort;

/**
 * An Ethernet II header: destination, source, type. RFC 894. Addresses are 48 bits of a {@code
 * long}.
 */
public record EthernetHeader(long dst, long src, int type) {

    public static final int SIZE = 14;
    public static final int IPV4 = 0x0800;
    public static final int IPV6 = 0x86DD;

    /** To everybody. */
    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

    /** The bit that tells the address of a group from that of one. */
    public static final long GROUP = 1L << 40;

    private static final long IPV4_GROUPS = 0x0100_5E00_0000L;

    /** That of an IPv4 group: 01:00:5e and its last 23 bits. RFC 1112 §6.4. */
    public static long ofGroup(Ipv4Address group) {
        return IPV4_GROUPS | group.bits() & 0x7F_FFFF;
    }

    public static EthernetHeader parse(byte[] octets, int at, int available) {
        if (available < SIZE) throw new MalformedPacketException("Ethernet header cut short");
        return new EthernetHeader(
                address(octets, at), address(octets, at + 6), getShort(octets, at + 12));
    }

    public void writeTo(byte[] octets, int at) {
        putShort(octets, at, (int) (dst >>> 32));
        putInt(octets, at + 2, (int) dst);
        putShort(octets, at + 6, (int) (src >>> 32));
        putInt(octets, at + 8, (int) src);
        putShort(octets, at + 12, type);
    }

    /** Of the frame at {@code at}. */
    public static long destination(byte[] octets, int at) {
        return address(octets, at);
    }

    /** Of the frame at {@code at}. */
    public static long source(byte[] octets, int at) {
        return address(octets, at + 6);
    }

    private static long address(byte[] octets, int at) {
        return (long) getShort(octets, at) << 32 | getInt(octets, at + 2) & 0xFFFF_FFFFL;
    }
}
