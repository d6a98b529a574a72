package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.SocketReport;
import java.util.List;

/**
 * {@code ss -s}, and the counts that /proc/net/sockstat has.
 *
 * @param tcp sockets in use
 * @param waiting connections in TIME_WAIT
 */
record SsSummary(Families tcp, int established, int waiting, int orphans, Families udp) {

    /** How many there are of each family. */
    record Families(int ipv4, int ipv6) {

        int total() {
            return ipv4 + ipv6;
        }

        private static Families of(List<SocketReport> sockets) {
            int ipv6 = (int) sockets.stream().filter(s -> s.domain().isIpv6()).count();
            return new Families(sockets.size() - ipv6, ipv6);
        }

        private Families plus(Families other) {
            return new Families(ipv4 + other.ipv4, ipv6 + other.ipv6);
        }
    }

    static SsSummary count(Host host) {
        List<SocketReport> tcp = host.tcpSockets();
        int established = (int) tcp.stream().filter(SsSummary::isEstablished).count();
        int waiting = (int) tcp.stream().filter(SsSummary::waits).count();
        List<SocketReport> inUse =
                tcp.stream().filter(s -> !waits(s) && s.state() != Sockets.SYN_RECEIVED).toList();
        return new SsSummary(
                Families.of(inUse),
                established,
                waiting,
                host.orphans(),
                Families.of(host.udpSockets()));
    }

    private static boolean isEstablished(SocketReport socket) {
        return socket.state() == Sockets.ESTABLISHED || socket.state() == Sockets.CLOSE_WAIT;
    }

    private static boolean waits(SocketReport socket) {
        return socket.waiting().clock() == SocketReport.Clock.TIMEWAIT;
    }

    static String of(Host host) {
        SsSummary n = count(host);
        var out = new StringBuilder();
        int closed = n.waiting;
        Families inet = n.tcp.plus(n.udp);
        out.append("Total: ").append(inet.total()).append('\n');
        out.append(
                Text.format(
                        "TCP:   %d (estab %d, closed %d, orphaned %d, timewait %d)\n\n",
                        n.tcp.total() + n.waiting, n.established, closed, n.orphans, n.waiting));
        out.append("Transport Total     IP        IPv6\n");
        line(out, "RAW", new Families(0, 0));
        line(out, "UDP", n.udp);
        line(out, "TCP", n.tcp);
        line(out, "INET", inet);
        line(out, "FRAG", new Families(0, 0));
        return out.append('\n').toString();
    }

    private static void line(StringBuilder out, String name, Families count) {
        out.append(Text.format("%s\t  %-9d %-9d %-9d", name, count.total(), count.ipv4, count.ipv6))
                .append('\n');
    }
}
