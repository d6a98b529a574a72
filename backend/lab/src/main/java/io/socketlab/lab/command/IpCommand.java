package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import java.util.List;
import java.util.Optional;

/**
 * ip(8) of iproute2: what it shows. What it changes is {@link IpRouteCommand}'s.
 *
 * @param statistics how often {@code -s} is there
 * @param family 4 or 6 where {@code -4} or {@code -6} is there; 0 for neither
 * @param device the one that is asked about
 */
record IpCommand(Subject subject, int statistics, int family, Optional<String> device)
        implements ShortCommand {

    private enum Subject {
        LINK,
        ADDRESS,
        ROUTE,
        NEIGHBOUR
    }

    private static final String USAGE =
            "expected ip [-s] [-4|-6] and one of link, addr, route, neigh, and then perhaps show and"
                    + " eth0 or lo; after route also add, replace or del";
    private static final List<String> WORDS = List.of("link", "addr", "route", "neigh");

    static Command read(Words words) {
        int statistics = 0;
        int family = 0;
        while (words.peek().startsWith("-")) {
            if (words.accept("-s") || words.accept("-stats")) statistics++;
            else if (words.accept("-4")) family = 4;
            else if (words.accept("-6")) family = 6;
            else throw words.unexpected(USAGE);
        }
        Subject subject = subject(words);
        if (subject == Subject.ROUTE && IpRouteCommand.isAction(words.peek())) {
            if (family == 6) throw words.unexpected("expected show: IPv6 routes stay as they are");
            return IpRouteCommand.read(words);
        }
        if (!words.accept("show") && !words.accept("list")) words.accept("ls");
        words.accept("dev");
        Optional<String> device = Optional.empty();
        if (!words.isEmpty()) {
            if (!Devices.isName(words.peek()))
                throw words.unknown("expected lo or eth0", List.of("lo", "eth0"));
            device = Optional.of(words.next(USAGE));
        }
        words.end(USAGE);
        return new IpCommand(subject, statistics, family, device);
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
        if (device.isPresent() && !Devices.has(kernel, device.get())) {
            return CommandResult.failed(1, "Device \"" + device.get() + "\" does not exist.");
        }
        return CommandResult.of(
                switch (subject) {
                    case LINK -> links(new IpLinks(kernel, true, 0, statistics));
                    case ADDRESS -> links(new IpLinks(kernel, false, family, statistics));
                    case ROUTE ->
                            family == 6
                                    ? Ipv6Tables.routes(kernel, this::isAsked)
                                    : Routes.of(kernel).asIp(this::isAsked);
                    case NEIGHBOUR -> neighbours(kernel);
                });
    }

    private String links(IpLinks links) {
        return device.flatMap(links::of).orElseGet(links::all);
    }

    private boolean isAsked(String name) {
        return device.isEmpty() || device.get().equals(name);
    }

    private String neighbours(Host host) {
        var out = new StringBuilder();
        if (family != 6) {
            for (Neighbour n : Neighbour.of(host)) {
                if (isAsked(n.device())) out.append(n.print());
            }
        }
        if (family != 4) out.append(Ipv6Tables.neighbours(host, this::isAsked));
        return out.toString();
    }
}
