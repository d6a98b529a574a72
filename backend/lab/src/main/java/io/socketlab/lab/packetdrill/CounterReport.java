package io.socketlab.lab.packetdrill;

import java.util.LinkedHashMap;
import java.util.Map;

/** nstat(8): tells which counters have grown since it was last asked. */
final class CounterReport {

    private final Machine machine;
    private Map<String, Long> told = Map.of();
    private Map<String, Long> grown = Map.of();

    CounterReport(Machine machine) {
        this.machine = machine;
    }

    void ask() {
        var now = machine.counters();
        var news = new LinkedHashMap<String, Long>();
        now.forEach((name, count) -> {
            long more = count - told.getOrDefault(name, 0L);
            if (more > 0) news.put(name, more);
        });
        told = Map.copyOf(now);
        grown = news;
    }

    /**
     * {@code nstat | grep pattern}: whether the last answer has a counter of that name.
     *
     * @throws Unsupported if no such thing is counted here
     */
    boolean has(String pattern) {
        if (told.keySet().stream().noneMatch(name -> name.contains(pattern))) {
            throw new Unsupported("the counter " + pattern);
        }
        return grown.keySet().stream().anyMatch(name -> name.contains(pattern));
    }
}
