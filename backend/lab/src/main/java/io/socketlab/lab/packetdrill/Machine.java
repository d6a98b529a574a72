package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.lab.command.CommandResult;
import java.util.List;
import java.util.Map;

/** What a shell command of a script can change of the simulated host. */
interface Machine {

    /**
     * sysctl(8).
     *
     * @throws IllegalArgumentException if there is no such setting, or it cannot be {@code value}
     */
    void sysctl(String name, String value);

    /** Whether there is a setting of that name. */
    boolean hasSysctl(String name);

    /**
     * A file in {@code /sys/module/…/parameters}.
     *
     * @param name {@code tcp_cubic.hystart_detect}
     */
    void moduleParameter(String name, String value);

    /** Whether something is counted here whose name in nstat(8) has {@code part} in it. */
    boolean hasCounter(String part);

    /**
     * A command that only asks: nstat, ss, cat of /proc/net.
     *
     * @throws Unsupported if the line is not understood
     */
    CommandResult ask(String line);

    /** {@code ip tcp_metrics flush}. */
    void flushTcpMetrics();

    /**
     * {@code ip route change}.
     *
     * @param attributes of ip-route(8): mtu, advmss, initcwnd, initrwnd, …
     */
    void route(IpAddress destination, int prefixLength, Map<String, String> attributes);

    /**
     * {@code tc qdisc replace dev tun0 root}.
     *
     * @param words its kind, and its options
     */
    void qdisc(List<String> words);

    /** {@code ip link set dev tun0 mtu}. */
    void mtu(int octets);

    /** Octets that there is room for in files. */
    long fileRoom();

    /** Makes a file that open(2) finds. */
    void file(String path, byte[] contents);

    void removeFile(String path);
}
