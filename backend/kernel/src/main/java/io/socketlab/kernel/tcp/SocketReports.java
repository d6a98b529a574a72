package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.SocketReport.Clock;
import io.socketlab.kernel.socket.SocketReport.Domain;
import io.socketlab.kernel.socket.SocketReport.Memory;
import io.socketlab.kernel.socket.SocketReport.Tcp;
import io.socketlab.kernel.socket.SocketReport.Waiting;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reports of all TCP sockets of a host. net/ipv4/inet_diag.c, tcp_diag.c. */
final class SocketReports {

    private static final Memory NO_MEMORY = new Memory(0, 0, 0, 0, 0);

    private final TcpLayer layer;

    SocketReports(TcpLayer layer) {
        this.layer = layer;
    }

    /** Listeners first, and then in the order in which the sockets were made. */
    List<SocketReport> all() {
        var reports = new ArrayList<SocketReport>();
        layer.listeners(listener -> reports.add(of(listener)));
        int listening = reports.size();
        layer.flows(flow -> reports.add(of(flow)));
        var byNumber = Comparator.comparingInt(SocketReport::number);
        reports.subList(0, listening).sort(byNumber);
        reports.subList(listening, reports.size()).sort(byNumber);
        return reports;
    }

    private SocketReport of(Listener listener) {
        TcpInfo info = TcpInfoReport.of(listener, layer.tunables().reordering);
        return new SocketReport(
                listener.number(),
                TcpState.LISTEN.number(),
                domain(listener.settings, listener.local()),
                listener.local(),
                Endpoint.ANY,
                listener.acceptQueue(),
                listener.backlog(),
                Waiting.NOT,
                limits(listener.settings.base),
                Optional.of(new Tcp(Optional.of(info), listener.settings.congestion, 0, false)));
    }

    private static Memory limits(SocketOptions options) {
        return new Memory(0, options.receiveBuffer(), 0, options.sendBuffer(), 0);
    }

    private SocketReport of(Flow flow) {
        return switch (flow) {
            case Connection c -> of(c);
            case HalfOpen half -> rest(half.child(), TcpState.SYN_RECEIVED, half.waiting());
            case TimeWait rest -> rest(rest.connection(), rest.state(), rest.waiting());
            default -> throw new IllegalStateException("a flow of another kind: " + flow);
        };
    }

    private static Domain domain(SocketSettings settings, Endpoint local) {
        return Domain.of(settings.family(), settings.ipv6Only(), local.address());
    }

    /** Of a connection that has no socket of its own yet, or no more. */
    private static SocketReport rest(Connection c, TcpState state, Waiting waiting) {
        return new SocketReport(
                c.number,
                state.number(),
                domain(c.settings, c.localEndpoint()),
                c.localEndpoint(),
                c.remoteEndpoint(),
                0,
                0,
                waiting,
                NO_MEMORY,
                Optional.of(new Tcp(Optional.empty(), "", 0, false)));
    }

    private static SocketReport of(Connection c) {
        return new SocketReport(
                c.number,
                c.tcb.state.number(),
                domain(c.settings, c.localEndpoint()),
                c.localEndpoint(),
                c.remoteEndpoint(),
                unread(c),
                Integer.toUnsignedLong(c.tcb.snd.writeSeq - c.tcb.snd.una),
                waiting(c),
                new Memory(
                        c.receiveBuffer.memory() + c.reassembly.memory(),
                        c.settings.rcvbuf(),
                        c.sendBuffer.memory(),
                        c.settings.base.sendBuffer(),
                        c.drops),
                Optional.of(
                        new Tcp(
                                Optional.of(TcpInfoReport.of(c)),
                                c.settings.congestion,
                                c.delayedAck.quickLeft(),
                                c.delayedAck.isPingpong())));
    }

    /** The FIN counts too, until the program has been told of it. */
    private static long unread(Connection c) {
        if (!c.tcb.state.isSynchronized()) return 0;
        int octets = c.tcb.rcv.nxt - c.tcb.rcv.copied;
        return c.endRead ? octets - 1 : octets;
    }

    private static Waiting waiting(Connection c) {
        RetransmitTimer timer = c.retransmitTimer;
        if (timer.isRunning()) {
            Clock clock = timer.kind() == TimerKind.PERSIST ? Clock.PERSIST : Clock.ON;
            return new Waiting(
                    clock, timer.deadline() - c.now(), timer.retransmits(), timer.probes());
        }
        long keepAlive = c.keepAliveDeadline();
        Clock clock = keepAlive < 0 ? Clock.OFF : Clock.KEEPALIVE;
        long left = keepAlive < 0 ? 0 : keepAlive - c.now();
        return new Waiting(clock, left, timer.retransmits(), timer.probes());
    }
}
