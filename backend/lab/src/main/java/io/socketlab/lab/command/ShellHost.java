package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A host as its commands see it, and what they keep from one time to the next: nstat(8) tells what
 * has been counted since it was last asked.
 */
public final class ShellHost {

    private final Host kernel;
    private final EventLoop loop;
    private final HostNames names;
    private Map<String, Long> lastCounters = Map.of();
    private int started;

    /**
     * @param names what names of hosts mean
     */
    public ShellHost(Host kernel, EventLoop loop, HostNames names) {
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
        return names.find(word).or(() -> Ipv4Address.parse(word));
    }

    /** As {@link #resolve}, of IPv6. */
    Optional<Ipv6Address> resolveIpv6(String word) {
        return names.findIpv6(word).or(() -> Ipv6Address.parse(word));
    }

    /** The name of who has an address, if somebody has. */
    Optional<String> nameOf(IpAddress address) {
        return names.nameOf(address);
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
