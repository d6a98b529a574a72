package io.socketlab.kernel.link;

import io.socketlab.kernel.link.Impairment.Corrupt;
import io.socketlab.kernel.link.Impairment.DelayNth;
import io.socketlab.kernel.link.Impairment.DropNth;
import io.socketlab.kernel.link.Impairment.Duplicate;
import io.socketlab.kernel.link.Impairment.Loss;
import io.socketlab.kernel.link.Impairment.Reorder;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.WireEntered;
import io.socketlab.kernel.wire.EthernetHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: a transmitter that sends one packet at a time at the link's rate, then
 * the delay, then the far end. Packets in flight arrive in the order they were sent, so only the
 * first of them is in the event loop; one that an impairment holds back has a timer of its own.
 */
final class Wire {

    private final String link;
    private final Port from;
    private final Port to;
    private final long delay;
    private final long rate;
    private final int queueLimit;
    private final List<Impairment> impairments;
    private final Chance chance;
    private final IntSupplier packetNumbers;
    private final EventLoop loop;
    private final Trace trace;
    private final Timer transmitted;
    private final Timer arrival;
    private final PacketFifo inFlight = new PacketFifo();
    private final Deque<Fault> faults = new ArrayDeque<>(2);
    private @Nullable PacketBuffer leaving;

    /** Of each impairment that counts packets, how many there have been. */
    private final int[] counts;

    /**
     * @param sender whose frames it carries, as impairments name them
     */
    Wire(
            LinkParameters link,
            String sender,
            Port from,
            Port to,
            Chance chance,
            Environment environment) {
        this.link = link.name();
        this.from = from;
        this.to = to;
        this.delay = link.delay();
        this.rate = link.rate();
        this.queueLimit = link.queue();
        this.impairments =
                link.impairments().stream()
                        .filter(i -> i.from().isEmpty() || i.from().equals(sender))
                        .toList();
        this.counts = new int[impairments.size()];
        this.chance = chance;
        this.packetNumbers = environment.packetNumbers();
        this.loop = environment.loop();
        this.trace = environment.trace();
        this.transmitted = new Timer(loop, this::transmitted);
        this.arrival = new Timer(loop, this::arrive);
    }

    /** What a run gives to each of its links. */
    record Environment(EventLoop loop, Trace trace, IntSupplier packetNumbers) {}

    /** Befalls the next frame that enters, after those that are there already have had theirs. */
    void befall(Fault fault) {
        faults.add(fault);
    }

    /** Packets that may wait at its entrance; 0 if it has no queue of its own. */
    int queue() {
        return queueLimit;
    }

    /**
     * What is given to it is no longer the sender's: it has a queue of its own, that of a router on
     * the path, or it is so fast that nothing ever waits.
     */
    boolean takesAtOnce() {
        return queueLimit > 0 || rate == 0;
    }

    /** Sends what waits, as far as the transmitter is free. */
    void transmit() {
        while (!transmitted.isRunning()) {
            PacketBuffer packet = from.nextToSend();
            if (packet == null) return;
            long serialisation = rate == 0 ? 0 : packet.length() * 8_000_000_000L / rate;
            if (serialisation > 0) {
                leaving = packet;
                transmitted.start(serialisation);
            }
            enter(packet, loop.now() + serialisation + delay);
            if (takesAtOnce()) from.taken(packet);
            else if (serialisation == 0) from.transmitted(packet);
        }
    }

    private void transmitted() {
        PacketBuffer packet = leaving;
        leaving = null;
        if (packet != null && !takesAtOnce()) from.transmitted(packet);
        transmit();
    }

    private void enter(PacketBuffer packet, long arrives) {
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new WireEntered(
                                    trace.stamp(from.host()),
                                    packet.number(),
                                    from.device(),
                                    link,
                                    to.host(),
                                    arrives,
                                    from.waiting())));
            trace.because(before);
        }
        long held = 0;
        boolean lost = false;
        boolean twice = false;
        for (int i = 0; i < counts.length; i++) {
            switch (impairments.get(i)) {
                case Loss(var _, double p) -> lost |= chance.happens(p);
                case DropNth(var _, Counted counted, int n, int many) ->
                        lost |= isOneOf(i, counted, n, many, packet);
                case DelayNth(var _, Counted counted, int n, long extra) -> {
                    if (isOneOf(i, counted, n, 1, packet)) held = Math.max(held, extra);
                }
                case Duplicate(var _, double p) -> twice |= chance.happens(p);
                case Corrupt(var _, double p) -> {
                    if (chance.happens(p)) corrupt(packet);
                }
                case Reorder(var _, double p, long extra) -> {
                    if (chance.happens(p)) held = Math.max(held, extra);
                }
            }
        }
        if (!faults.isEmpty()) {
            switch (faults.remove()) {
                case Fault.Drop _ -> lost = true;
                case Fault.Delay(long extra) -> held = Math.max(held, extra);
            }
        }
        if (lost) {
            lose(packet);
            return;
        }
        if (twice) fly(packet.copy(packetNumbers.getAsInt()), arrives, 0);
        fly(packet, arrives, held);
    }

    /**
     * Whether it is the {@code n}th that the impairment at {@code index} counts, or one of those
     * behind it, {@code many} in all.
     */
    private boolean isOneOf(int index, Counted counted, int n, int many, PacketBuffer packet) {
        if (!counted.includes(packet)) return false;
        int number = ++counts[index];
        return number >= n && number - n < many;
    }

    private void fly(PacketBuffer packet, long arrives, long held) {
        if (held > 0) {
            loop.after(arrives + held - loop.now(), () -> to.arrive(packet));
            return;
        }
        if (inFlight.isEmpty()) arrival.startAt(arrives);
        inFlight.add(packet, arrives);
    }

    private void arrive() {
        PacketBuffer first = inFlight.take();
        if (!inFlight.isEmpty()) arrival.startAt(inFlight.firstTime());
        to.arrive(first);
    }

    private void corrupt(PacketBuffer packet) {
        // beyond the Ethernet header, whose check sequence would have had the NIC drop the frame
        int first = EthernetHeader.SIZE * 8;
        packet.flip(first + chance.nextInt(packet.length() * 8 - first));
    }

    private void lose(PacketBuffer packet) {
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        trace.emit(
                new PacketDropped(
                        trace.stamp(from.host()), packet.number(), "link", DropReason.LINK_LOSS));
        trace.because(before);
    }
}
