package io.socketlab.kernel.tcp;

/** Takes parts of what is under way for lost. */
final class LossMarks {

    private LossMarks() {}

    /** The timeout: all but what went out a moment ago. Linux's tcp_timeout_mark_lost(). */
    static void markAll(Connection c) {
        boolean reneged = !c.sent.isEmpty() && c.sent.first().is(SegmentRecord.SACKED);
        if (!reneged && !c.tcb.sackOk) c.recovery.forgetDuplicates();
        for (int i = 0; i < c.sent.size(); i++) {
            SegmentRecord record = c.sent.get(i);
            if (reneged) c.sent.unmarkSacked(record);
            else if (i > 0 && c.tcb.sackOk && c.recovery.rack().remaining(record, 0) > 0) continue;
            c.sent.markLost(i);
        }
    }

    /** The one segment that the peer is known to miss, where there is no SACK. */
    static void markFirst(Connection c) {
        SegmentRecord head = c.sent.first();
        if (head.is(SegmentRecord.LOST)) return;
        int mss = c.tcb.snd.mss;
        if (head.segments > 1 && head.length > mss) {
            c.sent.split(0, mss, mss);
            c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        }
        c.sent.markLost(0);
    }

    /**
     * The MSS has become smaller: what is larger did not get through, and goes again without a
     * reduction of the window. Linux's tcp_simple_retransmit().
     */
    static void markTooLarge(Connection c) {
        int mss = c.currentMss();
        for (int i = 0; i < c.sent.size(); i++) {
            SegmentRecord record = c.sent.get(i);
            int segment = record.segments > 1 ? record.segmentSize : record.length;
            if (segment > mss) c.sent.markLost(i);
        }
        if (c.sent.lost() == 0) return;
        c.recovery.repairWithoutCongestion();
    }
}
