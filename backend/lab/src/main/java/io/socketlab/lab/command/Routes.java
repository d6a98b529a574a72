package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.Ipv4Route;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The IPv4 routes of a host: to its own networks, and to others by a gateway.
 *
 * @param ways in the order in which the kernel lists them
 */
record Routes(List<Ipv4Route> ways) {

    static Routes of(Host host) {
        var ways = new ArrayList<>(host.ip().routes());
        ways.sort(Comparator.comparingLong(r -> Integer.toUnsignedLong(r.network().bits())));
        return new Routes(List.copyOf(ways));
    }

    /**
     * {@code ip route}.
     *
     * @param asked whether a device is asked about
     */
    String asIp(Predicate<String> asked) {
        var out = new StringBuilder();
        for (Ipv4Route way : ways) {
            if (!asked.test(way.out().device())) continue;
            boolean isDefault = way.prefixLength() == 0;
            out.append(isDefault ? "default" : way.network() + "/" + way.prefixLength());
            way.gateway().ifPresent(g -> out.append(" via ").append(g));
            out.append(" dev ").append(way.out().device());
            if (way.gateway().isEmpty()) {
                out.append(" proto kernel scope link src ").append(way.out().address());
            }
            out.append(" \n");
        }
        return out.toString();
    }

    /**
     * One way.
     *
     * @param flags U: is up, G: by a gateway
     */
    private record Entry(
            Ipv4Address destination, Ipv4Address gateway, int mask, int flags, String device) {

        static Entry of(Ipv4Route way) {
            int mask = way.prefixLength() == 0 ? 0 : -1 << 32 - way.prefixLength();
            return new Entry(
                    way.network(),
                    way.gateway().orElse(Ipv4Address.ANY),
                    mask,
                    way.gateway().isPresent() ? 3 : 1,
                    way.out().device());
        }
    }

    private List<Entry> entries() {
        return ways.stream().map(Entry::of).toList();
    }

    /** {@code netstat -rn}. */
    String asNetstat() {
        var out =
                new StringBuilder(
                        "Kernel IP routing table\n"
                                + "Destination     Gateway         Genmask         Flags   MSS Window  irtt"
                                + " Iface\n");
        for (Entry e : entries()) {
            out.append(
                    Text.format(
                            "%-15s %-15s %-15s %-5s %5d %-5d %6d %s\n",
                            e.destination,
                            e.gateway,
                            new Ipv4Address(e.mask),
                            e.flags == 3 ? "UG" : "U",
                            0,
                            0,
                            0,
                            e.device));
        }
        return out.toString();
    }

    /** /proc/net/route. */
    String asProc() {
        String header =
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
        var out = new StringBuilder(Text.left(header, LINE)).append('\n');
        for (Entry e : entries()) {
            String line =
                    Text.format(
                            "%s\t%08X\t%08X\t%04X\t0\t0\t0\t%08X\t0\t0\t0",
                            e.device,
                            Integer.reverseBytes(e.destination.bits()),
                            Integer.reverseBytes(e.gateway.bits()),
                            e.flags,
                            Integer.reverseBytes(e.mask));
            out.append(Text.left(line, LINE)).append('\n');
        }
        return out.toString();
    }

    /** fib_route_seq_show() fills its lines up with blanks. */
    private static final int LINE = 127;
}
