package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A host as its commands see it, and what they keep from one time to the next: nstat(8) tells what
 * has been counted since it was last asked.
 */
public final class ShellHost {

    private final Host kernel;
    private final EventLoop loop;
    private final Function<String, Optional<Ipv4Address>> names;
    private Map<String, Long> lastCounters = Map.of();
    private int started;

    /**
     * @param names what names of hosts mean
     */
    public ShellHost(Host kernel, EventLoop loop, Function<String, Optional<Ipv4Address>> names) {
        this.kernel = kernel;
        this.loop = loop;
        this.names = names;
    }

    Host kernel() {
        return kernel;
    }

    EventLoop loop() {
        return loop;
    }

    /** The address that a word stands for: one in figures, or that of a host. */
    Optional<Ipv4Address> resolve(String word) {
        return names.apply(word).or(() -> Ipv4Address.parse(word));
    }

    /** Chance for a command that is being started. */
    Chance chance() {
        return kernel.chance("command " + ++started);
    }

    /** Counters as of when they were last remembered. */
    Map<String, Long> lastCounters() {
        return lastCounters;
    }

    void rememberCounters(Map<String, Long> counters) {
        lastCounters = new TreeMap<>(counters);
    }
}
