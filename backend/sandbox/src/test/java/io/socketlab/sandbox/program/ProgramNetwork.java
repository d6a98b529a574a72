package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.LinkSpec;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.module.ProgramModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A client (10.0.0.1) and a server (10.0.0.2), 10 ms apart, and the programs that run on them. */
final class ProgramNetwork implements Programs.Listener, AutoCloseable {

    private static final long DELAY = 10_000_000;
    private static final CodeCache CACHE = cache(5_000_000);

    final List<TraceEvent> events = new ArrayList<>();
    final List<String> deaths = new ArrayList<>();

    /** Events that threads of programs have run. */
    int stepsOfPrograms;

    /** The most that one of them has run since the loop's thread had run one. */
    int mostAhead;

    final Network network;
    final Programs programs;
    private final CodeCache cache;

    ProgramNetwork() {
        this(CACHE);
    }

    /**
     * @param worthCompiling fuel
     */
    static CodeCache cache(long worthCompiling) {
        return new CodeCache(new ChicoryEngine(ProgramModule.MOST_PAGES, worthCompiling), 8L << 20);
    }

    static ProgramNetwork ofServer(KernelProfile profile) {
        return new ProgramNetwork(CACHE, profile);
    }

    ProgramNetwork(CodeCache cache) {
        this(cache, KernelProfile.LINUX);
    }

    /**
     * @param profile of the server
     */
    ProgramNetwork(CodeCache cache, KernelProfile profile) {
        this.cache = cache;
        network =
                Network.build(
                        new NetworkSpec(
                                1,
                                List.of(
                                        host("client", "10.0.0.1", KernelProfile.LINUX),
                                        host("server", "10.0.0.2", profile)),
                                List.of(
                                        new LinkSpec(
                                                "link", "client", "server", DELAY, 0, 1000,
                                                List.of()))),
                        events::add);
        programs = new Programs(network.loop(), this);
    }

    private static HostSpec host(String name, String address, KernelProfile profile) {
        return new HostSpec(
                name,
                Ipv4Address.parse(address).orElseThrow(),
                24,
                Optional.empty(),
                profile,
                Map.of(),
                HostSpec.ETHERNET_MTU,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Starts a program of the test's resources as a process of its own. */
    Task start(String where, String name, String... arguments) {
        return start(where, wasm(name), name, arguments);
    }

    /** Likewise any other. */
    Task start(String where, byte[] wasm, String name, String... arguments) {
        return start(where, wasm, "", name, arguments);
    }

    /** Likewise one that finds something on its standard input. */
    Task start(String where, byte[] wasm, String input, String name, String... arguments) {
        Host host = network.host(where);
        Task task = host.processes().spawn();
        programs.start(
                host,
                task,
                cache.get(wasm),
                Stream.concat(Stream.of(name), Arrays.stream(arguments)).toList(),
                input.getBytes(StandardCharsets.UTF_8));
        return task;
    }

    /** Of the whole trace so far. */
    String hash() {
        var text = new StringBuilder();
        for (TraceEvent event : events) {
            byte[] data =
                    switch (event) {
                        case TraceEvent.CallEntered e -> e.data();
                        case TraceEvent.CallReturned e -> e.data();
                        default -> null;
                    };
            // an array says its identity, not what is in it
            text.append(event.toString().replaceAll("data=[^,\\]]*", ""));
            text.append(data == null ? "" : HexFormat.of().formatHex(data)).append('\n');
        }
        return Integer.toHexString(text.toString().hashCode()) + " " + events.size();
    }

    static byte[] wasm(String name) {
        String path = "/programs/" + name + ".wasm";
        try (InputStream in = ProgramNetwork.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalArgumentException(path);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs until nothing is under way, or so many virtual seconds have passed. */
    void run(int seconds) {
        long end = network.loop().now() + seconds * 1_000_000_000L;
        while (step(end)) {}
    }

    /** Likewise, and the threads of programs may run the loop, too. */
    void runTogether(int seconds) {
        long end = network.loop().now() + seconds * 1_000_000_000L;
        int[] ahead = {0};
        programs.drivenBy(() -> {
            boolean ran = step(end);
            if (!ran || !Thread.currentThread().isVirtual()) return ran;
            stepsOfPrograms++;
            mostAhead = Math.max(mostAhead, ++ahead[0]);
            return true;
        });
        while (step(end)) ahead[0] = 0;
        programs.drivenBy(null);
    }

    private boolean step(long end) {
        return network.loop().nextAt() <= end && network.loop().runNext();
    }

    String output(String host, Task task) {
        return programs.output(network.host(host), task);
    }

    @Override
    public void printed(Host host, Task task, String stream, String text) {}

    @Override
    public void died(Host host, Task task, String message) {
        deaths.add(host.name() + ": " + message);
    }

    @Override
    public void close() {
        programs.close();
    }
}
