package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.QdiscQueued;
import io.socketlab.kernel.trace.TraceEvent.TxQueued;
import org.jspecify.annotations.Nullable;

/**
 * The way of a packet out of a host: through the queueing discipline, past which it goes where
 * nothing waits there, into the TX ring, as far as descriptors and byte queue limits allow, to the
 * wire. Linux's __dev_xmit_skb() and sch_direct_xmit().
 */
final class TxQueue {

    private final String host;
    private final EventLoop loop;
    private final Trace trace;
    private DescriptorRing ring;
    private final ByteQueueLimits limits;
    private Qdisc qdisc = new PfifoFast(PfifoFast.DEFAULT_LIMIT);
    private @Nullable Wire wire;
    private @Nullable Timer watchdog;
    private boolean running;
    private long dropped;

    TxQueue(String host, int ringSize, EventLoop loop, Trace trace) {
        this.host = host;
        this.loop = loop;
        this.trace = trace;
        this.ring = new DescriptorRing(ringSize);
        this.limits = new ByteQueueLimits(loop);
    }

    /** A queue on the path takes what the ring has at once: it stands for both. */
    void connect(Wire outgoing) {
        wire = outgoing;
        if (outgoing.queue() > ring.size()) ring = new DescriptorRing(outgoing.queue());
    }

    /** Packets in the ring. */
    int used() {
        return ring.used();
    }

    /** Packets that came to nothing here. */
    long dropped() {
        return dropped;
    }

    Qdisc qdisc() {
        return qdisc;
    }

    /** {@code tc qdisc replace}: what waited in the one before is lost. */
    void qdisc(Qdisc next) {
        for (PacketBuffer p = qdisc.discard(); p != null; p = qdisc.discard()) {
            drop(p, "qdisc", DropReason.QDISC_REPLACED);
        }
        if (watchdog != null) watchdog.stop();
        qdisc = next;
    }

    /** Answers false where the queueing discipline refused {@code packet}. */
    boolean send(PacketBuffer packet) {
        Wire out = wire;
        if (out == null) {
            drop(packet, "nic", DropReason.NO_ROUTE);
            return true;
        }
        if (hasRoom(out) && qdisc.passes(packet, loop.now())) {
            put(packet, out);
            return true;
        }
        if (!qdisc.enqueue(packet, loop.now())) {
            drop(packet, "qdisc", DropReason.QDISC_FULL);
            return false;
        }
        if (trace.isOn()) tellQueued(packet);
        run(out);
        return true;
    }

    /** A queue on the path never stops the sender: it drops what is too much. */
    private boolean hasRoom(Wire out) {
        return out.queue() > 0 || !ring.isFull() && limits.hasRoom();
    }

    /** The next frame for the wire, which is free, if there is one. */
    @Nullable PacketBuffer take() {
        return ring.isEmpty() ? null : ring.take();
    }

    /** A frame is on the wire whole: what it took of the ring can be used again. */
    void completed(PacketBuffer packet) {
        limits.completed(packet.length());
        packet.released();
        if (wire != null && qdisc.length() > 0) run(wire);
    }

    /** Moves on what may go. Linux's __qdisc_run(). */
    private void run(Wire out) {
        if (running) return;
        running = true;
        while (hasRoom(out)) {
            PacketBuffer packet = qdisc.dequeue(loop.now());
            if (packet == null) break;
            put(packet, out);
        }
        running = false;
        if (hasRoom(out) && qdisc.length() > 0) wakeAt(qdisc.nextAt(), out);
    }

    private void wakeAt(long at, Wire out) {
        if (at == Qdisc.NEVER) return;
        if (watchdog == null) watchdog = new Timer(loop, () -> run(out));
        watchdog.startAt(Math.max(at, loop.now()));
    }

    private void put(PacketBuffer packet, Wire out) {
        if (out.queue() > 0 && ring.used() >= out.queue()) {
            drop(packet, "link", DropReason.LINK_QUEUE_FULL);
            return;
        }
        ring.offer(packet);
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new TxQueued(
                                    trace.stamp(host),
                                    packet.number(),
                                    packet.length(),
                                    ring.used(),
                                    ring.size())));
            trace.because(before);
        }
        if (out.takesAtOnce()) packet.released();
        else limits.queued(packet.length());
        out.transmit();
    }

    private void tellQueued(PacketBuffer packet) {
        long departs = qdisc.departureOf(packet);
        Stamp stamp =
                departs <= loop.now()
                        ? trace.stamp(host)
                        : trace.stamp(
                                host,
                                Rule.LINUX_FQ_DEPARTURE,
                                "departs in " + (departs - loop.now()) / 1000 + " us");
        int before = trace.because(packet.cause());
        packet.causedBy(
                trace.emit(new QdiscQueued(stamp, packet.number(), qdisc.kind(), qdisc.length())));
        trace.because(before);
    }

    private void drop(PacketBuffer packet, String where, DropReason reason) {
        dropped++;
        packet.released();
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        trace.emit(new PacketDropped(trace.stamp(host), packet.number(), where, reason));
        trace.because(before);
    }
}
