package io.socketlab.kernel.host;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.TimerCancelled;
import io.socketlab.kernel.trace.TraceEvent.TimerFired;
import io.socketlab.kernel.trace.TraceEvent.TimerSet;
import io.socketlab.kernel.trace.TraceSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a trace must say of timers: one of a kind for a socket, and it fires when it was set to. */
final class TimerTrace implements TraceSink {

    /** They share one timer in Linux, so at most one of them is set. */
    private static final Set<String> OF_ONE_TIMER =
            Set.of("rto", "persist", "lossProbe", "reordering");

    private record Key(String host, int socket, String timer) {}

    private final Map<Key, TimerSet> pending = new HashMap<>();
    private String broken = "";

    @Override
    public void accept(TraceEvent event) {
        switch (event) {
            case TimerSet set -> {
                Key key = key(set.stamp().host(), set.socket(), set.timer());
                TimerSet other = pending.put(key, set);
                if (other != null && !other.timer().equals(set.timer())) {
                    broken = set + " beside " + other;
                }
            }
            case TimerCancelled off -> {
                Key key = key(off.stamp().host(), off.socket(), off.timer());
                if (pending.remove(key) == null) broken = off + ", which was not set";
            }
            case TimerFired fired -> {
                Key key = key(fired.stamp().host(), fired.socket(), fired.timer());
                TimerSet set = pending.remove(key);
                if (set == null || set.deadline() != fired.stamp().at()) {
                    broken = fired + " after " + set;
                }
            }
            default -> {}
        }
    }

    private static Key key(String host, int socket, String timer) {
        return new Key(host, socket, OF_ONE_TIMER.contains(timer) ? "retransmission" : timer);
    }

    void check() {
        if (!broken.isEmpty()) throw new AssertionError(broken);
    }
}
