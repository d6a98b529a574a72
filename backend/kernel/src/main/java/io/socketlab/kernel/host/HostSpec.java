package io.socketlab.kernel.host;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host to be built.
 *
 * @param address6 a global address; every host has a link-local one besides
 * @param more its other interfaces, each with a card like the first
 * @param routes to networks that are not its own
 * @param mtu of its first interface, octets, at least 68 (RFC 791)
 * @param cpu what its processors take; empty if nothing takes time
 */
public record HostSpec(
        String name,
        Ipv4Address address,
        int prefixLength,
        Optional<Ipv6Interface> address6,
        KernelProfile profile,
        Map<String, String> sysctls,
        int mtu,
        NicSettings nic,
        Optional<CpuSettings> cpu,
        List<InterfaceSpec> more,
        List<RouteSpec> routes) {

    public static final int ETHERNET_MTU = 1500;

    public HostSpec {
        if (name.isEmpty()) throw new IllegalArgumentException("a host needs a name");
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length " + prefixLength);
        }
        if (mtu < 68 || mtu > 65_535) throw new IllegalArgumentException("MTU " + mtu);
        // in the order given: a map of the JDK's own would have another in every JVM
        sysctls = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
        more = List.copyOf(more);
        routes = List.copyOf(routes);
    }

    /** The same with other interfaces and routes. */
    public HostSpec with(List<InterfaceSpec> interfaces, List<RouteSpec> ways) {
        return new HostSpec(
                name,
                address,
                prefixLength,
                address6,
                profile,
                sysctls,
                mtu,
                nic,
                cpu,
                interfaces,
                ways);
    }

    /** The same with an IPv6 address as well. */
    public HostSpec with(Ipv6Interface ipv6) {
        return new HostSpec(
                name,
                address,
                prefixLength,
                Optional.of(ipv6),
                profile,
                sysctls,
                mtu,
                nic,
                cpu,
                more,
                routes);
    }

    /** The same with processors that take time. */
    public HostSpec with(CpuSettings processors) {
        return new HostSpec(
                name,
                address,
                prefixLength,
                address6,
                profile,
                sysctls,
                mtu,
                nic,
                Optional.of(processors),
                more,
                routes);
    }

    /** A Linux host on Ethernet. */
    public static HostSpec linux(String name, Ipv4Address address, int prefixLength) {
        return new HostSpec(
                name,
                address,
                prefixLength,
                Optional.empty(),
                KernelProfile.LINUX,
                Map.of(),
                ETHERNET_MTU,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(),
                List.of());
    }
}
