package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.RxQueued;
import io.socketlab.kernel.wire.EthernetHeader;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A network card and its driver. Outgoing frames wait in a {@link TxQueue}, incoming ones in the RX
 * ring for the driver's poll; {@link Napi} says when it polls.
 */
public final class Nic {

    /** Of queueing disciplines to which nobody gives a number: qdisc_alloc_handle(). */
    private static final int FIRST_HANDLE = 0x8000;

    private final String host;
    private final String device;
    private final long address;
    private final int mtu;
    private final Trace trace;
    private final EventLoop loop;
    private final Napi napi;
    private final Gro gro;
    private final TxQueue tx;
    private NicSettings settings;
    private RxRing rx;
    private @Nullable Wire wire;
    private @Nullable PacketHandler handler;
    private @Nullable PacketTap tap;
    private boolean down;
    private int qdiscsSet;
    private int qdiscHandle;
    private long received;
    private long sent;
    private long rxMissed;
    private long receivedOctets;
    private long sentOctets;
    private long rxChecksumErrors;

    /**
     * @param device its name on the host: {@code eth0}
     * @param address the MAC address, 48 bits
     * @param mtu octets of the largest IP packet
     */
    public Nic(
            String host,
            String device,
            long address,
            int mtu,
            NicSettings settings,
            EventLoop loop,
            Trace trace) {
        this.host = host;
        this.device = device;
        this.address = address;
        this.mtu = mtu;
        this.settings = settings;
        this.loop = loop;
        this.trace = trace;
        rx = new RxRing(settings.rxRing());
        tx = new TxQueue(host, device, settings.txRing(), loop, trace);
        napi = new Napi(host, device, loop, trace, new Driver());
        napi.coalescing(settings.coalescing());
        gro = new Gro(host, trace, this::deliver);
    }

    public void handler(PacketHandler packets) {
        handler = packets;
    }

    /** {@code frames} sees what it sends and receives from now on. */
    public void tap(PacketTap frames) {
        tap = frames;
    }

    /**
     * @param frames that one softirq takes before it lets others run: net.core.netdev_budget
     */
    public void softirqBudget(IntSupplier frames) {
        napi.softirqBudget(frames);
    }

    /**
     * @param wanted whether the socket that a datagram is for takes joined ones, UDP_GRO; the
     *     packet is positioned at its IPv4 header
     */
    public void joinsDatagrams(Predicate<PacketBuffer> wanted) {
        gro.datagrams().wanted(wanted);
    }

    public NicSettings settings() {
        return settings;
    }

    /**
     * Sets what {@code ethtool -G} and {@code -C} set. Rings of another size are new ones: what is
     * in the old ones is lost, as in a driver that takes its device down and up again.
     */
    public void settings(NicSettings changed) {
        if (changed.rxRing() != settings.rxRing()) {
            while (!rx.isEmpty()) drop(rx.take(), "rxRing", DropReason.RING_RESET);
            rx = new RxRing(changed.rxRing());
        }
        if (changed.txRing() != settings.txRing()) {
            tx.resize(changed.txRing());
        }
        settings = changed;
        napi.coalescing(changed.coalescing());
    }

    /** Where its cable goes in. */
    Port port() {
        return new Socket();
    }

    private final class Socket implements Port {

        @Override
        public String host() {
            return host;
        }

        @Override
        public String device() {
            return device;
        }

        @Override
        public void connect(Wire outgoing) {
            wire = outgoing;
            tx.connect(outgoing);
        }

        @Override
        public void reconsider() {
            tx.reconsider();
        }

        @Override
        public @Nullable PacketBuffer nextToSend() {
            return Nic.this.nextToSend();
        }

        @Override
        public int waiting() {
            return tx.used();
        }

        @Override
        public void taken(PacketBuffer frame) {
            if (napi.holdsSent()) hold(frame);
        }

        @Override
        public void transmitted(PacketBuffer frame) {
            if (napi.holdsSent()) hold(frame);
            else tx.completed(frame, frame.length());
        }

        @Override
        public void arrive(PacketBuffer frame) {
            if (isForUs(frame)) Nic.this.arrive(frame);
        }
    }

    /**
     * Something is to happen on the wire to the next frame that leaves. Answers false where there
     * is no wire.
     */
    public boolean befallNext(Fault fault) {
        if (wire == null) return false;
        wire.befall(fault);
        return true;
    }

    /**
     * It has power or not. Without, whatever is in its rings is lost, it sends nothing, and what
     * comes in is lost.
     */
    public void powered(boolean on) {
        down = !on;
        if (on) return;
        napi.stop();
        while (!rx.isEmpty()) rx.take();
        rx = new RxRing(settings.rxRing());
        tx.clear();
    }

    public long address() {
        return address;
    }

    public int mtu() {
        return mtu;
    }

    String host() {
        return host;
    }

    /** Its name on the host: {@code eth0}. */
    public String device() {
        return device;
    }

    /** Whether the TX ring has a descriptor to spare; what is sent without one is dropped. */
    public boolean hasTxRoom() {
        return tx.hasDescriptor();
    }

