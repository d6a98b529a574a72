package io.socketlab.lab.command;

import static io.socketlab.kernel.socket.AddressFamily.AF_INET;
import static io.socketlab.kernel.socket.AddressFamily.AF_INET6;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
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
record ProcFiles(List<String> files) implements ShortCommand {

    private static final String DIRECTORY = "/proc/net/";
    private static final String SYSCTLS = "/proc/sys/";

    private static final Map<String, Function<Host, String>> FILES = makers();

    private static Map<String, Function<Host, String>> makers() {
        var files = new LinkedHashMap<String, Function<Host, String>>();
        files.put("tcp", host -> ProcSockets.tcp(host, AF_INET));
        files.put("tcp6", host -> ProcSockets.tcp(host, AF_INET6));
        files.put("udp", host -> ProcSockets.udp(host, AF_INET));
        files.put("udp6", host -> ProcSockets.udp(host, AF_INET6));
        files.put("snmp", host -> print(new MibTable(host).snmp()));
        files.put("netstat", host -> print(new MibTable(host).netstat()));
        files.put("sockstat", ProcSockets::sockstat);
        files.put("sockstat6", ProcSockets::sockstat6);
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

    private static String dev(Host host) {
        String line = "%6s: %7d %7d %4d %4d %4d %5d %10d %9d %8d %7d %4d %4d %4d %5d %7d %10d\n";
        var out =
                new StringBuilder(
                        "Inter-|   Receive                                                |  Transmit\n"
                                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes "
                                + "   packets errs drop fifo colls carrier compressed\n");
        out.append(Text.format(line, "lo", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        for (Nic nic : host.nics()) {
            Nic.Counters n = nic.counters();
            out.append(
                    Text.format(
                            line,
                            nic.device(),
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
                            0));
        }
        return out.toString();
    }

    /** A line a processor: packets, drops, times that the softirq's budget was used up, … */
    private static String softnetStat(Host host) {
        long received = host.nics().stream().mapToLong(n -> n.counters().received()).sum();
        long squeezes = host.nics().stream().mapToLong(n -> n.counters().timeSqueezes()).sum();
        return Text.format("%08x %08x %08x", received, 0, squeezes) + " 00000000".repeat(12) + "\n";
    }

    private static String arp(Host host) {
        var out =
                new StringBuilder(
                        "IP address       HW type     Flags       HW address            Mask     Device\n");
        Neighbour.of(host)
                .forEach(n ->
                        out.append(
                                Text.format(
                                        "%-16s 0x%-10x0x%-10x%-17s     *        %s\n",
                                        n.address(), 1, 2, n.hardwareAddress(), n.device())));
        return out.toString();
    }
}
