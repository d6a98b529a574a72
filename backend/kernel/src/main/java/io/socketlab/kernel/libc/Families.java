package io.socketlab.kernel.libc;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Of which families getaddrinfo(3) is to find addresses: ai_family, and AI_V4MAPPED and AI_ALL,
 * which count for AF_INET6 only. AI_ADDRCONFIG leaves out a family that the host has no address of;
 * every host here has one of each.
 *
 * @param mapped where there is no IPv6 address, IPv4 addresses are written as such
 * @param all the mapped ones are wanted even where there are others
 */
record Families(boolean ipv4, boolean ipv6, boolean mapped, boolean all) {

    static final Families IPV4 = new Families(true, false, false, false);

    static Families of(Hints hints) {
        return switch (hints.family()) {
            case Syscall.Socket.AF_INET -> IPV4;
            case Syscall.Socket.AF_INET6 -> {
                boolean mapped = hints.has(Hints.AI_V4MAPPED);
                yield new Families(false, true, mapped, mapped && hints.has(Hints.AI_ALL));
            }
            default -> new Families(true, true, false, false);
        };
    }

    boolean isAny() {
        return ipv4 && ipv6;
    }

    /** Whether IPv4 addresses are wanted, written as IPv6 ones, beside {@code ipv6Found}. */
    boolean wantsMapped(List<IpAddress> ipv6Found) {
        return mapped && (all || ipv6Found.isEmpty());
    }

    /** Those of {@code addresses} that are wanted, as they are wanted. */
    List<IpAddress> of(List<IpAddress> addresses) {
        if (isAny()) return addresses;
        List<IpAddress> ipv4s = new ArrayList<>();
        List<IpAddress> found = new ArrayList<>();
        for (IpAddress address : addresses) {
            if (address instanceof Ipv6Address && ipv6) found.add(address);
            if (address instanceof Ipv4Address) ipv4s.add(address);
            // as glibc, which takes ::1 for 127.0.0.1 where it looks for IPv4 addresses
            else if (address.isLoopback()) ipv4s.add(Ipv4Address.LOOPBACK);
        }
        if (ipv4) return ipv4s;
        if (wantsMapped(found)) ipv4s.forEach(a -> found.add(mapped(a)));
        return found;
    }

    /** As an IPv6 address. */
    static IpAddress mapped(IpAddress address) {
        return address instanceof Ipv4Address ipv4 ? Ipv6Address.mapped(ipv4) : address;
    }
}
