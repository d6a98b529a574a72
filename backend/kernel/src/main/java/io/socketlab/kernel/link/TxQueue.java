package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.PacketMarked;
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
    private final String device;
    private final EventLoop loop;
    private final Trace trace;
    private TxRing ring;
    private ByteQueueLimits limits;
    private Qdisc qdisc = new PfifoFast(PfifoFast.DEFAULT_LIMIT);
    private @Nullable Wire wire;
    private @Nullable Timer watchdog;
    private boolean running;

    /** Frames that are out of the host, and whose descriptors wait for a poll. */
    private int done;

    private long dropped;
    private long qdiscDropped;
    private long qdiscSent;
    private long qdiscSentOctets;

    TxQueue(String host, String device, int ringSize, EventLoop loop, Trace trace) {
        this.host = host;
        this.device = device;
        this.loop = loop;
        this.trace = trace;
        this.ring = new TxRing(ringSize);
        this.limits = new ByteQueueLimits(loop);
    }

    /** A queue on the path takes what the ring has at once: it stands for both. */
    void connect(Wire outgoing) {
        wire = outgoing;
        ring.enlarge(outgoing.queue());
    }

    /**
     * The wire is another. What waits is counted as it would be if it had come now: what the wire
     * takes at once is nobody's memory any more.
     */
    void reconsider() {
        if (wire == null) return;
        ring.enlarge(wire.queue());
        limits = new ByteQueueLimits(loop);
        for (int i = 0; i < ring.waiting(); i++) {
            if (counts()) limits.queued(ring.waitingAt(i).length());
            else ring.waitingAt(i).released();
        }
        run(wire);
    }

    /** Packets in the ring. */
    int used() {
        return ring.used();
    }

    /** Whether the ring has a descriptor to spare. */
    boolean hasDescriptor() {
        return !ring.isFull();
    }

    /** {@code ethtool -G}: a ring of another size is a new one, and what was in the old is lost. */
    void resize(int size) {
        for (PacketBuffer p = ring.fetch(); p != null; p = ring.fetch()) {
            if (counts()) limits.completed(p.length());
            drop(p, "txRing", DropReason.RING_RESET);
        }
        done = 0;
        ring = new TxRing(size);
        if (wire != null) connect(wire);
    }

    /** What waits is lost. */
    void clear() {
        qdisc(qdisc);
        resize(ring.size());
    }

    /** Packets that came to nothing here. */
    long dropped() {
        return dropped;
    }

    /** What the queueing discipline has done since it is there. */
    QdiscCounters qdiscCounters() {
        return new QdiscCounters(qdiscSentOctets, qdiscSent, qdiscDropped);
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
        qdiscDropped = 0;
        qdiscSent = 0;
        qdiscSentOctets = 0;
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
            refuse(packet);
            return false;
        }
        if (trace.isOn()) {
            if (qdisc.signal() == Qdisc.Signal.MARKED) tellMarked(packet);
            tellQueued(packet);
        }
        run(out);
        return true;
    }

    private void refuse(PacketBuffer packet) {
        qdiscDropped++;
        if (qdisc.signal() != Qdisc.Signal.DROPPED_EARLY) {
            drop(packet, "qdisc", DropReason.QDISC_FULL);
            return;
        }
        drop(packet, "qdisc", DropReason.QDISC_EARLY, Rule.RED_EARLY);
    }

    /** A queue on the path never stops the sender: it drops what is too much. */
    private boolean hasRoom(Wire out) {
        if (out.queue() > 0) return ring.waiting() >= out.queue() || !ring.isFull();
        return !ring.isFull() && limits.hasRoom();
    }

    /** The next frame for the wire, which is free, if there is one. */
    @Nullable PacketBuffer take() {
        return ring.fetch();
    }

    /** The descriptor of the frame that the wire took can be used again at once. */
    void reuse() {
        ring.clean();
    }

    /** A frame is out of the host; its descriptor is not clean before a poll. */
    void done() {
        done++;
    }

    /** Frames that are out of the host, and whose descriptors wait for a poll. */
    int waitingToBeCleaned() {
        return done;
    }

    /** A poll takes back what is done. Linux's napi_consume_skb(). */
    void clean() {
        // what was in a ring that was made anew meanwhile has nothing to take back
        for (done = Math.min(done, ring.done()); done > 0; done--) {
            int length = ring.firstDoneLength();
            completed(ring.clean(), length);
        }
    }

    /**
     * A frame is out of the host: its sender's memory is free, and byte queue limits go on. Linux's
     * netdev_tx_completed_queue().
     *
     * @param length of the whole frame, which its receiver may have taken apart by now
     */
    void completed(PacketBuffer packet, int length) {
        if (counts()) limits.completed(length);
        packet.released();
        if (wire != null && qdisc.length() > 0) run(wire);
    }

    /** A wire that takes what it is given at once has nothing to be limited in. */
    private boolean counts() {
        return wire != null && !wire.takesAtOnce();
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
        qdiscSent++;
        qdiscSentOctets += packet.length();
        if (out.queue() > 0 && ring.waiting() >= out.queue()) {
            drop(packet, "link", DropReason.LINK_QUEUE_FULL);
            return;
        }
        ring.post(packet);
        if (trace.isOn()) {
            int before = trace.because(packet.cause());
            packet.causedBy(
                    trace.emit(
                            new TxQueued(
                                    trace.stamp(host),
                                    packet.number(),
                                    device,
                                    packet.length(),
                                    ring.used(),
                                    ring.size(),
                                    ring.head(),
                                    ring.tail())));
            trace.because(before);
        }
        if (out.takesAtOnce()) packet.released();
        else limits.queued(packet.length());
        out.transmit();
    }

    private void tellMarked(PacketBuffer packet) {
        int before = trace.because(packet.cause());
        packet.causedBy(
                trace.emit(
                        new PacketMarked(
                                trace.stamp(host, Rule.RED_EARLY),
                                packet.number(),
                                device,
                                qdisc.kind(),
                                qdisc.length())));
        trace.because(before);
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
                trace.emit(
                        new QdiscQueued(
                                stamp, packet.number(), device, qdisc.kind(), qdisc.length())));
        trace.because(before);
    }

    private void drop(PacketBuffer packet, String where, DropReason reason) {
        drop(packet, where, reason, null);
    }

    private void drop(PacketBuffer packet, String where, DropReason reason, @Nullable Rule rule) {
        dropped++;
        packet.released();
        if (!trace.isOn()) return;
        int before = trace.because(packet.cause());
        Stamp stamp = rule == null ? trace.stamp(host) : trace.stamp(host, rule);
        trace.emit(new PacketDropped(stamp, packet.number(), where, reason));
        trace.because(before);
    }
}
