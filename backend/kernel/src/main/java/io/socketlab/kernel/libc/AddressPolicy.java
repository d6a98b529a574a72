package io.socketlab.kernel.libc;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import java.util.List;

/**
 * What glibc holds of kinds of addresses if gai.conf(5) says nothing else: which belong together,
 * and which are to be preferred. RFC 6724 §2.1, sysdeps/posix/getaddrinfo.c.
 */
final class AddressPolicy {

    /** Scopes of RFC 4007, as multicast addresses write them. RFC 6724 §3.1. */
    private static final int LINK_LOCAL = 2;

    private static final int SITE_LOCAL = 5;
    private static final int GLOBAL = 14;

    private record Entry(Ipv6Address prefix, int length, int value) {

        static Entry of(String prefix, int length, int value) {
            return new Entry(Ipv6Address.parse(prefix).orElseThrow(), length, value);
        }
    }

    private static final List<Entry> LABELS =
            List.of(
                    Entry.of("::1", 128, 0),
                    Entry.of("2002::", 16, 2),
                    Entry.of("::ffff:0:0", 96, 4),
                    Entry.of("::", 96, 3),
                    Entry.of("fec0::", 10, 5),
                    Entry.of("fc00::", 7, 6),
                    Entry.of("2001::", 32, 7),
                    Entry.of("::", 0, 1));

    private static final List<Entry> PRECEDENCES =
            List.of(
                    Entry.of("::1", 128, 50),
                    Entry.of("2002::", 16, 30),
                    Entry.of("::ffff:0:0", 96, 10),
                    Entry.of("::", 96, 20),
                    Entry.of("::", 0, 40));

    private AddressPolicy() {}

    /** A source fits a destination that has the same. */
    static int label(IpAddress address) {
        return first(LABELS, address);
    }

    /** The higher the better. */
    static int precedence(IpAddress address) {
        return first(PRECEDENCES, address);
    }

    private static int first(List<Entry> entries, IpAddress address) {
        Ipv6Address wide = wide(address);
        return entries.stream()
                .filter(e -> wide.sharesPrefix(e.prefix, e.length))
                .findFirst()
                .orElseThrow()
                .value;
    }

    private static Ipv6Address wide(IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 -> Ipv6Address.mapped(ipv4);
            case Ipv6Address ipv6 -> ipv6;
            case NoAddress _ -> Ipv6Address.ANY;
        };
    }

    /** How far the address reaches. */
    static int scope(IpAddress address) {
        Ipv6Address wide = wide(address);
        if (wide.isMapped()) return scope(wide.unmapped().orElseThrow());
        if (wide.isMulticast()) return (int) (wide.high() >>> 48) & 0xF;
        if (wide.isLinkLocal() || wide.isLoopback()) return LINK_LOCAL;
        return wide.high() >>> 54 == 0xFEC0 >>> 6 ? SITE_LOCAL : GLOBAL;
    }

    private static int scope(Ipv4Address address) {
        boolean autoconfigured = address.bits() >>> 16 == 0xA9FE; // 169.254.0.0/16
        return autoconfigured || address.isLoopback() ? LINK_LOCAL : GLOBAL;
    }
}
