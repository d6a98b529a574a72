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
import io.socketlab.kernel.wire.EthernetHeader;
import org.jspecify.annotations.Nullable;

/**
 * A network card and its driver. Outgoing frames wait in a {@link TxQueue}. Incoming frames are
 * written to the RX ring; the first raises an interrupt, after which the driver polls until the
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
    private final TxQueue tx;
    private final DescriptorRing rx;
    private final Timer poll;
    private @Nullable PacketHandler handler;
    private @Nullable PacketTap tap;
    private long received;
    private long sent;
    private long rxDropped;

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
        this.tx = new TxQueue(host, txRing, loop, trace);
        this.poll = new Timer(loop, this::poll);
    }

    public void handler(PacketHandler packets) {
        handler = packets;
    }

    public void tap(PacketTap frames) {
        tap = frames;
    }

    void connect(Wire outgoing) {
        tx.connect(outgoing);
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
        return tx.send(packet);
    }

    /** {@code tc qdisc replace dev … root}: what waited in the one before is lost. */
    public void qdisc(Qdisc discipline) {
        tx.qdisc(discipline);
    }

    /** {@code tc qdisc show}. */
    public Qdisc qdisc() {
        return tx.qdisc();
    }

    /** The wire is free: the next packet for it, if there is one. */
    @Nullable PacketBuffer nextToSend() {
        PacketBuffer packet = tx.take();
        if (packet == null) return null;
        sent++;
        if (tap != null) tap.frame(loop.now(), host, true, packet);
        return packet;
    }

    int txUsed() {
        return tx.used();
    }

    /** A frame that waited in the TX ring is on the wire whole. */
    void transmitted(PacketBuffer packet) {
        tx.completed(packet);
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

    /** Frames received, sent, and dropped on either way, as {@code ip -s link} counts them. */
    public Counters counters() {
        return new Counters(received, sent, rxDropped, tx.dropped());
    }

    /** What {@link #counters()} counts. */
    public record Counters(long received, long sent, long rxDropped, long txDropped) {}
}
