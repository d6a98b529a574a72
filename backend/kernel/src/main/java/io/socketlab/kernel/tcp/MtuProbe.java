package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;

/**
 * Searches for the path's MTU with the data itself: one segment larger than the MSS is sent, and
 * its arrival or loss halves the range. RFC 4821 §7; Linux's tcp_mtu_probe().
 */
final class MtuProbe {

    /** What {@link #attempt} came to. */
    enum Attempt {
        SENT,
        /** Sending has to pause, so that there is room for a probe. */
        WAIT,
        /** No probe now: data goes as usual. */
        NONE
    }

    private static final int MIN_CWND = 11;

    private final Connection c;

    /** Octets of the packet that is under way as a probe; 0 if none is. */
    private int size;

    private int from;
    private int end;

    MtuProbe(Connection c) {
        this.c = c;
    }

    /** Sends a probe out of the unsent data, if there is reason, data and window enough. */
    Attempt attempt(int mss) {
        PathMtu path = c.pathMtu;
        if (!path.isSearching()
                || size > 0
                || c.recovery.state() != CongestionState.OPEN
                || c.window.cwnd() < MIN_CWND
                || !c.sackBlocks.isEmpty()) {
            return Attempt.NONE;
        }
        int length = path.mssFor(path.searchHigh() + path.searchLow() >> 1);
        int interval = path.searchHigh() - path.searchLow();
        if (length > path.mssFor(path.searchHigh()) || interval < c.tunables().probeThreshold) {
            path.searchAgainLater();
            return Attempt.NONE;
        }
        Tcb.Send snd = c.tcb.snd;
        int needed = length + (c.recovery.reordering().degree() + 1) * snd.mss;
        if (snd.writeSeq - snd.nxt < needed || snd.wnd < needed) return Attempt.NONE;
        if (SeqNum.after(snd.nxt + needed, snd.windowEnd())) return Attempt.WAIT;
        if (c.inFlight() + 2 > c.window.cwnd()) {
            return c.inFlight() == 0 ? Attempt.NONE : Attempt.WAIT;
        }
        if (!isOnePiece(length)) return Attempt.NONE;
        if (c.pacing != null && c.pacing.holds()) return Attempt.NONE;
        send(collect(length, mss));
        return Attempt.SENT;
    }

    /** Whether no mark of the program (MSG_EOR) stands in the first {@code length} octets. */
    private boolean isOnePiece(int length) {
        RecordRing unsent = c.sendBuffer.unsent();
        int left = length;
        for (int i = 0; i < unsent.size(); i++) {
            SegmentRecord record = unsent.get(i);
            if (left <= record.length) return true;
            if (record.endOfRecord) return false;
            left -= record.length;
        }
        return false;
    }

    private SegmentRecord collect(int length, int mss) {
        RecordRing unsent = c.sendBuffer.unsent();
        SegmentRecord probe = SegmentRecord.withRoom(unsent.first().seq, length);
        c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        while (probe.length < length) {
            SegmentRecord record = unsent.first();
            int count = Math.min(record.length, length - probe.length);
            probe.append(record.octets, record.from, count, count);
            if (count == record.length) {
                probe.flags |= record.flags;
                probe.endOfRecord = record.endOfRecord;
                unsent.removeFirst();
                c.sendBuffer.release(SegmentRecord.OVERHEAD);
            } else {
                probe.flags |= record.flags & ~(TcpHeader.FIN | TcpHeader.PSH);
                record.acknowledgeUpTo(record.seq + count);
                record.divideBy(mss);
            }
        }
        probe.divideBy(length);
        return probe;
    }

    private void send(SegmentRecord probe) {
        size = c.pathMtu.mtuFor(probe.length);
        from = probe.seq;
        end = probe.end();
        c.window.cwnd(c.window.cwnd() - 1);
        c.sendBuffer.unsent().addFirst(probe);
        c.output.because(
                Rule.RFC4821_MTU_PROBE,
                c.isTraced()
                        ? "between " + c.pathMtu.searchLow() + " and " + c.pathMtu.searchHigh()
                        : null);
        c.sendBuffer.write().sendFirst();
        c.output.because(null, null);
    }

    /** SND.UNA has moved: past the probe it proves the size. Answers whether it does. */
    void acknowledged() {
        if (size == 0 || SeqNum.after(end, c.tcb.snd.una)) return;
        long octets = (long) c.window.cwnd() * c.pathMtu.mtuFor(c.tcb.snd.mss);
        c.window.cwnd((int) Math.max(1, octets / size));
        c.window.clearCounter();
        c.recovery.use().reduced();
        c.window.ssthresh(c.recovery.currentThreshold());
        int proven = size;
        size = 0;
        c.pathMtu.arrived(proven);
    }

    /**
     * A loss was found: whether it is the probe, which then says nothing of congestion; its data
     * goes again in smaller segments.
     */
    boolean isLost() {
        if (size == 0
                || c.tcb.snd.una != from
                || c.recovery.state().ordinal() >= CongestionState.CWR.ordinal()) {
            return false;
        }
        int tooLarge = size;
        size = 0;
        c.pathMtu.lost(tooLarge);
        c.window.cwnd(c.window.cwnd() + 1);
        LossMarks.markTooLarge(c);
        return true;
    }

    /** Something is sent again: the probe proves nothing any more. */
    void forget() {
        size = 0;
    }
}
