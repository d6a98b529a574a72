package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;

/**
 * ip(8) of iproute2: what it shows.
 *
 * @param statistics how often {@code -s} is there
 */
record IpCommand(Subject subject, int statistics, List<String> devices) implements Command {

    private enum Subject {
        LINK,
        ADDRESS,
        ROUTE,
        NEIGHBOUR
    }

    private static final String USAGE =
            "expected ip [-s] and one of link, addr, route, neigh, and then perhaps show and eth0"
                    + " or lo";
    private static final List<String> DEVICES = List.of("lo", "eth0");
    private static final List<String> WORDS = List.of("link", "addr", "route", "neigh");

    static Command read(Words words) {
        int statistics = 0;
        while (words.peek().startsWith("-")) {
            if (words.accept("-s") || words.accept("-stats")) statistics++;
            else if (!words.accept("-4")) throw words.unexpected(USAGE);
        }
        Subject subject = subject(words);
        if (!words.accept("show") && !words.accept("list")) words.accept("ls");
        words.accept("dev");
        List<String> devices = DEVICES;
        if (!words.isEmpty()) {
            if (!DEVICES.contains(words.peek()))
                throw words.unknown("expected lo or eth0", DEVICES);
            devices = List.of(words.next(USAGE));
        }
        words.end(USAGE);
        return new IpCommand(subject, statistics, devices);
    }

    /** Objects can be shortened, as long as it is clear which is meant. */
    private static Subject subject(Words words) {
        String word = words.peek();
        Subject subject =
                switch (word) {
                    case "l", "li", "lin", "link" -> Subject.LINK;
                    case "a", "ad", "add", "addr", "addre", "addres", "address" -> Subject.ADDRESS;
                    case "r", "ro", "rou", "rout", "route" -> Subject.ROUTE;
                    case "n", "ne", "nei", "neig", "neigh", "neighbour", "neighbor" ->
                            Subject.NEIGHBOUR;
                    default -> throw words.unknown(USAGE, WORDS);
                };
        words.next(USAGE);
        return subject;
    }

    @Override
    public CommandResult run(ShellHost host) {
        Host kernel = host.kernel();
        return CommandResult.of(
                switch (subject) {
                    case LINK -> links(kernel, true);
                    case ADDRESS -> links(kernel, false);
                    case ROUTE -> Routes.of(kernel).asIp();
                    case NEIGHBOUR -> neighbours(kernel);
                });
    }

    private static String neighbours(Host host) {
        var out = new StringBuilder();
        for (Neighbour n : Neighbour.of(host)) {
            out.append(n.address())
                    .append(" dev eth0 lladdr ")
                    .append(n.hardwareAddress())
                    .append(" PERMANENT \n");
        }
        return out.toString();
    }

    private String links(Host host, boolean asLink) {
        var out = new StringBuilder();
        for (String device : devices) {
            out.append(device.equals("lo") ? loopback(asLink) : ethernet(host, asLink));
            if (statistics > 0) out.append(statistics(host, device));
        }
        return out.toString();
    }

    private static String loopback(boolean asLink) {
        String mode = asLink ? "mode DEFAULT " : "";
        String link =
                "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN "
                        + mode
                        + "group default qlen 1000\n"
                        + "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n";
        return asLink ? link : link + inet("127.0.0.1/8", "scope host lo");
    }

    private static String ethernet(Host host, boolean asLink) {
        Nic nic = host.nic();
        String mode = asLink ? "mode DEFAULT " : "";
        String link =
                Text.format(
                        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu %d qdisc %s state UP"
                                + " %sgroup default qlen 1000\n"
                                + "    link/ether %s brd ff:ff:ff:ff:ff:ff\n",
                        nic.mtu(), QDISC, mode, Neighbour.hardwareAddress(nic.address()));
        if (asLink) return link;
        int prefix = host.prefixLength();
        boolean hasBroadcast = prefix < 31;
        int last = host.address().bits() | (prefix == 0 ? -1 : ~(-1 << 32 - prefix));
        String broadcast = hasBroadcast ? "brd " + new Ipv4Address(last) + " " : "";
        return link + inet(host.address() + "/" + prefix, broadcast + "scope global eth0");
    }

    private static final String QDISC = "pfifo_fast";

    private static String inet(String address, String rest) {
        return "    inet "
                + address
                + " "
                + rest
                + "\n       valid_lft forever preferred_lft forever\n";
    }

    private String statistics(Host host, String device) {
        Nic.Counters n = host.nic().counters();
        boolean isLoopback = device.equals("lo");
        long[] rx =
                isLoopback
                        ? new long[6]
                        : new long[] {n.receivedOctets(), n.received(), 0, 0, n.rxMissed(), 0};
        long[] tx =
                isLoopback
                        ? new long[6]
                        : new long[] {n.sentOctets(), n.sent(), 0, n.txDropped(), 0, 0};
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
