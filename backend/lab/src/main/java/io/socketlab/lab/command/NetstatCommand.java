package io.socketlab.lab.command;

import static io.socketlab.kernel.socket.AddressFamily.AF_INET;
import static io.socketlab.kernel.socket.AddressFamily.AF_INET6;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.SocketReport.Domain;
import io.socketlab.kernel.socket.SocketReport.Waiting;
import io.socketlab.kernel.wire.Endpoint;
import java.util.List;

/**
 * netstat(8) of net-tools.
 *
 * @param options its letters
 */
record NetstatCommand(String options) implements ShortCommand {

    private static final String USAGE =
            "expected netstat with some of -t (TCP), -u (UDP), -a (all), -l (listening), -n"
                    + " (numbers), -o (timers), or alone: -s (statistics), -i (interfaces), -r"
                    + " (routes)";

    static Command read(Words words) {
        String options =
                words.options(
                        USAGE,
                        "tualnosir",
                        List.of(
                                "tcp",
                                "udp",
                                "all",
                                "listening",
                                "numeric",
                                "timers",
                                "statistics",
                                "interfaces",
                                "route"));
        words.end(USAGE);
        return new NetstatCommand(options);
    }

    private boolean has(char option) {
        return options.indexOf(option) >= 0;
    }

    @Override
    public CommandResult run(ShellHost host) {
        if (has('s')) return CommandResult.of(NetstatStatistics.print(host.kernel()));
        if (has('i')) return CommandResult.of(interfaces(host.kernel()));
        if (has('r')) return CommandResult.of(Routes.of(host.kernel()).asNetstat());
        return CommandResult.of(sockets(host));
    }

    private String sockets(ShellHost host) {
        boolean both = has('t') == has('u');
        String which =
                has('a') ? "servers and established" : has('l') ? "only servers" : "w/o servers";
        var out = new StringBuilder("Active Internet connections (" + which + ")\n");
        out.append(
                "Proto Recv-Q Send-Q Local Address           Foreign Address         State      ");
        out.append(has('o') ? " Timer\n" : "\n");
        if (both || has('t')) lines(out, "tcp", host.kernel().tcpSockets());
        if (both || has('u')) lines(out, "udp", host.kernel().udpSockets());
        return out.toString();
    }

    private void lines(StringBuilder out, String protocol, List<SocketReport> sockets) {
        Sockets.of(AF_INET, sockets).forEach(s -> line(out, protocol, s));
        Sockets.of(AF_INET6, sockets).forEach(s -> line(out, protocol + "6", s));
    }

    private void line(StringBuilder out, String protocol, SocketReport socket) {
        boolean isUdp = protocol.startsWith("udp");
        boolean listens = socket.state() == (isUdp ? Sockets.CLOSED : Sockets.LISTEN);
        if (!has('a') && listens != has('l')) return;
        // the queue of a listener is what waits to be accepted; its backlog is not shown
        long sendQueue = socket.state() == Sockets.LISTEN ? 0 : socket.sendQueue();
        String state = isUdp && socket.state() == Sockets.CLOSED ? "" : Sockets.netstatName(socket);
        out.append(
                Text.format(
                        "%-5s %6d %6d %-23s %-23s %-11s",
                        protocol,
                        socket.receiveQueue(),
                        sendQueue,
                        name(socket.domain(), socket.local()),
                        name(socket.domain(), socket.remote()),
                        state));
        if (has('o')) out.append(' ').append(timer(socket.waiting()));
        out.append('\n');
    }

    /** A mapped address is written as the IPv4 address that it is. */
    private String name(Domain domain, Endpoint endpoint) {
        boolean none = domain.isIpv6() && endpoint.address().isAny();
        String address = none ? "::" : endpoint.address().toString();
        return address + ":" + PortNames.of(endpoint.port(), has('n'));
    }

    private static String timer(Waiting waiting) {
        String name =
                switch (waiting.clock()) {
                    case OFF -> "off";
                    case ON -> "on";
                    case KEEPALIVE -> "keepalive";
                    case TIMEWAIT -> "timewait";
                    case PERSIST -> "probe";
                };
        double seconds = waiting.nanos() / 1e9;
        return Text.format(
                "%s (%.2f/%d/%d)", name, seconds, waiting.retransmissions(), waiting.probes());
    }

    private static String interfaces(Host host) {
        String line = "%-15s %5d %8d %6d %6d %-6d %8d %6d %6d %6d %s\n";
        var out =
                new StringBuilder(
                        "Kernel Interface table\n"
                                + "Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR"
                                + " TX-DRP TX-OVR Flg\n");
        for (Nic nic : host.nics()) {
            Nic.Counters n = nic.counters();
            out.append(
                    Text.format(
                            line,
                            nic.device(),
                            nic.mtu(),
                            n.received(),
                            0,
                            0,
                            0,
                            n.sent(),
                            0,
                            n.txDropped(),
                            0,
                            "BMRU"));
        }
        return out + Text.format(line, "lo", 65_536, 0, 0, 0, 0, 0, 0, 0, 0, "LRU");
    }
}
