package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ip link} and {@code ip addr} print of the interfaces of a host.
 *
 * @param host whose they are
 * @param asLink {@code link}, and not {@code addr}
 * @param family 4 or 6 for the addresses of one family; 0 for both
 * @param statistics how often {@code -s} is there
 */
record IpLinks(Host host, boolean asLink, int family, int statistics) {

    static final String LOOPBACK = NetworkInterface.LOOPBACK;

    private static final String FOREVER = "\n       valid_lft forever preferred_lft forever\n";

    String loopback() {
        var out =
                new StringBuilder(
                        head(
                                NetworkInterface.LOOPBACK_INDEX,
                                "lo: <LOOPBACK,UP,LOWER_UP>",
                                65_536,
                                "noqueue",
                                "UNKNOWN"));
        if (family == 0) out.append(hardware("loopback", "00:00:00:00:00:00", "00:00:00:00:00:00"));
        if (!asLink && family != 6) out.append(inet("127.0.0.1/8", "scope host lo"));
        if (!asLink && family != 4) out.append(inet6("::1/128", "host"));
        if (statistics > 0) out.append(statistics(new long[6], new long[6]));
        return out.toString();
    }

    String ethernet(NetworkInterface own) {
        Nic nic = own.nic();
        String flags = nic.device() + ": <BROADCAST,MULTICAST,UP,LOWER_UP>";
        var out = new StringBuilder(head(own.index(), flags, nic.mtu(), nic.qdisc().kind(), "UP"));
        if (family == 0) {
            out.append(
                    hardware(
                            "ether",
                            Neighbour.hardwareAddress(nic.address()),
                            "ff:ff:ff:ff:ff:ff"));
        }
        if (!asLink && family != 6) out.append(ipv4(own));
        boolean hasIpv6 = own.equals(host.ip().interfaces().getFirst());
        if (!asLink && family != 4 && hasIpv6) {
            for (Ipv6Interface address : host.ip().ipv6Addresses()) {
                String scope = address.address().isLinkLocal() ? "link" : "global";
                out.append(inet6(address.toString(), scope));
            }
        }
        Nic.Counters n = nic.counters();
        if (statistics > 0) {
            out.append(
                    statistics(
                            new long[] {n.receivedOctets(), n.received(), 0, 0, n.rxMissed(), 0},
                            new long[] {n.sentOctets(), n.sent(), 0, n.txDropped(), 0, 0}));
        }
        return out.toString();
    }

    /** Of one family alone there is less to tell. */
    private String head(int index, String name, int mtu, String qdisc, String state) {
        String mode = asLink ? "mode DEFAULT " : "";
        return family == 6
                ? Text.format("%d: %s mtu %d state %s qlen 1000\n", index, name, mtu, state)
                : Text.format(
                        "%d: %s mtu %d qdisc %s state %s %sgroup default qlen 1000\n",
                        index, name, mtu, qdisc, state, mode);
    }

    private static String hardware(String kind, String address, String broadcast) {
        return "    link/" + kind + " " + address + " brd " + broadcast + "\n";
    }

    private static String ipv4(NetworkInterface own) {
        int prefix = own.prefixLength();
        int last = own.address().bits() | (prefix == 0 ? -1 : ~(-1 << 32 - prefix));
        String broadcast = prefix < 31 ? "brd " + new Ipv4Address(last) + " " : "";
        return inet(own.address() + "/" + prefix, broadcast + "scope global " + own.device());
    }

    private static String inet(String address, String rest) {
        return "    inet " + address + " " + rest + FOREVER;
    }

    private static String inet6(String address, String scope) {
        return "    inet6 " + address + " scope " + scope + " " + FOREVER;
    }

    /** Those of {@code device}; empty if the host has none of that name. */
    Optional<String> of(String device) {
        if (device.equals(LOOPBACK)) return Optional.of(loopback());
        for (NetworkInterface own : host.ip().interfaces()) {
            if (own.device().equals(device)) return Optional.of(ethernet(own));
        }
        return Optional.empty();
    }

    String all() {
        var out = new StringBuilder(loopback());
        host.ip().interfaces().forEach(i -> out.append(of(i.device()).orElseThrow()));
        return out.toString();
    }

    private String statistics(long[] rx, long[] tx) {
        var out = new StringBuilder();
        counts(out, "RX:", List.of("bytes", "packets", "errors", "dropped", "missed", "mcast"), rx);
        if (statistics > 1) {
            counts(
                    out,
                    "RX errors:",
                    List.of("length", "crc", "frame", "fifo", "overrun"),
                    new long[5]);
        }
        counts(
                out,
                "TX:",
                List.of("bytes", "packets", "errors", "dropped", "carrier", "collsns"),
                tx);
        if (statistics > 1) {
            counts(
                    out,
                    "TX errors:",
                    List.of("aborted", "fifo", "window", "heartbt", "transns"),
                    new long[5]);
        }
        return out.toString();
    }

    /**
     * A line of names and one of numbers. ip(8) makes each column 7 wide, but for the first two
     * names of errors, and any number that is wider.
     */
    private static void counts(StringBuilder out, String title, List<String> names, long[] values) {
        boolean errors = title.endsWith("errors:");
        int narrow = errors ? 1 : 2;
        var head = new StringBuilder("    " + title);
        var line = new StringBuilder("    " + " ".repeat(title.length()));
        for (int i = 0; i < names.size(); i++) {
            String value = Long.toString(values[i]);
            int usual = i == narrow || i == 0 && !errors ? 6 : 7;
            int width = Math.max(usual, value.length());
            head.append(' ').append(Text.right(names.get(i), width));
            line.append(' ').append(Text.right(value, width));
        }
        out.append(head.toString().stripTrailing()).append('\n');
        out.append(line).append(" \n");
    }
}
