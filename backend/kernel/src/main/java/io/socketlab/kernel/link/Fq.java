package io.socketlab.kernel.link;

import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Fair queueing with pacing: each socket has a queue of its own, they take turns by octets, and no
 * packet leaves before its time. tc-fq(8), net/sched/sch_fq.c.
 */
public final class Fq implements Qdisc {

    private static final int BAND_COUNT = 3;

    /** The band of each of the 16 priorities: fq_default_priomap in sch_generic.c. */
    private static final byte[] BANDS = {1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};

    /** Octets that each band may send in its turn. */
    private static final int[] BAND_QUANTUM = {9 << 16, 3 << 16, 1 << 16};

    /** Flows of packets without a socket: orphan_mask. */
    private static final int ORPHANS = 1024;

    /** At a rate below this, octets a second, every packet waits for its time. */
    private static final long LOW_RATE = 550_000 / 8;

    private static final long SECOND = 1_000_000_000L;
    private static final long REFILL_DELAY = 40_000_000L;
    private static final long FORGET_AFTER = 3 * SECOND;

    /** Packets that may pass by the flows while all of those wait for their time. */
    private static final int FAST_PATH_LENGTH = 8;

    private static final class Band {
        private final FqFlow.Ring newFlows = new FqFlow.Ring();
        private final FqFlow.Ring oldFlows = new FqFlow.Ring();
        private long credit;
        private int packets;

        private FqFlow.@Nullable Ring next() {
            if (credit <= 0) return null;
            if (newFlows.first() != null) return newFlows;
            return oldFlows.first() != null ? oldFlows : null;
        }
    }

    private final FqOptions options;
    private final Band[] bands = new Band[BAND_COUNT];
    private final Map<Integer, FqFlow> flows = new LinkedHashMap<>();
    private final PriorityQueue<FqFlow> throttled =
            new PriorityQueue<>((a, b) ->
                    a.nextDeparture != b.nextDeparture
                            ? Long.compare(a.nextDeparture, b.nextDeparture)
                            : Long.compare(a.throttledOrder, b.throttledOrder));

    /** Packets that found nothing to wait behind: what Linux calls the internal flow. */
    private final PacketList fastPath = new PacketList();

    private int turn;
    private int length;
    private long octets;

    /** Flows that have packets and do not wait for a time. */
    private int ready;

    private long throttles;

    public Fq(FqOptions options) {
        this.options = options;
        for (int i = 0; i < bands.length; i++) bands[i] = new Band();
    }

    @Override
    public String kind() {
        return "fq";
    }

    public FqOptions options() {
        return options;
    }

