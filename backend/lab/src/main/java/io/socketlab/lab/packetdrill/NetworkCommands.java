package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The commands that set up links, routes and queues: ip(8), ifconfig(8), tc(8), ethtool(8). */
final class NetworkCommands {

    /** RFC 791: what every host must take. */
    private static final int LEAST_MTU = 68;

    private static final int MOST_MTU = 65_535;

    private final Machine machine;

    NetworkCommands(Machine machine) {
        this.machine = machine;
    }

    /**
     * @throws CommandFailure if its arguments are wrong
     * @throws Unsupported if they ask for what is not there
     */
    boolean run(String program, List<String> arguments) {
        return switch (program) {
            case "ip" -> ip(arguments);
            case "ifconfig" -> link(arguments);
            case "tc" -> tc(arguments);
            case "ethtool" -> ethtool(arguments);
            default -> throw new IllegalArgumentException(program);
        };
    }

    private boolean ip(List<String> arguments) {
        var words = new ArrayList<>(arguments);
        words.removeIf(w -> w.equals("-4") || w.equals("-6"));
        boolean ipv6 = arguments.contains("-6");
        if (words.isEmpty()) throw new CommandFailure("ip: expected what of, such as route");
        return switch (words.getFirst()) {
            case "tcp_metrics" -> {
                machine.flushTcpMetrics();
                yield true;
            }
            case "route" -> route(words, ipv6);
            case "link" -> link(words);
            default -> throw new Unsupported("ip " + words.getFirst());
        };
    }

    private boolean link(List<String> words) {
        int mtu = words.indexOf("mtu");
        if (mtu < 0) throw new Unsupported(String.join(" ", words));
        machine.mtu(CommandFailure.number("mtu", after(words, mtu), LEAST_MTU, MOST_MTU));
        return true;
    }

    /** The word that must follow the one at {@code index}. */
    private static String after(List<String> words, int index) {
        if (index + 1 < words.size()) return words.get(index + 1);
        throw new CommandFailure("expected a value after " + words.get(index));
    }

    private boolean route(List<String> words, boolean ipv6) {
        if (words.size() < 3) throw new Unsupported("ip " + String.join(" ", words));
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 3; i < words.size(); i += 2) {
            String name = words.get(i);
            if (after(words, i).equals("lock")) i++;
            attributes.put(name, after(words, i));
        }
        String destination = words.get(2);
        if (destination.equals("default")) {
            machine.route(ipv6 ? Ipv6Address.ANY : Ipv4Address.ANY, 0, attributes);
            return true;
        }
        int slash = destination.indexOf('/');
        String address = slash < 0 ? destination : destination.substring(0, slash);
        IpAddress network =
                IpAddress.parse(address)
                        .orElseThrow(() -> new Unsupported("a route to " + destination));
        int most = network instanceof Ipv6Address ? 128 : 32;
        String length = slash < 0 ? "" + most : destination.substring(slash + 1);
        machine.route(
                network, CommandFailure.number("a route's prefix", length, 0, most), attributes);
        return true;
    }

    /** Segments are cut before they are seen here, whoever cuts them: offloads change nothing. */
    private static boolean ethtool(List<String> words) {
        if (!words.isEmpty() && words.getFirst().equals("-K")) return true;
        throw new Unsupported("ethtool " + String.join(" ", words));
    }

    private boolean tc(List<String> words) {
        int root = words.indexOf("root");
        if (!words.contains("qdisc") || root < 0) {
            throw new Unsupported("tc " + String.join(" ", words));
        }
        if (words.contains("delete") || words.contains("del") || root + 1 == words.size()) {
            machine.qdisc(List.of("pfifo_fast"));
            return true;
        }
        machine.qdisc(words.subList(root + 1, words.size()));
        return true;
    }
}
