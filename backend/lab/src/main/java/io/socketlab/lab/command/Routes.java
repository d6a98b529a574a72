package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.Ipv4Route;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.RouteType;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The IPv4 routes of a host: to its own networks, and to others by a gateway.
 *
 * @param ways in the order in which the kernel lists them
 */
record Routes(List<Ipv4Route> ways) {

    private static final int UP = 1;
    private static final int GATEWAY = 2;
    private static final int HOST = 4;
    private static final int REJECT = 0x200;

    static Routes of(Host host) {
        var ways = new ArrayList<>(host.ip().routes());
        ways.sort(Comparator.comparingLong(r -> Integer.toUnsignedLong(r.network().bits())));
        return new Routes(List.copyOf(ways));
    }

    /**
     * {@code ip route}.
     *
     * @param asked whether a device is asked about; its name is empty where there is none
     */
    String asIp(Predicate<String> asked) {
        var out = new StringBuilder();
        for (Ipv4Route way : ways) {
            NetworkInterface by = way.out();
            if (!asked.test(by == null ? "" : by.device())) continue;
            if (by == null) {
                out.append(way.type().name().toLowerCase(Locale.ROOT)).append(' ');
            }
            out.append(prefix(way));
            way.gateway().ifPresent(g -> out.append(" via ").append(g));
            if (by != null) out.append(" dev ").append(by.device());
            if (way.isOwn()) out.append(" proto kernel");
            if (by != null && way.gateway().isEmpty()) out.append(" scope link");
            if (by != null && way.isOwn()) out.append(" src ").append(by.address());
            out.append(" \n");
        }
        return out.toString();
    }

    private static String prefix(Ipv4Route way) {
        return switch (way.prefixLength()) {
            case 0 -> "default";
            case Integer.SIZE -> way.network().toString();
            default -> way.network() + "/" + way.prefixLength();
        };
    }

    /**
     * One way.
     *
     * @param flags RTF_UP, RTF_GATEWAY, RTF_HOST, RTF_REJECT
     * @param device {@code *} where packets go nowhere
     */
    private record Entry(
            Ipv4Address destination, Ipv4Address gateway, int mask, int flags, String device) {

        static Entry of(Ipv4Route way) {
            int mask = way.prefixLength() == 0 ? 0 : -1 << 32 - way.prefixLength();
            NetworkInterface by = way.out();
            return new Entry(
                    way.network(),
                    way.gateway().orElse(Ipv4Address.ANY),
                    mask,
                    flags(way),
                    by == null ? "*" : by.device());
        }

        /** fib_flag_trans(). */
        private static int flags(Ipv4Route way) {
            int flags = UP;
            if (way.gateway().isPresent()) flags |= GATEWAY;
            if (way.prefixLength() == Integer.SIZE) flags |= HOST;
            boolean rejects =
                    way.type() == RouteType.UNREACHABLE || way.type() == RouteType.PROHIBIT;
            return rejects ? flags | REJECT : flags;
        }

        String letters() {
            String gateway = (flags & GATEWAY) != 0 ? "G" : "";
            String host = (flags & HOST) != 0 ? "H" : "";
            return "U" + gateway + host;
        }

        boolean isReject() {
            return (flags & REJECT) != 0;
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
            if (e.isReject()) {
                out.append(
                        Text.format(
                                "%-15s -               %-15s !         - -          - -\n",
                                e.destination, new Ipv4Address(e.mask)));
                continue;
            }
            out.append(
                    Text.format(
                            "%-15s %-15s %-15s %-5s %5d %-5d %6d %s\n",
                            e.destination,
                            e.gateway,
                            new Ipv4Address(e.mask),
                            e.letters(),
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