    @Override
    public long backlog() {
        return octets;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean passes(PacketBuffer packet, long now) {
        if (fastPath.length() > 0 || !takesFastPath(packet, now)) return false;
        claim(packet);
        return true;
    }

    /** A rate of the qdisc's own, or of a socket that names no times: flows have to be told. */
    private boolean limitsUnconnected(PacketBuffer packet) {
        if (options.maxRate() != PacketOwner.UNLIMITED) return true;
        PacketOwner owner = packet.owner();
        return packet.departure() == 0
                && owner != null
                && owner.pacingRate() != PacketOwner.UNLIMITED;
    }

    /** Its socket need not see to the times itself. */
    private void claim(PacketBuffer packet) {
        PacketOwner owner = packet.owner();
        if (owner != null && options.pacing()) owner.pacedByQdisc();
    }

    @Override
    public boolean enqueue(PacketBuffer packet, long now) {
        Band band = bands[BANDS[packet.priority() & BANDS.length - 1]];
        if (band.packets >= options.limit()) return false;
        if (packet.departure() > now + options.horizon()) {
            if (options.dropsBeyondHorizon()) return false;
            packet.departure(now + options.horizon());
        }
        claim(packet);
        if (takesFastPath(packet, now)) {
            fastPath.add(packet);
            length++;
            octets += packet.length();
            return true;
        }
        FqFlow flow = flow(packet, now);
        if (flow.packets.length() >= options.flowLimit()) return false;
        if (flow.place == FqFlow.Place.DETACHED) {
            band.newFlows.add(flow, FqFlow.Place.NEW);
            if (now > flow.lastUsed + REFILL_DELAY) {
                flow.credit = Math.max(flow.credit, options.quantum());
            }
        }
        flow.band = BANDS[packet.priority() & BANDS.length - 1];
        if (flow.packets.length() == 0 && flow.place != FqFlow.Place.THROTTLED) ready++;
        flow.lastUsed = now;
        flow.packets.addByDeparture(packet);
        band.packets++;
        length++;
        octets += packet.length();
        return true;
    }

    /** Everything that waits does so for a time, and that is not now. */
    private boolean takesFastPath(PacketBuffer packet, long now) {
        if (packet.departure() > now || limitsUnconnected(packet)) return false;
        if (length == 0) return true;
        return ready == 0
                && fastPath.length() < FAST_PATH_LENGTH
                && (throttled.isEmpty() || throttled.element().nextDeparture > now);
    }

    private FqFlow flow(PacketBuffer packet, long now) {
        PacketOwner owner = packet.owner();
        int key = owner == null ? -1 - orphanHash(packet) : owner.flow();
        FqFlow flow = flows.get(key);
        if (flow != null) return flow;
        forgetUnused(now);
        flow = new FqFlow();
        flow.credit = options.initialQuantum();
        flow.lastUsed = now;
        flows.put(key, flow);
        return flow;
    }

    private void forgetUnused(long now) {
        flows.values()
                .removeIf(f -> f.place == FqFlow.Place.DETACHED && now > f.lastUsed + FORGET_AFTER);
    }

    /** By addresses and, beyond a header without options, ports. */
    private static int orphanHash(PacketBuffer packet) {
        byte[] o = packet.octets();
        int ip = packet.start() + EthernetHeader.SIZE;
        int hash = 0;
        for (int at = 12; at < Ipv4Header.SIZE + 4 && ip + at + 1 < packet.end(); at += 2) {
            hash = hash * 31 + Octets.getShort(o, ip + at);
        }
        return Math.floorMod(hash ^ hash >>> 16, ORPHANS);
    }

    @Override
    public @Nullable PacketBuffer dequeue(long now) {
        PacketBuffer first = fastPath.take();
        if (first != null) {
            length--;
            octets -= first.length();
            return first;
        }
        release(now);
        while (hasFlows()) {
            Band band = bands[turn];
            FqFlow.Ring ring = band.next();
            PacketBuffer packet = ring == null ? null : next(band, ring, now);
            if (packet != null) return packet;
            if (ring == null) nextBand();
        }
        return null;
    }

    private boolean hasFlows() {
        for (Band band : bands) {
            if (band.newFlows.first() != null || band.oldFlows.first() != null) return true;
        }
        return false;
    }

    private void nextBand() {
        turn = (turn + 1) % BAND_COUNT;
        Band band = bands[turn];
        band.credit = Math.min(band.credit + BAND_QUANTUM[turn], BAND_QUANTUM[turn]);
    }

    /** The packet of the flow whose turn it is; null if that has to give it up. */
    private @Nullable PacketBuffer next(Band band, FqFlow.Ring ring, long now) {
        FqFlow flow = ring.first();
        if (flow == null) return null;
        if (flow.credit <= 0) {
            flow.credit += options.quantum();
            band.oldFlows.add(ring.take(), FqFlow.Place.OLD);
            return null;
        }
        PacketBuffer packet = flow.packets.first();
        if (packet == null) {
            ring.take();
            // once more around, so that coming and going does not win against those that stay
            if (ring == band.newFlows) band.oldFlows.add(flow, FqFlow.Place.OLD);
            else flow.place = FqFlow.Place.DETACHED;
            return null;
        }
        long departure = Math.max(packet.departure(), flow.nextDeparture);
        if (departure > now) {
            ring.take();
            flow.nextDeparture = departure;
            throttle(flow);
            return null;
        }
        flow.packets.take();
        if (flow.packets.length() == 0) ready--;
        bands[BANDS[packet.priority() & BANDS.length - 1]].packets--;
        length--;
        octets -= packet.length();
        flow.credit -= packet.length();
        band.credit -= packet.length();
        if (options.pacing()) pace(flow, packet, now);
        return packet;
    }

    private void throttle(FqFlow flow) {
        flow.place = FqFlow.Place.THROTTLED;
        flow.throttledOrder = throttles++;
        throttled.add(flow);
        ready--;
    }

    /** Those whose time has come take their turns again. */
    private void release(long now) {
        while (!throttled.isEmpty() && throttled.element().nextDeparture <= now) {
            FqFlow flow = throttled.remove();
            bands[flow.band].oldFlows.add(flow, FqFlow.Place.OLD);
            ready++;
        }
    }

    /** When the flow may send next, where its packets do not say so themselves. */
    private void pace(FqFlow flow, PacketBuffer packet, long now) {
        long rate = options.maxRate();
        long octets = packet.length();
        if (packet.departure() == 0) {
            PacketOwner owner = packet.owner();
            if (owner != null) rate = Math.min(rate, owner.pacingRate());
            if (rate <= LOW_RATE) {
                flow.credit = 0;
            } else {
                octets = Math.max(octets, options.quantum());
                if (flow.credit > 0) return;
            }
        }
        if (rate == PacketOwner.UNLIMITED) return;
        long gap = Math.min(octets * SECOND / Math.max(rate, 1), SECOND);
        if (flow.nextDeparture > 0) gap -= Math.min(gap / 2, now - flow.nextDeparture);
        flow.nextDeparture = now + gap;
    }

    @Override
    public long nextAt() {
        return throttled.isEmpty() ? NEVER : throttled.element().nextDeparture;
    }

    @Override
    public long departureOf(PacketBuffer packet) {
        return packet.departure();
    }

    @Override
    public @Nullable PacketBuffer discard() {
        PacketBuffer packet = fastPath.take();
        for (FqFlow flow : flows.values()) {
            if (packet == null) packet = flow.packets.take();
        }
        if (packet != null) {
            length--;
            octets -= packet.length();
        }
        return packet;
    }
}
