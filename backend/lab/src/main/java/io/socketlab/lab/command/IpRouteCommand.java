package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.Ipv4Route;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.RouteType;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code ip route add}, {@code replace} and {@code del}, of IPv4. ip-route(8).
 *
 * @param type empty where none is written
 */
record IpRouteCommand(
        Action action,
        Optional<RouteType> type,
        Prefix to,
        Optional<Ipv4Address> gateway,
        Optional<String> device)
        implements ShortCommand {

    enum Action {
        ADD,
        REPLACE,
        DELETE
    }

    /** A network, {@code 10.0.0.0/24}. */
    record Prefix(Ipv4Address network, int length) {

        boolean isOf(Ipv4Route route) {
            return route.prefixLength() == length && network.equals(route.network());
        }
    }

    /** What ip(8) exits with where the kernel refuses. */
    private static final int REFUSED = 2;

    private static final String USAGE =
            "expected ip route add, replace or del, then perhaps blackhole, unreachable or prohibit,"
                    + " then default or a network such as 10.1.0.0/16, then perhaps via ADDRESS and"
                    + " dev DEVICE";
    private static final String NETWORK = "expected default or a network such as 10.1.0.0/16";
    private static final List<String> TYPES =
            List.of("unicast", "blackhole", "unreachable", "prohibit");
    private static final List<String> ACTIONS = List.of("add", "replace", "del", "delete");

    /** Whether {@code word} says that a route is to be changed. */
    static boolean isAction(String word) {
        return ACTIONS.contains(word);
    }

    static ShortCommand read(Words words) {
        Action action =
                switch (words.next(USAGE)) {
                    case "add" -> Action.ADD;
                    case "replace" -> Action.REPLACE;
                    default -> Action.DELETE;
                };
        Optional<RouteType> type = Optional.empty();
        if (TYPES.contains(words.peek())) {
            type = Optional.of(RouteType.valueOf(words.next(USAGE).toUpperCase(Locale.ROOT)));
        }
        Prefix to = prefix(words);
        Optional<Ipv4Address> gateway = Optional.empty();
        Optional<String> device = Optional.empty();
        int options = words.offset();
        while (!words.isEmpty()) {
            if (words.accept("via")) gateway = Optional.of(address(words));
            else if (words.accept("dev")) device = Optional.of(device(words));
            else throw words.unknown(USAGE, List.of("via", "dev"));
        }
        boolean goes = type.orElse(RouteType.UNICAST) == RouteType.UNICAST;
        boolean said = gateway.isPresent() || device.isPresent();
        if (action != Action.DELETE && goes && !said) {
            throw new CommandException(options, "expected via ADDRESS or dev DEVICE");
        }
        if (!goes && said) {
            throw new CommandException(options, "expected no more: it goes nowhere");
        }
        return new IpRouteCommand(action, type, to, gateway, device);
    }

    private static Prefix prefix(Words words) {
        if (words.accept("default")) return new Prefix(Ipv4Address.ANY, 0);
        int offset = words.offset();
        String word = words.next(NETWORK);
        int slash = word.indexOf('/');
        String length = slash < 0 ? "32" : word.substring(slash + 1);
        Optional<Ipv4Address> network =
                Ipv4Address.parse(slash < 0 ? word : word.substring(0, slash));
        boolean isLength = length.matches("[0-9]{1,2}") && Integer.parseInt(length) <= Integer.SIZE;
        if (network.isEmpty() || !isLength) {
            throw new CommandException(offset, NETWORK + ", found '" + word + "'");
        }
        var prefix = new Prefix(network.get(), Integer.parseInt(length));
        if (!prefix.isOf(Ipv4Route.nowhere(prefix.network, prefix.length, RouteType.BLACKHOLE))) {
            throw new CommandException(
                    offset,
                    "expected a network without bits behind its prefix, found '" + word + "'");
        }
        return prefix;
    }

    private static Ipv4Address address(Words words) {
        String expected = "expected the address of a router, such as 10.0.0.254";
        int offset = words.offset();
        String word = words.next(expected);
        return Ipv4Address.parse(word)
                .orElseThrow(
                        () -> new CommandException(offset, expected + ", found '" + word + "'"));
    }

    private static String device(Words words) {
        if (!Devices.isName(words.peek())) {
            throw words.unknown("expected a device such as eth0", List.of("eth0"));
        }
        return words.next(USAGE);
    }

    @Override
    public CommandResult run(ShellHost host) {
        Host kernel = host.kernel();
        if (device.isPresent() && named(kernel).isEmpty()) {
            return CommandResult.failed(1, "Cannot find device \"" + device.get() + "\"");
        }
        return action == Action.DELETE ? delete(kernel.ip()) : put(kernel);
    }

    private Optional<NetworkInterface> named(Host host) {
        return host.ip().interfaces().stream()
                .filter(own -> own.device().equals(device.orElse("")))
                .findFirst();
    }

    private CommandResult put(Host host) {
        IpLayer ip = host.ip();
        Ipv4Route route;
        RouteType written = type.orElse(RouteType.UNICAST);
        if (written != RouteType.UNICAST) {
            route = Ipv4Route.nowhere(to.network, to.length, written);
        } else if (gateway.isEmpty()) {
            route = Ipv4Route.onLink(to.network, to.length, named(host).orElseThrow());
        } else {
            Optional<NetworkInterface> out = reaching(host);
            if (out.isEmpty()) {
                return CommandResult.failed(REFUSED, "Error: Nexthop has invalid gateway.");
            }
            route = Ipv4Route.via(to.network, to.length, gateway.get(), out.get());
        }
        if (action == Action.REPLACE) {
            ip.replaceRoute(route);
        } else if (!ip.addRoute(route)) {
            return CommandResult.failed(REFUSED, "RTNETLINK answers: File exists");
        }
        return CommandResult.of("");
    }

    /** A gateway has to be on a network of the host's own, and to be another host. */
    private Optional<NetworkInterface> reaching(Host host) {
        Ipv4Address hop = gateway.orElseThrow();
        if (host.ip().isLocal(hop)) return Optional.empty();
        return host.ip().interfaces().stream()
                .filter(own -> own.reaches(hop))
                .filter(own -> device.isEmpty() || device.get().equals(own.device()))
                .findFirst();
    }

    private CommandResult delete(IpLayer ip) {
        boolean removed = ip.removeRoute(this::isMeant);
        return removed
                ? CommandResult.of("")
                : CommandResult.failed(REFUSED, "RTNETLINK answers: No such process");
    }

    private boolean isMeant(Ipv4Route route) {
        NetworkInterface out = route.out();
        return to.isOf(route)
                && (type.isEmpty() || type.get() == route.type())
                && (gateway.isEmpty() || gateway.equals(route.gateway()))
                && (device.isEmpty() || out != null && out.device().equals(device.get()));
    }
}
