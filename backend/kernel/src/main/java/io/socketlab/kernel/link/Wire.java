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
import io.socketlab.kernel.trace.TraceEvent.FaultInjected;
import io.socketlab.kernel.trace.TraceEvent.LinkChanged;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.WireEntered;
import io.socketlab.kernel.wire.EthernetHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: a transmitter that sends one packet at a time at the link's rate, then
 * the {@link Flight}, then the far end. What the link does to packets by itself are its {@link
 * Impairment}s; what somebody at the wire does to it or to one of them are changes and faults.
 */
final class Wire {

    /** Bits before a frame's IP header. */
    private static final int IP_HEADER = EthernetHeader.SIZE * 8;

    private static final int MILLION = 1_000_000;

    private final String link;
    private final Port from;
    private final Port to;
    private final List<Impairment> impairments;
    private final Chance chance;
    private final Wiring wiring;
    private final EventLoop loop;
    private final Trace trace;
    private final Timer transmitted;
    private final Flight flight;
    private final Deque<Fault> faults = new ArrayDeque<>(2);

    /** Of each impairment that counts packets, how many there have been. */
    private final int[] counts;

    // what can be changed while it runs
    private long delay;
    private long rate;
    private int queueLimit;
    private double loss;
    private long jitter;
    private boolean cut;

    /** Chance for what was changed, so that it does not move the draws of the impairments. */
    private @Nullable Chance changed;

    /** What the transmitter is busy with, and its sender is still to be told of. */
    private @Nullable PacketBuffer leaving;

    /**
     * @param sender whose frames it carries, as impairments name them
     */
    Wire(LinkParameters link, String sender, Port from, Port to, Chance chance, Wiring wiring) {
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
        this.wiring = wiring;
        this.loop = wiring.loop();
        this.trace = wiring.trace();
        this.transmitted = new Timer(loop, this::transmitted);
        this.flight = new Flight(loop, to::arrive);
        wiring.add(this);
    }

    Port from() {
        return from;
    }

    Port to() {
        return to;
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

    // ---- by itself

    /** Sends what waits, as far as the transmitter is free. */
    void transmit() {
        while (!transmitted.isRunning()) {
            PacketBuffer packet = from.nextToSend();
            if (packet == null) return;
            long serialisation = rate == 0 ? 0 : packet.length() * 8_000_000_000L / rate;
            if (serialisation > 0) {
                if (!takesAtOnce()) leaving = packet;
                transmitted.start(serialisation);
            }
            enter(packet, arrivalAfter(serialisation));
            if (takesAtOnce()) from.taken(packet);
            else if (serialisation == 0) from.transmitted(packet);
        }
    }

    /** Never before what has entered earlier: a wire is no place to overtake. */
    private long arrivalAfter(long serialisation) {
        long arrives = loop.now() + serialisation + delay;
        if (jitter > 0) arrives += (long) (chanceOfChanges().nextDouble() * jitter);
        return Math.max(arrives, flight.lastTime(arrives));
    }

    private Chance chanceOfChanges() {
        if (changed == null) changed = chance.fork("changed");
        return changed;
    }

    private void transmitted() {
        PacketBuffer packet = leaving;
        leaving = null;
        if (packet != null) from.transmitted(packet);
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
        boolean lost = loss > 0 && chanceOfChanges().happens(loss);
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
        Fault next = faults.isEmpty() ? null : faults.poll();
        if (cut) {
            lose(packet, DropReason.LINK_CUT);
        } else if (lost) {
            lose(packet, DropReason.LINK_LOSS);
        } else {
            if (twice) flight.add(packet.copy(wiring.nextPacket()), arrives);
            if (held > 0) flight.addLate(packet, arrives + held);
            else flight.add(packet, arrives);
            if (next != null) happen(packet, next);
            for (Fault f = awaited(packet); f != null; f = awaited(packet)) happen(packet, f);
        }
    }

    /** What else is to happen to a packet, as long as it is there. */
    private @Nullable Fault awaited(PacketBuffer packet) {
        if (!wiring.awaits(packet.number()) || flight.find(packet.number()) == null) return null;
        return wiring.take(packet.number());
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

    private void corrupt(PacketBuffer packet) {
        // beyond the Ethernet header, whose check sequence would have had the NIC drop the frame
        packet.flip(IP_HEADER + chance.nextInt(packet.length() * 8 - IP_HEADER));
    }

    private void lose(PacketBuffer packet, DropReason reason) {
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        trace.emit(new PacketDropped(trace.stamp(from.host()), packet.number(), "link", reason));
        trace.because(before);
    }

    // ---- by somebody's hand

    /** Befalls the next frame that enters, after those that are there already have had theirs. */
    void befall(Fault fault) {
        faults.add(fault);
    }

    /** Befalls the packet of that number, if it is on this wire; answers whether it is. */
    boolean befall(int number, Fault fault) {
        PacketBuffer packet = flight.find(number);
        if (packet == null) return false;
        happen(packet, fault);
        return true;
    }

    /** To a packet that is under way here. */
    private void happen(PacketBuffer packet, Fault fault) {
        int number = packet.number();
        switch (fault) {
            case Fault.Drop _ -> {
                tell(packet, "drop", "");
                flight.remove(number);
                lose(packet, DropReason.LINK_LOSS);
            }
            case Fault.Duplicate _ -> {
                int copy = wiring.nextPacket();
                tell(packet, "duplicate", "packet " + copy);
                flight.follow(number, packet.copy(copy));
            }
            case Fault.Delay(long nanos) -> {
                tell(packet, "delay", nanos + " ns");
                long arrives = flight.arrivalOf(number) + nanos;
                flight.remove(number);
                flight.addLate(packet, arrives);
            }
            case Fault.Reorder(int behind) -> {
                tell(packet, "reorder", "behind " + behind);
                long latest = flight.arrivalOf(number) + Flight.LONGEST_DETOUR;
                flight.remove(number);
                flight.addBehind(packet, behind, latest);
            }
            case Fault.Corrupt(int wanted) -> {
                int bit = Math.min(wanted, packet.length() * 8 - IP_HEADER - 1);
                tell(packet, "corrupt", "bit " + bit);
                packet.flip(IP_HEADER + bit);
            }
        }
    }

    private void tell(PacketBuffer packet, String fault, String how) {
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        packet.causedBy(
                trace.emit(
                        new FaultInjected(
                                trace.stamp(from.host()), fault, packet.number(), 0, how)));
        trace.because(before);
    }

    void change(LinkChange change) {
        boolean tookAtOnce = takesAtOnce();
        change.delay().ifPresent(nanos -> delay = nanos);
        change.rate().ifPresent(bits -> rate = bits);
        change.queue().ifPresent(packets -> queueLimit = packets);
        change.loss().ifPresent(p -> loss = p);
        change.jitter().ifPresent(nanos -> jitter = nanos);
        change.cut().ifPresent(is -> cut = is);
        tellChanged();
        if (cut) for (PacketBuffer lost : flight.removeAll()) lose(lost, DropReason.LINK_CUT);
        PacketBuffer sender = leaving;
        if (sender != null && !tookAtOnce && takesAtOnce()) {
            leaving = null;
            from.transmitted(sender);
        }
        from.reconsider();
    }

    private void tellChanged() {
        if (!trace.isOn()) return;
        trace.emit(
                new LinkChanged(
                        trace.stamp(from.host()),
                        link,
                        to.host(),
                        delay,
                        rate,
                        queueLimit,
                        (int) Math.round(loss * MILLION),
                        jitter,
                        cut));
    }
}