    /**
     * Sends an IP packet to the neighbour with MAC address {@code to}. Answers false where the
     * queueing discipline refused it.
     */
    public boolean send(PacketBuffer packet, long to, int etherType) {
        if (down) {
            packet.released();
            return true;
        }
        packet.push(EthernetHeader.SIZE);
        new EthernetHeader(to, address, etherType).writeTo(packet.octets(), packet.start());
        return tx.send(packet);
    }

    /** {@code tc qdisc replace dev … root}: what waited in the one before is lost. */
    public void qdisc(Qdisc discipline) {
        tx.qdisc(discipline);
        qdiscsSet++;
        qdiscHandle = FIRST_HANDLE + qdiscsSet;
    }

    /** {@code tc qdisc del dev … root}: it has what it had at first. */
    public void usualQdisc() {
        tx.qdisc(new PfifoFast(PfifoFast.DEFAULT_LIMIT));
        qdiscHandle = 0;
    }

    /** The major number of its queueing discipline; 0 if that has not been set. */
    public int qdiscHandle() {
        return qdiscHandle;
    }

    /** {@code tc -s qdisc show}. */
    public QdiscCounters qdiscCounters() {
        return tx.qdiscCounters();
    }

    /** {@code tc qdisc show}. */
    public Qdisc qdisc() {
        return tx.qdisc();
    }

    private @Nullable PacketBuffer nextToSend() {
        PacketBuffer packet = tx.take();
        if (packet == null) return null;
        sent++;
        sentOctets += packet.length();
        if (tap != null) tell(tap, true, packet);
        if (!napi.holdsSent()) tx.reuse();
        return packet;
    }

    /** It stays in the ring until a poll cleans it. */
    private void hold(PacketBuffer packet) {
        tx.done();
        napi.sent(packet);
    }

    /** What a switch sends to everybody passes by those whom it is not for. */
    private boolean isForUs(PacketBuffer frame) {
        long to = EthernetHeader.destination(frame.octets(), frame.start());
        return to == address || (to & EthernetHeader.GROUP) != 0;
    }

    /** A frame has come in whole. */
    private void arrive(PacketBuffer packet) {
        if (down) {
            drop(packet, "nic", DropReason.HOST_DOWN);
            return;
        }
        if (!rx.fill(packet)) {
            rxMissed++;
            drop(packet, "rxRing", DropReason.RX_RING_FULL);
            return;
        }
        received++;
        receivedOctets += packet.length();
        if (packet.corrupted() && RxChecksum.isWrong(packet)) rxChecksumErrors++;
        if (tap != null) tell(tap, false, packet);
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new RxQueued(
                                    trace.stamp(host),
                                    packet.number(),
                                    device,
                                    rx.used(),
                                    rx.size(),
                                    rx.head(),
                                    rx.tail())));
            trace.because(before);
        }
        napi.received(packet);
    }

    private void tell(PacketTap listener, boolean outgoing, PacketBuffer frame) {
        var place = new PacketTap.Place(host, device, outgoing);
        listener.frame(place, loop.now(), trace.lastSeq() + 1, frame);
    }

    /** A frame comes in and goes up in the same breath, as from a device that a program plays. */
    public void receiveNow(PacketBuffer frame) {
        arrive(frame);
        napi.pollNow();
    }

    private void deliver(PacketBuffer packet) {
        trace.because(packet.cause());
        EthernetHeader header =
                EthernetHeader.parse(packet.octets(), packet.start(), packet.length());
        if (handler != null) {
            packet.pull(EthernetHeader.SIZE);
            handler.receive(packet, header.type());
        }
        trace.because(0);
    }

    private void drop(PacketBuffer packet, String where, DropReason reason) {
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        trace.emit(new PacketDropped(trace.stamp(host), packet.number(), where, reason));
        trace.because(before);
    }

    /** What the driver does in a poll. */
    private final class Driver implements Napi.Driver {

        @Override
        public int received() {
            return rx.used();
        }

        @Override
        public int sent() {
            return tx.waitingToBeCleaned();
        }

        @Override
        public void poll(int frames) {
            tx.clean();
            boolean joins = settings.gro();
            for (int i = 0; i < frames; i++) {
                if (joins) gro.receive(rx.take());
                else deliver(rx.take());
            }
            if (joins) gro.flush();
            rx.refill();
        }
    }

    /** Frames received, sent, and dropped at either ring, as {@code ip -s link} counts them. */
    public Counters counters() {
        return new Counters(
                received,
                sent,
                rxMissed,
                tx.dropped(),
                receivedOctets,
                sentOctets,
                rxChecksumErrors,
                napi.interrupts(),
                napi.polls(),
                napi.timeSqueezes());
    }

    /**
     * What {@link #counters()} counts.
     *
     * @param rxMissed frames for which there was no descriptor in the RX ring
     * @param receivedOctets of whole frames
     * @param sentOctets of whole frames
     * @param rxChecksumErrors frames whose checksum the NIC found wrong
     * @param timeSqueezes softirqs that used their budget up with work left
     */
    public record Counters(
            long received,
            long sent,
            long rxMissed,
            long txDropped,
            long receivedOctets,
            long sentOctets,
            long rxChecksumErrors,
            long interrupts,
            long polls,
            long timeSqueezes) {}
}
