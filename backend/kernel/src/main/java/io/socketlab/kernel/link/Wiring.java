package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All the wires of a network, for somebody who lays hands on one or on what it carries. What such a
 * hand does is in the trace when it takes effect, and not before.
 */
public final class Wiring {

    /** Which way the packets go that are meant. */
    public enum Direction {
        /** Out of the card at the cable's end. */
        OUT,
        /** Into it. */
        IN,
        BOTH
    }

    private final EventLoop loop;
    private final Trace trace;
    private final IntSupplier packetNumbers;
    private final List<Wire> wires = new ArrayList<>();

    /** For packets that are on no wire yet. Looked up by number and never iterated over. */
    private final Map<Integer, Deque<Fault>> awaited = new HashMap<>();

    /**
     * @param packetNumbers numbers the copies that a duplicating link makes
     */
    public Wiring(EventLoop loop, Trace trace, IntSupplier packetNumbers) {
        this.loop = loop;
        this.trace = trace;
        this.packetNumbers = packetNumbers;
    }

    EventLoop loop() {
        return loop;
    }

    Trace trace() {
        return trace;
    }

    int nextPacket() {
        return packetNumbers.getAsInt();
    }

    void add(Wire wire) {
        wires.add(wire);
    }

    /**
     * Something happens to a packet: at once if it is on a wire, else when it enters the next one.
     *
     * @param packet its number in the trace
     * @return whether it has happened
     */
    public boolean befall(int packet, Fault fault) {
        boolean happened = false;
        for (Wire wire : wires) happened |= wire.befall(packet, fault);
        if (!happened) awaited.computeIfAbsent(packet, _ -> new ArrayDeque<>(1)).add(fault);
        return happened;
    }

    /** Whether anything is to happen to a packet that enters a wire. */
    boolean awaits(int packet) {
        return !awaited.isEmpty() && awaited.containsKey(packet);
    }

    /** What is to happen to it next. */
    @Nullable Fault take(int packet) {
        Deque<Fault> faults = awaited.get(packet);
        if (faults == null) return null;
        Fault first = faults.poll();
        if (faults.isEmpty()) awaited.remove(packet);
        return first;
    }

    /**
     * A cable is another from now on; what it carries already goes on as it would have, except
     * where it is cut.
     *
     * @param device the card at one of its ends: {@code eth0}
     * @return whether there is such a cable
     */
    public boolean change(String host, String device, Direction direction, LinkChange change) {
        boolean found = false;
        for (Wire wire : wires) {
            boolean out = wire.from().isAt(host, device);
            boolean in = wire.to().isAt(host, device);
            if (out && direction != Direction.IN || in && direction != Direction.OUT) {
                wire.change(change);
                found = true;
            }
        }
        return found;
    }
}
