package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.host.Tun;
import io.socketlab.kernel.ip.RouteMetrics;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.link.QdiscReader;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.command.CommandException;
import io.socketlab.lab.command.CommandResult;
import io.socketlab.lab.command.HostNames;
import io.socketlab.lab.command.LastingCommand;
import io.socketlab.lab.command.ShellHost;
import io.socketlab.lab.command.ShortCommand;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The simulated host that a script is run on, its wire, and what has come out of it. */
final class HostUnderTest implements Machine {

    private static final String NAME = "host";
    private static final int RING = 4096;

    /** Of what a route says about its destination. */
    private static final int MOST_METRIC = 999_999;

    /** net/ipv4/tcp_cubic.c. */
    private static final Map<String, String> MODULE_PARAMETERS =
            Map.of(
                    "tcp_cubic.fast_convergence", "1",
                    "tcp_cubic.beta", "717",
                    "tcp_cubic.bic_scale", "41",
                    "tcp_cubic.tcp_friendliness", "1",
                    "tcp_cubic.hystart", "1",
                    "tcp_cubic.hystart_detect", "3",
                    "tcp_cubic.hystart_low_window", "16",
                    "tcp_cubic.hystart_ack_delta_us", "2000");

    /** Events of one instant; more is a loop. */
    private static final int MOST_AT_ONCE = 1_000_000;

    private final Network network;
    private final Host host;
    private final ShellHost asked;
    private final Tun tun;
    private final Queue<SeenPacket> seen = new ArrayDeque<>();
    private Runnable watcher = () -> {};

    HostUnderTest(Settings settings, long seed, @Nullable TraceSink trace) {
        network = Network.build(new NetworkSpec(seed, List.of(spec(settings)), List.of()), trace);
        host = network.host(NAME);
        asked = new ShellHost(host, network.loop(), HostNames.NONE);
        // as packetdrill does: its scripts are to see EPIPE
        host.processes().first().action(Signal.SIGPIPE, SignalAction.IGNORE);
        tun = network.tun(NAME, settings.gatewayIp, this::sees);
        tun.answerFor(settings.remoteIp);
    }

    private void sees(PacketBuffer packet) {
        SeenPacket sent = SeenPacket.of(now(), packet);
        if (sent != null) seen.add(sent);
    }

    private static HostSpec spec(Settings settings) {
        boolean ipv4 = settings.localIp instanceof Ipv4Address;
        return new HostSpec(
                NAME,
                settings.localIp instanceof Ipv4Address own ? own : Ipv4Address.LOOPBACK,
                ipv4 ? settings.prefixLength : Integer.SIZE,
                settings.localIp instanceof Ipv6Address own
                        ? Optional.of(new Ipv6Interface(own, settings.prefixLength))
                        : Optional.empty(),
                KernelProfile.LINUX,
                Map.of(),
                settings.mtu,
                NicSettings.DEFAULT.withRings(RING, RING),
                Optional.empty(),
                List.of(),
                List.of());
    }

    Host host() {
        return host;
    }

    private EventLoop loop() {
        return network.loop();
    }

    /** Virtual nanoseconds. */
    long now() {
        return loop().now();
    }

    /**
     * Lets time pass up to {@code at}, without what is due then: a timer of a real kernel fires a
     * little late, and so after what the script does at that instant.
     */
    void advanceTo(long at) {
        while (loop().nextAt() < at) runNext();
        loop().advanceTo(Math.max(at, now()));
    }

    /** Lets everything happen that is due at this instant. */
    void settle() {
        for (int n = 0; loop().nextAt() <= now(); n++) {
            if (n == MOST_AT_ONCE) throw new IllegalStateException("no end at " + now() + " ns");
            runNext();
        }
    }

    /** Lets the next thing happen, if it is due by {@code deadline}; answers whether it was. */
    boolean step(long deadline) {
        if (loop().nextAt() > deadline) return false;
        runNext();
        return true;
    }

    private void runNext() {
        loop().runNext();
        watcher.run();
    }

    /** Has {@code action} look after everything that happens. */
    void watch(Runnable action) {
        watcher = action;
    }

    /**
     * @param segmentSize of the segments that a network card has joined to {@code packet}; 0 for
     *     none
     */
    void inject(byte[] packet, int segmentSize) {
        tun.inject(packet, segmentSize);
        settle();
    }

    /** The next packet that came out of the host, null if there is none yet. */
    @Nullable SeenPacket nextSeen() {
        return seen.poll();
    }

    Optional<Socket> socket(int fd) {
        return host.socket(fd);
    }

    // ---- what shell commands change

    @Override
    public void sysctl(String name, String value) {
        host.sysctls().set(name, value);
    }

    @Override
    public boolean hasSysctl(String name) {
        return Sysctls.names().contains(name);
    }

    /** Parameters of modules are built in: they can only be what they are. */
    @Override
    public void moduleParameter(String name, String value) {
        if (!value.equals(MODULE_PARAMETERS.get(name))) throw new Unsupported(name + "=" + value);
    }

    @Override
    public boolean hasCounter(String part) {
        return host.counters().keySet().stream().anyMatch(name -> name.contains(part));
    }

    @Override
    public CommandResult ask(String line) {
        try {
            return switch (io.socketlab.lab.command.Shell.read(line)) {
                case ShortCommand command -> command.run(asked);
                case LastingCommand _ -> throw new Unsupported(line);
            };
        } catch (CommandException e) {
            throw new Unsupported(line + " (" + e.problem() + ")");
        }
    }

    @Override
    public void flushTcpMetrics() {
        host.flushTcpMetrics();
    }

    @Override
    public void route(IpAddress destination, int prefixLength, Map<String, String> attributes) {
        host.ip()
                .routeMetrics(
                        destination,
                        prefixLength,
                        new RouteMetrics(
                                number(attributes, "mtu"),
                                number(attributes, "advmss"),
                                number(attributes, "initcwnd"),
                                number(attributes, "initrwnd")));
    }

    private static int number(Map<String, String> attributes, String name) {
        String value = attributes.getOrDefault(name, "0");
        return CommandFailure.number("ip route " + name, value, 0, MOST_METRIC);
    }

    @Override
    public void qdisc(List<String> words) {
        if (!QdiscReader.KINDS.contains(words.getFirst())) {
            throw new Unsupported("tc qdisc " + words.getFirst());
        }
        try {
            host.nic().qdisc(QdiscReader.read(words, host.chance("qdisc")));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("tc qdisc: " + e.getMessage());
        }
    }

    @Override
    public void mtu(int octets) {
        throw new Unsupported("ip link set mtu");
    }

    @Override
    public long fileRoom() {
        return host.files().room();
    }

    @Override
    public void file(String path, byte[] contents) {
        host.files().write(path, contents);
    }

    @Override
    public void removeFile(String path) {
        host.files().delete(path);
    }
}
