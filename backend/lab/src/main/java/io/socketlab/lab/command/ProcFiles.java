package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.TcpInfoField;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code cat} of the files that the kernel makes in /proc/net. proc(5).
 *
 * @param files their paths
 */
record ProcFiles(List<String> files) implements Command {

    private static final String DIRECTORY = "/proc/net/";
    private static final String SYSCTLS = "/proc/sys/";

    /** The kernel counts in hundredths of a second where it speaks to programs: USER_HZ. */
    private static final long TICK = 10_000_000;

    /** A line's length, without its end: tcp4_seq_show(), udp4_seq_show(). */
    private static final int TCP_LINE = 149;

    private static final int UDP_LINE = 127;

    private static final Map<String, Function<Host, String>> FILES = makers();

    private static Map<String, Function<Host, String>> makers() {
        var files = new LinkedHashMap<String, Function<Host, String>>();
        files.put("tcp", ProcFiles::tcp);
        files.put("udp", ProcFiles::udp);
        files.put("snmp", host -> print(new MibTable(host).snmp()));
        files.put("netstat", host -> print(new MibTable(host).netstat()));
        files.put("sockstat", ProcFiles::sockstat);
        files.put("dev", ProcFiles::dev);
        files.put("softnet_stat", ProcFiles::softnetStat);
        files.put("route", host -> Routes.of(host).asProc());
        files.put("arp", ProcFiles::arp);
        return files;
    }

    static Command read(Words words) {
        String expected =
                "expected /proc/net/ and one of "
                        + String.join(", ", FILES.keySet())
                        + ", or a sysctl such as /proc/sys/net/ipv4/tcp_sack";
        var files = new ArrayList<String>();
        do {
            boolean known =
                    words.peek().startsWith(DIRECTORY)
                                    && FILES.containsKey(words.peek().substring(DIRECTORY.length()))
                            || words.peek().startsWith(SYSCTLS);
            if (!known) {
                throw words.unknown(
                        expected, FILES.keySet().stream().map(f -> DIRECTORY + f).toList());
            }
            files.add(words.next(expected));
        } while (!words.isEmpty());
        return new ProcFiles(List.copyOf(files));
    }

    @Override
    public CommandResult run(ShellHost host) {
        var out = new StringBuilder();
        int status = 0;
        for (String file : files) {
            Optional<String> text = text(host.kernel(), file);
            if (text.isEmpty()) status = 1;
            out.append(text.orElse("cat: " + file + ": No such file or directory\n"));
        }
        return new CommandResult(status, out.toString());
    }

    private static Optional<String> text(Host host, String file) {
        if (file.startsWith(SYSCTLS)) {
            String name = file.substring(SYSCTLS.length()).replace('/', '.');
            return SysctlCommand.value(host, name).map(value -> value + "\n");
        }
        Function<Host, String> maker = FILES.get(file.substring(DIRECTORY.length()));
        return Optional.ofNullable(maker).map(m -> m.apply(host));
    }

    private static String print(List<MibTable.Group> groups) {
        var out = new StringBuilder();
        groups.forEach(group -> out.append(group.print()));
        return out.toString();
    }

    // ---- sockets

    private static String tcp(Host host) {
        String header =
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                        + "  timeout inode";
        var out = new StringBuilder(Text.left(header, TCP_LINE)).append('\n');
        List<SocketReport> sockets = host.tcpSockets();
        for (int i = 0; i < sockets.size(); i++) {
            String line =
                    Text.format("%4d: ", i) + common(sockets.get(i)) + tcpRest(sockets.get(i));
            out.append(Text.left(line, TCP_LINE)).append('\n');
        }
        return out.toString();
    }

    /** What TCP and UDP have in common, up to the inode. */
    private static String common(SocketReport s) {
        boolean listens = s.state() == Sockets.LISTEN;
        return Text.format(
                "%s %s %02X %08X:%08X %02X:%08X %08X %5d %8d %d",
                hex(s.local()),
                hex(s.remote()),
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

    /** Addresses as an x86-64 has them in memory, the octets back to front. */
    private static String hex(Endpoint endpoint) {
        int bits = endpoint.address() instanceof Ipv4Address address ? address.bits() : 0;
        return Text.format("%08X:%04X", Integer.reverseBytes(bits), endpoint.port());
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

    private static String udp(Host host) {
        String header =
                "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                        + "  timeout inode ref pointer drops";
        var out = new StringBuilder(Text.left(header, UDP_LINE)).append('\n');
        List<SocketReport> sockets = host.udpSockets();
        for (int i = 0; i < sockets.size(); i++) {
            SocketReport s = sockets.get(i);
            String line =
                    Text.format("%5d: ", i)
                            + common(s)
                            + Text.format(" 2 %016x %d", 0, s.memory().drops());
            out.append(Text.left(line, UDP_LINE)).append('\n');
        }
        return out.toString();
    }

    private static String sockstat(Host host) {
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
                n.tcp() + n.udp(),
                n.tcp(),
                n.orphans(),
                n.waiting(),
                n.tcp(),
                memory,
                n.udp(),
                udpMemory);
    }

    private static long pages(int octets) {
        return (octets + 4095L) / 4096;
    }

    // ---- the interface

    private static String dev(Host host) {
        Nic.Counters n = host.nic().counters();
        String line = "%6s: %7d %7d %4d %4d %4d %5d %10d %9d %8d %7d %4d %4d %4d %5d %7d %10d\n";
        return "Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets"
                + " errs drop fifo colls carrier compressed\n"
                + Text.format(line, "lo", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                + Text.format(
                        line,
                        "eth0",
                        n.receivedOctets(),
                        n.received(),
                        0,
                        n.rxMissed(),
                        0,
                        0,
                        0,
                        0,
                        n.sentOctets(),
                        n.sent(),
                        0,
                        n.txDropped(),
                        0,
                        0,
                        0,
                        0);
    }

    /** A line a processor: packets, drops, times that the softirq's budget was used up, … */
    private static String softnetStat(Host host) {
        Nic.Counters n = host.nic().counters();
        return Text.format("%08x %08x %08x", n.received(), 0, n.timeSqueezes())
                + " 00000000".repeat(12)
                + "\n";
    }

    private static String arp(Host host) {
        var out =
                new StringBuilder(
                        "IP address       HW type     Flags       HW address            Mask     Device\n");
        Neighbour.of(host)
                .forEach(n ->
                        out.append(
                                Text.format(
                                        "%-16s 0x%-10x0x%-10x%-17s     *        eth0\n",
                                        n.address(), 1, 2, n.hardwareAddress())));
        return out.toString();
    }
}
