package io.socketlab.kernel.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An IPv6 address, as the 128 bits it is. RFC 4291.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ipv6Address(long high, long low) implements IpAddress {

    /** Octets of an address. */
    public static final int SIZE = 16;

    /** {@code ::}. */
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    /** {@code ::1}. */
    public static final Ipv6Address LOOPBACK = new Ipv6Address(0, 1);

    /** {@code ff02::1}: all nodes on the link. */
    public static final Ipv6Address ALL_NODES = new Ipv6Address(0xFF02L << 48, 1);

    private static final long LINK_LOCAL = 0xFE80L << 48;
    private static final long MAPPED = 0xFFFFL << 32;
    private static final int GROUPS = 8;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The address at {@code at}. */
    public static Ipv6Address read(byte[] octets, int at) {
        return new Ipv6Address((long) LONG.get(octets, at), (long) LONG.get(octets, at + 8));
    }

    public void writeTo(byte[] octets, int at) {
        LONG.set(octets, at, high);
        LONG.set(octets, at + 8, low);
    }

    /** {@code ::ffff:a.b.c.d}, which stands for an IPv4 address. RFC 4291 §2.5.5.2. */
    public static Ipv6Address mapped(Ipv4Address address) {
        return new Ipv6Address(0, MAPPED | address.bits() & 0xFFFF_FFFFL);
    }

    /** The link-local address of the interface with that MAC address. RFC 4291 appendix A. */
    public static Ipv6Address linkLocal(long mac) {
        long companyAndExtension = (mac >>> 24) << 40 | 0xFFFEL << 24 | mac & 0xFF_FFFF;
        return new Ipv6Address(LINK_LOCAL, companyAndExtension ^ 2L << 56);
    }

    /**
     * Reads eight groups of hexadecimal digits, of which {@code ::} may stand for those that are
     * zero and a dotted IPv4 address for the last two; empty if {@code text} is not that. RFC 4291
     * §2.2.
     */
    public static Optional<Ipv6Address> parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text).filter(g -> g.length == GROUPS).map(Ipv6Address::of);
        Optional<int[]> front = groups(text.substring(0, gap));
        Optional<int[]> back = groups(text.substring(gap + 2));
        if (front.isEmpty() || back.isEmpty()) return Optional.empty();
        int given = front.get().length + back.get().length;
        boolean dottedFront = gap > 0 && text.lastIndexOf('.', gap) >= 0;
        if (given >= GROUPS || dottedFront) return Optional.empty();
        var all = new int[GROUPS];
        System.arraycopy(front.get(), 0, all, 0, front.get().length);
        System.arraycopy(back.get(), 0, all, GROUPS - back.get().length, back.get().length);
        return Optional.of(of(all));
    }

    private static Ipv6Address of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new Ipv6Address(high, low);
    }

    /** The groups of a part without a gap, which may be empty. */
    private static Optional<int[]> groups(String part) {
        if (part.isEmpty()) return Optional.of(new int[0]);
        String[] words = part.split(":", -1);
        Optional<Ipv4Address> tail = Ipv4Address.parse(words[words.length - 1]);
        int plain = tail.isPresent() ? words.length - 1 : words.length;
        var groups = new int[plain + (tail.isPresent() ? 2 : 0)];
        if (groups.length > GROUPS) return Optional.empty();
        for (int i = 0; i < plain; i++) {
            if (!words[i].matches("[0-9a-fA-F]{1,4}")) return Optional.empty();
            groups[i] = Integer.parseInt(words[i], 16);
        }
        if (tail.isPresent()) {
            groups[plain] = tail.get().bits() >>> 16;
            groups[plain + 1] = tail.get().bits() & 0xFFFF;
        }
        return Optional.of(groups);
    }

    @Override
    public boolean isAny() {
        return high == 0 && low == 0;
    }

    @Override
    public boolean isLoopback() {
        return high == 0 && low == 1;
    }

    public boolean isMapped() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** The IPv4 address that it stands for, if it does. */
    public Optional<Ipv4Address> unmapped() {
        return isMapped() ? Optional.of(new Ipv4Address((int) low)) : Optional.empty();
    }

    /** ff00::/8. */
    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xFF;
    }

    /** fe80::/10, which means nothing beyond its link. */
    public boolean isLinkLocal() {
        return high >>> 54 == LINK_LOCAL >>> 54;
    }

    /** To where questions for this address's owner go: ff02::1:ff00:0/104. RFC 4291 §2.7.1. */
    public Ipv6Address solicitedNode() {
        return new Ipv6Address(0xFF02L << 48, 0x1_FF00_0000L | low & 0xFF_FFFF);
    }

    /** Whether both addresses have the same first {@code prefixLength} bits. */
    public boolean sharesPrefix(Ipv6Address other, int prefixLength) {
        long highs = prefixLength >= 64 ? -1 : ~(-1L >>> prefixLength);
        long lows =
                prefixLength <= 64 ? 0 : prefixLength == 128 ? -1 : ~(-1L >>> prefixLength - 64);
        return ((high ^ other.high) & highs) == 0 && ((low ^ other.low) & lows) == 0;
    }

    @Override
    public int folded() {
        long both = high ^ low;
        return (int) (both ^ both >>> 32);
    }

    private int group(int i) {
        long half = i < GROUPS / 2 ? high : low;
        return (int) (half >>> 16 * (GROUPS / 2 - 1 - i % (GROUPS / 2))) & 0xFFFF;
    }

    /** In RFC 5952's form: lower case, the first longest run of zeros left out. */
    @Override
    public String toString() {
        if (isMapped()) return "::ffff:" + new Ipv4Address((int) low);
        int gap = -1;
        int gapLength = 1; // a single zero is written
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(end) == 0) end++;
            if (end - i > gapLength) {
                gap = i;
                gapLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }
}
