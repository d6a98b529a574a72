package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host as its commands see it, and what they keep from one time to the next: nstat(8) tells what
 * has been counted since it was last asked.
 */
public final class ShellHost {

    private final Host kernel;
    private Map<String, Long> lastCounters = Map.of();

    public ShellHost(Host kernel) {
        this.kernel = kernel;
    }

    Host kernel() {
        return kernel;
    }

    /** Counters as of when they were last remembered. */
    Map<String, Long> lastCounters() {
        return lastCounters;
    }

    void rememberCounters(Map<String, Long> counters) {
        lastCounters = new TreeMap<>(counters);
    }
}
