package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.SocketReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * ss(8) of iproute2.
 *
 * @param options its letters
 * @param filter what is to be shown of the sockets
 */
record SsCommand(String options, Filter filter) implements ShortCommand {

    private static final String LETTERS = "nalomeiHOtus46";
    private static final List<String> LONG_NAMES =
            List.of(
                    "numeric",
                    "all",
                    "listening",
                    "options",
                    "memory",
                    "extended",
                    "info",
                    "no-header",
                    "oneline",
                    "tcp",
                    "udp",
                    "summary",
                    "ipv4",
                    "ipv6");
    private static final String USAGE =
            "expected ss with some of -t (TCP), -u (UDP), -4, -6, -a (all), -l (listening), -n (numbers),"
                    + " -o (timers), -m (memory), -i (inside TCP), -e (inode), -s (summary), -H (no"
                    + " header), -O (a line each), and then state NAME, sport = :PORT or dport ="
                    + " :PORT";

    /** The states that are shown without -a and -l: those of a connection that is there. */
    private static final List<Integer> CONNECTED = List.of(1, 2, 4, 5, 8, 9, 11);

    /**
     * What follows the options.
     *
     * @param states the numbers of those to be shown; empty for what the options say
     */
    record Filter(List<Integer> states, OptionalInt localPort, OptionalInt remotePort) {

        boolean takes(SocketReport socket) {
            return (states.isEmpty() || states.contains(socket.state()))
                    && fits(localPort, socket.local().port())
                    && fits(remotePort, socket.remote().port());
        }

        private static boolean fits(OptionalInt wanted, int port) {
            return wanted.isEmpty() || wanted.getAsInt() == port;
        }
    }

    static Command read(Words words) {
        String options = words.options(USAGE, LETTERS, LONG_NAMES);
        var states = new ArrayList<Integer>();
        OptionalInt local = OptionalInt.empty();
        OptionalInt remote = OptionalInt.empty();
        while (!words.isEmpty()) {
            if (words.accept("state")) states.addAll(states(words));
            else if (words.accept("sport")) local = port(words);
            else if (words.accept("dport")) remote = port(words);
            else throw words.unexpected(USAGE);
        }
        return new SsCommand(options, new Filter(List.copyOf(states), local, remote));
    }

    private static List<Integer> states(Words words) {
        if (words.accept("all")) return List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        if (words.accept("connected")) return List.of(1, 2, 3, 4, 5, 6, 8, 9, 11);
        if (words.accept("synchronized")) return List.of(1, 3, 4, 5, 6, 8, 9, 11);
        if (words.accept("bucket")) return List.of(3, 6);
        if (words.accept("big")) return List.of(1, 2, 4, 5, 7, 8, 9, 10, 11);
        int index = Sockets.FILTER_NAMES.indexOf(words.peek());
        String expected =
                "expected all, connected, synchronized, bucket, big or one of "
                        + String.join(", ", Sockets.FILTER_NAMES);
        if (index < 0) throw words.unknown(expected, Sockets.FILTER_NAMES);
        words.next(expected);
        return List.of(index + 1);
    }

    private static OptionalInt port(Words words) {
        String expected = "expected a port, as in sport = :80";
        if (!words.accept("=") && !words.accept("eq")) throw words.unexpected(expected);
        int offset = words.offset();
        String text = words.next(expected);
        if (!text.matches(":?[0-9]{1,5}")) {
            throw new CommandException(offset, expected + ", found '" + text + "'");
        }
        return OptionalInt.of(Integer.parseInt(text.replace(":", "")));
    }

    boolean has(char option) {
        return options.indexOf(option) >= 0;
    }

    @Override
    public CommandResult run(ShellHost host) {
        if (has('s')) return CommandResult.of(SsSummary.of(host.kernel()));
        boolean both = has('t') == has('u');
        var rows = new ArrayList<SsTable.Row>();
        Host kernel = host.kernel();
        if (both || has('u')) add(rows, "udp", kernel.udpSockets());
        if (both || has('t')) add(rows, "tcp", kernel.tcpSockets());
        return CommandResult.of(new SsTable(this, both).print(rows));
    }

    private void add(List<SsTable.Row> rows, String protocol, List<SocketReport> sockets) {
        for (SocketReport socket : sockets) {
            boolean ofFamily = has('4') == has('6') || has('6') == socket.domain().isIpv6();
            boolean asked = filter.states.isEmpty() ? isAsked(protocol, socket) : true;
            if (ofFamily && asked && filter.takes(socket))
                rows.add(new SsTable.Row(protocol, socket));
        }
    }

    private boolean isAsked(String protocol, SocketReport socket) {
        if (has('a')) return true;
        boolean listens =
                socket.state() == Sockets.LISTEN
                        || protocol.equals("udp") && socket.state() == Sockets.CLOSED;
        return has('l') ? listens : CONNECTED.contains(socket.state());
    }
}
