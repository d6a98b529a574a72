package io.socketlab.lab.command;

import static io.socketlab.kernel.socket.AddressFamily.AF_INET;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.SocketReport.Domain;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.TcpInfoField;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import java.util.List;
import java.util.Optional;

/** The files of /proc/net that tell of sockets. proc(5). */
final class ProcSockets {

    /** The kernel counts in hundredths of a second where it speaks to programs: USER_HZ. */
    private static final long TICK = 10_000_000;

    /** A line's length, without its end: tcp4_seq_show(), udp4_seq_show(). */
    private static final int TCP_LINE = 149;

    private static final int UDP_LINE = 127;

    private ProcSockets() {}

    static String tcp(Host host, AddressFamily family) {
        List<SocketReport> sockets = Sockets.of(family, host.tcpSockets());
        var out = new StringBuilder(line(family, TCP_LINE, " " + header(family)));
        for (int i = 0; i < sockets.size(); i++) {
            SocketReport s = sockets.get(i);
            out.append(line(family, TCP_LINE, Text.format("%4d: ", i) + common(s) + tcpRest(s)));
        }
        return out.toString();
    }

    /** Only the lines of IPv4 are filled up with blanks. */
    private static String line(AddressFamily family, int length, String text) {
        return (family == AF_INET ? Text.left(text, length) : text) + "\n";
    }

    private static String header(AddressFamily family) {
        String addresses =
                family == AF_INET
                        ? " sl  local_address rem_address   "
                        : " sl  local_address                         "
                                + "remote_address                        ";
        return addresses + "st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    }

    /** What TCP and UDP have in common, up to the inode. */
    private static String common(SocketReport s) {
        boolean listens = s.state() == Sockets.LISTEN;
        return Text.format(
                "%s %s %02X %08X:%08X %02X:%08X %08X %5d %8d %d",
                hex(s.domain(), s.local()),
                hex(s.domain(), s.remote()),
                s.state(),
                listens ? 0 : s.sendQueue(),
                s.receiveQueue(),
                s.waiting().clock().number(),
                s.waiting().nanos() / TICK,
                s.waiting().retransmissions(),
                0,
                s.waiting().probes(),
                Sockets.inode(s));
    }

    /** Addresses as an x86-64 has them in memory: the octets of 32 bits back to front. */
    private static String hex(Domain domain, Endpoint endpoint) {
        String none = "0".repeat(domain.isIpv6() ? 32 : 8);
        String address =
                switch (domain.family().outward(endpoint).address()) {
                    case Ipv4Address ipv4 -> hex(ipv4.bits());
                    case Ipv6Address ipv6 -> hex(ipv6);
                    case NoAddress _ -> none;
                };
        return (endpoint.address().isAny() ? none : address)
                + Text.format(":%04X", endpoint.port());
    }

    private static String hex(Ipv6Address address) {
        return hex((int) (address.high() >>> 32))
                + hex((int) address.high())
                + hex((int) (address.low() >>> 32))
                + hex((int) address.low());
    }

    private static String hex(int bits) {
        return Text.format("%08X", Integer.reverseBytes(bits));
    }

    private static String tcpRest(SocketReport s) {
        String pointer = Text.format(" %016x", 0);
        if (s.state() == Sockets.LISTEN) return " 1" + pointer + " 100 0 0 10 0";
        Optional<TcpInfo> info = s.tcp().flatMap(SocketReport.Tcp::info);
        if (info.isEmpty()) {
            return s.state() == Sockets.SYN_RECEIVED ? " 0" + pointer : " 3" + pointer;
        }
        long threshold = info.get().get(TcpInfoField.SND_SSTHRESH);
        SocketReport.Tcp tcp = s.tcp().get();
        return Text.format(
                " 1%s %d %d %d %d %d",
                pointer,
                info.get().get(TcpInfoField.RTO) * 1000 / TICK,
                info.get().get(TcpInfoField.ATO) * 1000 / TICK,
                tcp.quick() << 1 | (tcp.pingpong() ? 1 : 0),
                info.get().get(TcpInfoField.SND_CWND),
                threshold >= 0x7FFF_FFFF ? -1 : threshold);
    }

    static String udp(Host host, AddressFamily family) {
        List<SocketReport> sockets = Sockets.of(family, host.udpSockets());
        String indent = family == AF_INET ? "  " : " ";
        String header = indent + header(family) + " ref pointer drops";
        var out = new StringBuilder(line(family, UDP_LINE, header));
        for (int i = 0; i < sockets.size(); i++) {
            SocketReport s = sockets.get(i);
            String rest = Text.format(" 2 %016x %d", 0, s.memory().drops());
            out.append(line(family, UDP_LINE, Text.format("%5d: ", i) + common(s) + rest));
        }
        return out.toString();
    }

    static String sockstat(Host host) {
        SsSummary n = SsSummary.count(host);
        long memory =
                host.tcpSockets().stream()
                        .mapToLong(s -> pages(s.memory().received() + s.memory().queued()))
                        .sum();
        long udpMemory =
                host.udpSockets().stream().mapToLong(s -> pages(s.memory().received())).sum();
        return Text.format(
                """
                sockets: used %d
                TCP: inuse %d orphan %d tw %d alloc %d mem %d
                UDP: inuse %d mem %d
                UDPLITE: inuse 0
                RAW: inuse 0
                FRAG: inuse 0 memory 0
                """,
                n.tcp().total() + n.udp().total(),
                n.tcp().ipv4(),
                n.orphans(),
                n.waiting(),
                n.tcp().total(),
                memory,
                n.udp().ipv4(),
                udpMemory);
    }

    private static long pages(int octets) {
        return (octets + 4095L) / 4096;
    }

    /** /proc/net/sockstat6. */
    static String sockstat6(Host host) {
        SsSummary n = SsSummary.count(host);
        return Text.format(
                """
                TCP6: inuse %d
                UDP6: inuse %d
                UDPLITE6: inuse 0
                RAW6: inuse 0
                FRAG6: inuse 0 memory 0
                """,
                n.tcp().ipv6(), n.udp().ipv6());
    }
}
