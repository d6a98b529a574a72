package io.socketlab.kernel.link;

import io.socketlab.kernel.sim.Chance;
import org.jspecify.annotations.Nullable;

/**
 * Random early detection: marks or drops packets before the queue is full, the more often the
 * longer it is on average, so that senders slow down one by one. Floyd, Jacobson: Random Early
 * Detection Gateways for Congestion Avoidance (1993); tc-red(8), net/sched/sch_red.c. The average
 * is kept with {@code weightLog} bits behind its point.
 */
public final class Red implements Qdisc {

    private static final long NONE = -1;

    /** Above this many halvings the average of an idle queue is nothing. */
    private static final double MOST_HALVINGS = 31;

    private enum Verdict {
        PASS,
        MARK,
        HARD_MARK
    }

    private final RedOptions options;
    private final int weightLog;
    private final Chance chance;
    private final PacketList packets = new PacketList();
    private long octets;
    private long average;

    /** Packets since the last that was marked; -1 while none is to be. */
    private long sinceMark = NONE;

    /** The next is marked when {@code sinceMark} times how far the average is up reaches it. */
    private long threshold;

    private long idleSince;
    private long early;
    private long marked;
    private long overLimit;
    private long overlimits;

    private Signal signal = Signal.NONE;

    /**
     * @param chance decides which packets are marked
     */
    public Red(RedOptions options, Chance chance) {
        this.options = options;
        this.chance = chance;
        this.weightLog = options.weightLog();
    }

    public RedOptions options() {
        return options;
    }

    /** A packet that does not wait is counted like one that does. */
    @Override
    public boolean passes(PacketBuffer packet, long now) {
        return false;
    }

    @Override
    public boolean enqueue(PacketBuffer packet, long now) {
        average = nextAverage(now);
        idleSince = NONE;
        signal = Signal.NONE;
        Verdict verdict = verdict();
        if (verdict != Verdict.PASS) {
            overlimits++;
            boolean mayMark =
                    options.ecn() && !(verdict == Verdict.HARD_MARK && options.hardDrop());
            if (!mayMark || !Congestion.mark(packet)) {
                early++;
                signal = Signal.DROPPED_EARLY;
                return false;
            }
            marked++;
            signal = Signal.MARKED;
        }
        if (octets + packet.length() > options.limit()) {
            overLimit++;
            return false;
        }
        octets += packet.length();
        packets.add(packet);
        return true;
    }

    private long nextAverage(long now) {
        if (idleSince == NONE) return average + octets - (average >> weightLog);
        // as if so many packets had found an empty queue as could have been sent
        double packetTime = options.averagePacket() * 8e9 / options.bandwidth();
        double halvings =
                -Math.log(1 - 1.0 / (1 << weightLog))
                        / Math.log(2)
                        * (now - idleSince)
                        / packetTime;
        return halvings >= MOST_HALVINGS ? 0 : (long) (average * Math.pow(2, -halvings));
    }

    private Verdict verdict() {
        long min = (long) options.min() << weightLog;
        if (average < min) {
            sinceMark = NONE;
            return Verdict.PASS;
        }
        if (average >= (long) options.max() << weightLog) {
            sinceMark = NONE;
            return Verdict.HARD_MARK;
        }
        if (++sinceMark == 0) {
            threshold = nextThreshold();
            return Verdict.PASS;
        }
        if ((average - min >> weightLog) * sinceMark < threshold) return Verdict.PASS;
        sinceMark = 0;
        threshold = nextThreshold();
        return Verdict.MARK;
    }

    /** So that the average of what is above min, in octets, counts by {@code probability}. */
    private long nextThreshold() {
        long delta = Math.max(1, options.max() - options.min());
        double each = Math.max(1, options.probability() * (1L << 32) / delta);
        return (long) (chance.nextDouble() * (1L << 32) / each);
    }

    @Override
    public Signal signal() {
        return signal;
    }

    @Override
    public @Nullable PacketBuffer dequeue(long now) {
        PacketBuffer packet = packets.take();
        if (packet != null) octets -= packet.length();
        else if (idleSince == NONE) idleSince = now;
        return packet;
    }

    @Override
    public @Nullable PacketBuffer discard() {
        return dequeue(0);
    }

    @Override
    public int length() {
        return packets.length();
    }

    @Override
    public long backlog() {
        return octets;
    }

    /** Packets that it found to be too many, dropped or not. */
    public long overlimits() {
        return overlimits;
    }

    /** Packets that were dropped although there was room. */
    public long early() {
        return early;
    }

    /** Packets that were marked. */
    public long marked() {
        return marked;
    }

    /** Packets for which there was no room. */
    public long overLimit() {
        return overLimit;
    }

    @Override
    public String kind() {
        return "red";
    }
}
