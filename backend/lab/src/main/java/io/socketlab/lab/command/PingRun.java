package io.socketlab.lab.command;

import io.socketlab.kernel.ip.Delivery;
import io.socketlab.kernel.ip.EchoListener;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.lab.command.PingOptions.PathMtu;

/** ping(8) at work. */
final class PingRun implements EchoListener {

    private static final int ICMP_HEADER = 8;

    private final PingOptions options;
    private final ShellHost host;
    private final Terminal terminal;
    private final PingNames names;
    private final IpAddress source;
    private final IpAddress target;
    private final PingStatistics statistics;
    private final Timer next;
    private int identifier;
    private boolean ended;

    PingRun(
            PingOptions options,
            ShellHost host,
            Terminal terminal,
            PingNames names,
            IpAddress source,
            IpAddress target) {
        this.options = options;
        this.host = host;
        this.terminal = terminal;
        this.names = names;
        this.source = source;
        this.target = target;
        this.statistics = new PingStatistics(options.length(), host.loop().now());
        this.next = new Timer(host.loop(), this::turn);
    }

    void begin() {
        identifier = host.kernel().ip().echoRequests().open(this);
        turn();
    }

    private void turn() {
        if (statistics.sent() == options.count()) {
            end();
            return;
        }
        statistics.sent(host.loop().now());
        boolean isLast = statistics.sent() == options.count();
        next.start(isLast ? statistics.patience(options) : options.interval());
        send();
        endWithAll();
    }

    private void send() {
        IpLayer ip = host.kernel().ip();
        int mtu = ip.route(target).map(Route::mtu).orElse(0);
        boolean ipv4 = target instanceof Ipv4Address;
        int header = ipv4 ? Ipv4Header.SIZE : Ipv6Header.SIZE;
        boolean fits = header + ICMP_HEADER + options.length() <= mtu;
        if (!fits && options.pathMtu() == PathMtu.DO) {
            String separator = ipv4 ? "=" : ": ";
            tell("ping: local error: message too long, mtu%s%d\n", separator, mtu);
            statistics.failed();
            return;
        }
        var delivery =
                new Delivery(
                        source,
                        target,
                        ipv4 ? Ipv4Header.ICMP : Ipv6Header.ICMPV6,
                        options.ttl(),
                        0,
                        fits && options.pathMtu() != PathMtu.DONT);
        ip.echoRequests().send(delivery, identifier, statistics.sent(), options.length());
    }

    @Override
    public void reply(IpAddress from, int sequence, int length, int ttl) {
        PingStatistics.Reply reply = statistics.reply(sequence, host.loop().now());
        tell(
                "%d bytes from %s: icmp_seq=%d ttl=%d%s%s\n",
                length,
                names.of(from),
                sequence,
                ttl,
                reply.time(),
                reply.isAgain() ? " (DUP!)" : "");
        endWithAll();
    }

    @Override
    public void error(IpAddress from, int sequence, IcmpReport message) {
        statistics.failed();
        tell("From %s icmp_seq=%d %s\n", names.of(from), sequence, PingErrors.text(message));
        endWithAll();
    }

    /** Where all have been sent and each has had its answer, there is nothing to wait for. */
    private void endWithAll() {
        if (statistics.sent() == options.count() && statistics.isAllAnswered()) end();
    }

    private void tell(String format, Object... values) {
        if (!options.quiet()) terminal.print(Text.format(format, values));
    }

    private void end() {
        if (ended) return;
        ended = true;
        next.stop();
        host.kernel().ip().echoRequests().close(identifier);
        terminal.print(statistics.summary(options.target()));
        terminal.exit(statistics.received() > 0 ? 0 : 1);
    }
}
