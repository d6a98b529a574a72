package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.InterruptRaised;
import io.socketlab.kernel.trace.TraceEvent.NapiPolled;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.RxQueued;
import io.socketlab.kernel.trace.TraceEvent.TxQueued;
import io.socketlab.kernel.wire.EthernetHeader;
import org.jspecify.annotations.Nullable;

/**
 * A network card and its driver. Outgoing frames wait in the TX ring for the wire. Incoming frames
 * are written to the RX ring; the first raises an interrupt, after which the driver polls until the
 * ring is empty, at most {@value #BUDGET} packets at a time (Linux's NAPI).
 */
public final class Nic {

    /** Packets one poll takes; Linux's NAPI_POLL_WEIGHT. */
    static final int BUDGET = 64;

    private final String host;
    private final long address;
    private final int mtu;
    private final Trace trace;
    private final EventLoop loop;
    private final DescriptorRing tx;
    private final DescriptorRing rx;
    private final Timer poll;
    private @Nullable Wire wire;
    private @Nullable PacketHandler handler;
    private @Nullable PacketTap tap;
    private int queueLimit = Integer.MAX_VALUE;
    private long received;
    private long sent;
    private long rxDropped;
    private long txDropped;

    /**
     * @param address the MAC address, 48 bits
     * @param mtu octets of the largest IP packet
     */
    public Nic(
            String host,
            long address,
            int mtu,
            int rxRing,
            int txRing,
            EventLoop loop,
            Trace trace) {
        this.host = host;
        this.address = address;
        this.mtu = mtu;
        this.loop = loop;
        this.trace = trace;
        this.rx = new DescriptorRing(rxRing);
        this.tx = new DescriptorRing(txRing);
        this.poll = new Timer(loop, this::poll);
    }

    public void handler(PacketHandler packets) {
        handler = packets;
    }

    public void tap(PacketTap frames) {
        tap = frames;
    }

    void connect(Wire outgoing) {
        wire = outgoing;
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

    /**
     * Sends an IP packet to the neighbour with MAC address {@code to}. Answers false where the
     * queueing discipline refused it.
     */
    public boolean send(PacketBuffer packet, long to, int etherType) {
        packet.push(EthernetHeader.SIZE);
        new EthernetHeader(to, address, etherType).writeTo(packet.octets(), packet.start());
        Wire out = wire;
        if (out == null) {
            drop(packet, "nic", DropReason.NO_ROUTE);
            return true;
        }
        if (tx.used() >= queueLimit) {
            drop(packet, "qdisc", DropReason.QDISC_FULL);
            return false;
        }
        // what waits for the wire waits here; the link may allow less than the ring has room for
        int room = Math.min(tx.size(), out.queueLimit());
        if (tx.used() >= room || !tx.offer(packet)) {
            txDropped++;
            drop(
                    packet,
                    room < tx.size() ? "link" : "txRing",
                    room < tx.size() ? DropReason.LINK_QUEUE_FULL : DropReason.TX_RING_FULL);
            return true;
        }
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new TxQueued(
                                    trace.stamp(host),
                                    packet.number(),
                                    packet.length(),
                                    tx.used(),
                                    tx.size())));
            trace.because(before);
        }
        out.transmit();
        return true;
    }

    /**
     * {@code tc qdisc replace dev … root pfifo limit}: packets that may wait, 0 for none at all.
     * What is more is refused, and its sender told. tc-bfifo(8).
     */
    public void queueLimit(int packets) {
        queueLimit = packets;
    }

    /** The wire is free: the next packet for it, if there is one. */
    @Nullable PacketBuffer nextToSend() {
        if (tx.isEmpty()) return null;
        PacketBuffer packet = tx.take();
        sent++;
        if (tap != null) tap.frame(loop.now(), host, true, packet);
        return packet;
    }

    int txUsed() {
        return tx.used();
    }

    /** A frame has come in whole. */
    void arrive(PacketBuffer packet) {
        if (!rx.offer(packet)) {
            rxDropped++;
            drop(packet, "rxRing", DropReason.RX_RING_FULL);
            return;
        }
        received++;
        if (tap != null) tap.frame(loop.now(), host, false, packet);
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new RxQueued(
                                    trace.stamp(host), packet.number(), rx.used(), rx.size())));
            trace.because(packet.cause());
            if (!poll.isRunning()) {
                trace.emit(new InterruptRaised(trace.stamp(host, Rule.LINUX_NAPI_INTERRUPT)));
            }
            trace.because(before);
        }
        if (!poll.isRunning()) poll.start(0);
    }

    /** A frame comes in and goes up in the same breath, as from a device that a program plays. */
    public void receiveNow(PacketBuffer frame) {
        arrive(frame);
        if (!poll.isRunning()) return;
        poll.stop();
        poll();
    }

    private void poll() {
        int taken = Math.min(rx.used(), BUDGET);
        if (trace.isOn()) {
            trace.because(0);
            trace.emit(
                    new NapiPolled(
                            trace.stamp(host, Rule.LINUX_NAPI_POLL), taken, rx.used() - taken));
        }
        for (int i = 0; i < taken; i++) deliver(rx.take());
        if (!rx.isEmpty()) poll.start(0);
    }

    private void deliver(PacketBuffer packet) {
        trace.because(packet.cause());
        EthernetHeader header =
                EthernetHeader.parse(packet.octets(), packet.start(), packet.length());
        if (header.dst() != address) {
            drop(packet, "nic", DropReason.NOT_OURS);
        } else if (handler != null) {
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

    /** Frames received, sent, and dropped at either ring, as {@code ip -s link} counts them. */
    public Counters counters() {
        return new Counters(received, sent, rxDropped, txDropped);
    }

    /** What {@link #counters()} counts. */
    public record Counters(long received, long sent, long rxDropped, long txDropped) {}
}
