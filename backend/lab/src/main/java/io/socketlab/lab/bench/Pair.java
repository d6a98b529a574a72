package io.socketlab.lab.bench;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.LinkSpec;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Two hosts, {@code client} and {@code server}, 100 Mbit/s and 20 ms apart. */
final class Pair {

    /** Where the server listens. */
    static final Endpoint SERVICE = new Endpoint(new Ipv4Address(0x0A00_0002), 80);

    /** Virtual nanoseconds. */
    static final long MS = 1_000_000L;

    private static final Ipv4Address CLIENT = new Ipv4Address(0x0A00_0001);
    private static final int PREFIX = 24;
    private static final long DELAY = 20 * MS;
    private static final long RATE = 100_000_000L;

    private final Network network;

    private Pair(Network network) {
        this.network = network;
    }

    /**
     * @param ring descriptors of each NIC ring, and packets that may wait for the link
     * @param loss of packets from the client, a probability
     */
    static Pair build(
            long seed,
            int ring,
            double loss,
            Map<String, String> sysctls,
            @Nullable TraceSink sink) {
        return build(seed, ring, loss, sysctls, KernelProfile.LINUX, 0, sink);
    }

    /**
     * @param server whose kernel the server has
     * @param cpus of the server; 0 if its work takes no time
     */
    static Pair build(
            long seed,
            int ring,
            double loss,
            Map<String, String> sysctls,
            KernelProfile server,
            int cpus,
            @Nullable TraceSink sink) {
        List<Impairment> impairments =
                loss > 0 ? List.of(new Impairment.Loss("client", loss)) : List.of();
        return new Pair(
                Network.build(
                        new NetworkSpec(
                                seed,
                                List.of(
                                        host("client", CLIENT, ring, KernelProfile.LINUX, sysctls),
                                        withCpus(
                                                cpus,
                                                host(
                                                        "server",
                                                        (Ipv4Address) SERVICE.address(),
                                                        ring,
                                                        server,
                                                        sysctls))),
                                List.of(
                                        new LinkSpec(
                                                "link",
                                                "client",
                                                "server",
                                                DELAY,
                                                RATE,
                                                ring,
                                                impairments))),
                        sink));
    }

    private static HostSpec withCpus(int cpus, HostSpec host) {
        return cpus == 0 ? host : host.with(CpuSettings.DEFAULT.withCpus(cpus));
    }

    private static HostSpec host(
            String name,
            Ipv4Address address,
            int ring,
            KernelProfile profile,
            Map<String, String> sysctls) {
        return new HostSpec(
                name,
                address,
                PREFIX,
                Optional.empty(),
                profile,
                sysctls,
                HostSpec.ETHERNET_MTU,
                NicSettings.DEFAULT.withRings(ring, ring),
                Optional.empty(),
                List.of(),
                List.of());
    }

    Host client() {
        return network.host("client");
    }

    Host server() {
        return network.host("server");
    }

    EventLoop loop() {
        return network.loop();
    }

    /**
     * Lets time pass until {@code done}.
     *
     * @throws IllegalStateException if nothing happens any more before that
     */
    void runUntil(BooleanSupplier done) {
        EventLoop loop = network.loop();
        while (!done.getAsBoolean()) {
            if (!loop.runNext()) throw new IllegalStateException("both programs wait for ever");
        }
    }

    /** Lets time pass until what is under way has arrived and been answered. */
    void settle() {
        EventLoop loop = network.loop();
        loop.runUntil(loop.now() + 1_000 * MS);
    }

    /** Frames that either host has put on the link. */
    long frames() {
        return client().nic().counters().sent() + server().nic().counters().sent();
    }
}
