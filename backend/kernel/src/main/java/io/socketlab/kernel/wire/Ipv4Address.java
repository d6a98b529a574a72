package io.socketlab.kernel.wire;

import java.util.Optional;

/** An IPv4 address, as the 32 bits it is. RFC 791 §3.2. */
public record Ipv4Address(int bits) implements IpAddress {

    public static final Ipv4Address ANY = new Ipv4Address(0);
    public static final Ipv4Address LOOPBACK = new Ipv4Address(0x7F00_0001);
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    /** Reads dotted decimal, four numbers from 0 to 255; empty if {@code text} is not that. */
    public static Optional<Ipv4Address> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) return Optional.empty();
        int bits = 0;
        for (String part : parts) {
            if (!part.matches("0|[1-9][0-9]{0,2}")) return Optional.empty();
            int octet = Integer.parseInt(part);
            if (octet > 255) return Optional.empty();
            bits = bits << 8 | octet;
        }
        return Optional.of(new Ipv4Address(bits));
    }

    /** Whether both addresses have the same first {@code prefixLength} bits. */
    public boolean sharesPrefix(Ipv4Address other, int prefixLength) {
        return prefixLength == 0 || (bits ^ other.bits) >>> (32 - prefixLength) == 0;
    }

    @Override
    public boolean isAny() {
        return bits == 0;
    }

    @Override
    public int folded() {
        return bits;
    }

    /** 127.0.0.0/8, RFC 1122 §3.2.1.3. */
    @Override
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    /** 224.0.0.0/4, RFC 1112 §4. */
    @Override
    public boolean isMulticast() {
        return bits >>> 28 == 0xE;
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }
}
