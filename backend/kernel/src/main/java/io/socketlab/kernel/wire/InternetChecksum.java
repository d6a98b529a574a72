package io.socketlab.kernel.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum of IP, ICMP, UDP and TCP. RFC 1071. */
public final class InternetChecksum {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private InternetChecksum() {}

    /**
     * Adds {@code length} octets from {@code start} to a running sum. All parts but the last must
     * have an even length. The sum is not folded; start it with 0.
     */
    public static long add(long sum, byte[] octets, int start, int length) {
        int i = start;
        int end = start + length;
        for (; i + 8 <= end; i += 8) {
            long word = (long) LONG.get(octets, i);
            sum += (word >>> 32) + (word & 0xFFFF_FFFFL);
        }
        for (; i + 2 <= end; i += 2) sum += (octets[i] & 255) << 8 | octets[i + 1] & 255;
        if (i < end) sum += (octets[i] & 255) << 8;
        return sum;
    }

    /** Adds the pseudo-header of UDP and TCP over IPv4. RFC 9293 §3.1. */
    public static long addPseudoHeader(long sum, int src, int dst, int protocol, int length) {
        return sum + (src & 0xFFFF_FFFFL) + (dst & 0xFFFF_FFFFL) + protocol + length;
    }

    /** Adds the pseudo-header of what IPv6 carries. RFC 8200 §8.1. */
    public static long addPseudoHeader(
            long sum, Ipv6Address src, Ipv6Address dst, int protocol, int length) {
        return sum
                + halves(src.high())
                + halves(src.low())
                + halves(dst.high())
                + halves(dst.low())
                + protocol
                + length;
    }

    /** Adds the pseudo-header, in whichever family the addresses are. */
    public static long addPseudoHeader(
            long sum, IpAddress src, IpAddress dst, int protocol, int length) {
        if (src instanceof Ipv4Address from && dst instanceof Ipv4Address to) {
            return addPseudoHeader(sum, from.bits(), to.bits(), protocol, length);
        }
        return addPseudoHeader(sum, (Ipv6Address) src, (Ipv6Address) dst, protocol, length);
    }

    private static long halves(long word) {
        return (word >>> 32) + (word & 0xFFFF_FFFFL);
    }

    /** The field's value: the ones' complement of the folded sum. Over a correct packet it is 0. */
    public static int finish(long sum) {
        while (sum >>> 16 != 0) sum = (sum & 0xFFFF) + (sum >>> 16);
        return (int) ~sum & 0xFFFF;
    }
}
