package io.socketlab.kernel.libc;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;

/**
 * An address in numbers, in all the forms that inet_aton(3) takes, 10.0.0.1, 10.1, 0x7f.1, 017, or
 * as inet_pton(3) takes IPv6 ones.
 */
final class NumericAddress {

    private NumericAddress() {}

    static Optional<IpAddress> parse(String text) {
        if (text.indexOf(':') >= 0) return Ipv6Address.parse(text).map(a -> a);
        return ipv4(text).map(a -> a);
    }

    static Optional<Ipv4Address> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) return Optional.empty();
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            // the last number fills whatever octets the others have left
            int octets = last ? 4 - i : 1;
            long value = number(parts[i]);
            if (value < 0 || value >= 1L << 8 * octets) return Optional.empty();
            bits = bits << 8 * octets | value;
        }
        return Optional.of(new Ipv4Address((int) bits));
    }

    /** Decimal, octal or hexadecimal as in C; -1 if it is no number. */
    private static long number(String text) {
        if (text.matches("0[xX][0-9a-fA-F]{1,8}")) return Long.parseLong(text.substring(2), 16);
        if (text.matches("0[0-7]{0,11}")) return Long.parseLong(text, 8);
        return text.matches("[1-9][0-9]{0,9}") ? Long.parseLong(text) : -1;
    }
}
