package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.SocketReport;
import java.util.List;

/** {@code ss -s}, and the counts that /proc/net/sockstat has. */
record SsSummary(int tcp, int established, int waiting, int orphans, int udp) {

    static SsSummary count(Host host) {
        List<SocketReport> tcp = host.tcpSockets();
        int established = 0;
        int waiting = 0;
        int inUse = 0;
        for (SocketReport socket : tcp) {
            boolean isEstablished =
                    socket.state() == Sockets.ESTABLISHED || socket.state() == Sockets.CLOSE_WAIT;
            if (isEstablished) established++;
            if (socket.waiting().clock() == SocketReport.Clock.TIMEWAIT) waiting++;
            else if (socket.state() != Sockets.SYN_RECEIVED) inUse++;
        }
        return new SsSummary(inUse, established, waiting, host.orphans(), host.udpSockets().size());
    }

    static String of(Host host) {
        SsSummary n = count(host);
        var out = new StringBuilder();
        int closed = n.waiting;
        out.append("Total: ").append(n.tcp + n.udp).append('\n');
        out.append(
                Text.format(
                        "TCP:   %d (estab %d, closed %d, orphaned %d, timewait %d)\n\n",
                        n.tcp + n.waiting, n.established, closed, n.orphans, n.waiting));
        out.append("Transport Total     IP        IPv6\n");
        line(out, "RAW", 0);
        line(out, "UDP", n.udp);
        line(out, "TCP", n.tcp);
        line(out, "INET", n.udp + n.tcp);
        line(out, "FRAG", 0);
        return out.append('\n').toString();
    }

    private static void line(StringBuilder out, String name, int count) {
        out.append(Text.format("%s\t  %-9d %-9d %-9d", name, count, count, 0)).append('\n');
    }
}
