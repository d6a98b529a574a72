package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routes of a host: to its own network, and to all others if it has a gateway.
 *
 * @param address the host's own
 */
record Routes(Ipv4Address address, int prefixLength, Optional<Ipv4Address> gateway) {

    static Routes of(Host host) {
        return new Routes(host.address(), host.prefixLength(), host.ip().gatewayAddress());
    }

    private int mask() {
        return prefixLength == 0 ? 0 : -1 << 32 - prefixLength;
    }

    private Ipv4Address network() {
        return new Ipv4Address(address.bits() & mask());
    }

    /** {@code ip route}. */
    String asIp() {
        String all = gateway.map(g -> "default via " + g + " dev eth0 \n").orElse("");
        String own = network() + "/" + prefixLength + " dev eth0 proto kernel scope link src ";
        return all + own + address + " \n";
    }

    /**
     * One way.
     *
     * @param flags U: is up, G: by a gateway
     */
    private record Entry(Ipv4Address destination, Ipv4Address gateway, int mask, int flags) {}

    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        gateway.ifPresent(g -> entries.add(new Entry(Ipv4Address.ANY, g, 0, 3)));
        entries.add(new Entry(network(), Ipv4Address.ANY, mask(), 1));
        return entries;
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
                            "eth0"));
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
                            "eth0\t%08X\t%08X\t%04X\t0\t0\t0\t%08X\t0\t0\t0",
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
