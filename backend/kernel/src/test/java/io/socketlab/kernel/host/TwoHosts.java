package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client and a server with 10 ms between them, for scenario tests. */
public final class TwoHosts {

    public static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.1").orElseThrow();
    public static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.2").orElseThrow();
    public static final Ipv6Address CLIENT6 = Ipv6Address.parse("2001:db8::1").orElseThrow();
    public static final Ipv6Address SERVER6 = Ipv6Address.parse("2001:db8::2").orElseThrow();
    public static final long MS = 1_000_000;

    public final List<TraceEvent> events = new ArrayList<>();
    public final Network network;
    public final Host client;
    public final Host server;

    public TwoHosts(Impairment... impairments) {
        this(1, Map.of(), impairments);
    }

    public TwoHosts(long seed, Map<String, String> sysctls, Impairment... impairments) {
        this(seed, KernelProfile.LINUX, sysctls, link(0, 1000, impairments));
    }

    public TwoHosts(KernelProfile profile) {
        this(1, profile, Map.of(), link(0, 1000));
    }

    public TwoHosts(long seed, Map<String, String> sysctls, LinkSpec link) {
        this(seed, KernelProfile.LINUX, sysctls, link);
    }

    /**
     * @param rate bit/s, 0 for infinite
     * @param queue packets at the link's entrance, 0 if what waits does so at the sender
     */
    public static LinkSpec link(long rate, int queue, Impairment... impairments) {
        return new LinkSpec("link", "client", "server", 10 * MS, rate, queue, List.of(impairments));
    }

    private TwoHosts(long seed, KernelProfile profile, Map<String, String> sysctls, LinkSpec link) {
        network =
                Network.build(
                        new NetworkSpec(
                                seed,
                                List.of(
                                        host("client", CLIENT, profile, sysctls)
                                                .with(network6(CLIENT6)),
                                        host("server", SERVER, profile, sysctls)
                                                .with(network6(SERVER6))),
                                List.of(link)),
                        events::add);
        client = network.host("client");
        server = network.host("server");
        // as most programs do; the others are ended by it
        for (Host host : network.hosts()) {
            host.processes().first().action(Signal.SIGPIPE, SignalAction.IGNORE);
        }
    }

    private static Ipv6Interface network6(Ipv6Address address) {
        return new Ipv6Interface(address, 64);
    }

    private static HostSpec host(
            String name, Ipv4Address address, KernelProfile profile, Map<String, String> sysctls) {
        return new HostSpec(
                name,
                address,
                24,
                Optional.empty(),
                profile,
                sysctls,
                HostSpec.ETHERNET_MTU,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** What a call has returned so far: its line, or "waiting". */
    public static final class Answer<R> {
        private final Syscall<R> call;
        private Optional<Outcome<R>> outcome = Optional.empty();

        private Answer(Syscall<R> call) {
            this.call = call;
        }

        public String text() {
            return outcome.map(o -> CallText.returned(call, o).text()).orElse("waiting");
        }

        public Optional<Errno> errno() {
            return outcome.flatMap(o ->
                    o instanceof Outcome.Failed<R>(Errno e) ? Optional.of(e) : Optional.empty());
        }

        public R value() {
            if (outcome.orElseThrow() instanceof Outcome.Done<R>(R value)) return value;
            throw new AssertionError(text());
        }
    }

    public <R> Answer<R> call(Host host, Syscall<R> call) {
        return call(host, 1, call);
    }

    public <R> Answer<R> call(Host host, int task, Syscall<R> call) {
        var answer = new Answer<R>(call);
        host.task(task).call(call, o -> answer.outcome = Optional.of(o));
        return answer;
    }

    public int udp(Host host) {
        return call(host, new Syscall.Socket(2, 2, 0)).value();
    }

    public int tcp(Host host) {
        return call(host, new Syscall.Socket(2, 1, 0)).value();
    }

    /** Lets everything happen that will happen by itself. */
    public void run() {
        while (network.loop().runNext()) {}
    }

    public void runFor(long nanos) {
        network.loop().runUntil(network.loop().now() + nanos);
    }

    public boolean isIdle() {
        return network.loop().nextAt() == EventLoop.NEVER;
    }

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Endpoint at(IpAddress address, int port) {
        return new Endpoint(address, port);
    }

    /** A segment as it went out: host, milliseconds, flags, numbers. */
    public static String line(SegmentSent s) {
        return "%s %d %s %d:%d(%d)"
                .formatted(
                        s.stamp().host(),
                        s.stamp().at() / MS,
                        s.flags(),
                        s.relSeq(),
                        s.relSeq() + s.length(),
                        s.length());
    }

    public <E extends TraceEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
