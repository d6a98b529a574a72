package io.socketlab.lab.command;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;

/** ping(8) of iputils: asks a host for echoes. */
record Ping(PingOptions options) implements LastingCommand {

    /** What it exits with where nothing could be sent. */
    private static final int FAILED = 2;

    /** Octets of the headers of IPv4 and ICMP. */
    private static final int HEADERS = 28;

    @Override
    public void start(ShellHost host, Terminal terminal) {
        Optional<? extends IpAddress> address = options.address(host);
        if (address.isEmpty()) {
            fail(terminal, options.target() + ": Name or service not known");
            return;
        }
        IpAddress target = address.get();
        IpLayer ip = host.kernel().ip();
        if (ip.isBroadcast(target)) {
            fail(
                    terminal,
                    "Do you want to ping broadcast? Then -b. If not, check your local firewall rules");
            return;
        }
        Optional<Route> route = ip.route(target);
        if (route.isEmpty()) {
            fail(
                    terminal,
                    "connect: " + Errno.of(ip.routeError(target, NetworkInterface.ANY)).text());
            return;
        }
        var names = new PingNames(host, options.numeric());
        terminal.print(title(target, names));
        new PingRun(options, host, terminal, names, route.get().source(), target).begin();
    }

    private String title(IpAddress target, PingNames names) {
        if (target instanceof Ipv6Address) {
            return Text.format(
                    "PING %s(%s) %d data bytes\n",
                    options.target(), names.of(target), options.length());
        }
        var ipv4 = (Ipv4Address) target;
        int packet = options.length() + HEADERS;
        return Text.format(
                "PING %s (%s) %d(%d) bytes of data.\n",
                options.target(), ipv4, options.length(), packet);
    }

    private static void fail(Terminal terminal, String problem) {
        terminal.print("ping: " + problem + "\n");
        terminal.exit(FAILED);
    }
}
