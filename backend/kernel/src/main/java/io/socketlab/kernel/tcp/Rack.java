package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * Finds losses by time: what was sent well before something that has arrived is lost. RFC 8985, as
 * Linux has it (net/ipv4/tcp_recovery.c): how long a segment may be overtaken adapts to how much
 * the network is seen to reorder.
 */
final class Rack {

    private static final int MAX_STEPS = 255;
    private static final int PERSIST = 16;

    private final Connection c;
    private long sentAt = Long.MIN_VALUE;
    private int end;
    private long rtt;
    private boolean advanced;
    private int windowSteps = 1;
    private int windowPersist;
    private boolean duplicateSeen;
    private int lastAdjusted;

    Rack(Connection c) {
        this.c = c;
    }

    /** {@code record} has arrived. RFC 8985 §6.2, step 2. */
    void advance(SegmentRecord record, int marks) {
        long sample = c.now() - record.sentAt;
        boolean sentAgain =
                (marks & (SegmentRecord.RETRANSMITTED | SegmentRecord.EVER_RETRANSMITTED)) != 0;
        // An ACK sooner than the path allows is for the copy sent before. On a real path the
        // shortest sample is never hit to the nanosecond; here it often is.
        if (sentAgain && sample <= c.rtt.minRtt()) return;
        advanced = true;
        rtt = sample;
        boolean later =
                record.sentAt > sentAt
                        || (record.sentAt == sentAt && SeqNum.after(record.end(), end));
        if (later) {
            sentAt = record.sentAt;
            end = record.end();
        }
    }

    /** A loss that was repaired was none: more time from now on. */
    void undone() {
        advanced = true;
    }

    void duplicateReported() {
        duplicateSeen = true;
    }

    void keepWindow() {
        windowPersist = Math.max(windowPersist - 1, 0);
    }

    void persist() {
        windowPersist = PERSIST;
    }

    /** RFC 8985 §6.2, step 4: a duplicate shows that the window is too small. */
    void adjustWindow(int priorDelivered) {
        if (priorDelivered < 0) return;
        if (priorDelivered - lastAdjusted < 0) duplicateSeen = false;
        if (duplicateSeen) {
            windowSteps = Math.min(windowSteps + 1, MAX_STEPS);
            duplicateSeen = false;
            lastAdjusted = c.recovery.delivered();
            windowPersist = PERSIST;
        } else if (windowPersist == 0) {
            windowSteps = 1;
        }
    }

    /** For how long a segment may be overtaken. */
    private long reorderingWindow() {
        if (!c.recovery.reordering().hasBeenSeen()) {
            if (c.recovery.state().ordinal() >= CongestionState.RECOVERY.ordinal()) return 0;
            boolean useThreshold = (c.tunables().recovery & 4) == 0;
            if (useThreshold && c.sent.sacked() >= c.recovery.reordering().degree()) return 0;
        }
        long shortest = c.rtt.minRtt() == Long.MAX_VALUE ? 0 : c.rtt.minRtt();
        return Math.min(shortest / 4 * windowSteps, c.rtt.srtt());
    }

    /** How long {@code record} may still arrive; 0 or less if it is overdue. */
    long remaining(SegmentRecord record, long window) {
        return record.sentAt + rtt + window - c.now();
    }

    /**
     * Marks what is overdue; if some is nearly so, the reordering timer is set: answers whether.
     */
    boolean markLost() {
        if (!advanced) return false;
        advanced = false;
        long wait = detect();
        if (wait <= 0) return false;
        c.retransmitTimer.startReordering(wait);
        return true;
    }

    /** RFC 8985 §6.2, step 5; answers for how long to wait for the rest. */
    long detect() {
        long window = reorderingWindow();
        long wait = 0;
        SegmentRecord record = c.sent.longestAgo();
        while (record != null) {
            SegmentRecord next = record.later;
            boolean settled =
                    record.is(SegmentRecord.LOST) && !record.is(SegmentRecord.RETRANSMITTED);
            if (!settled) {
                if (!record.wasSentBefore(sentAt, end)) break;
                long left = remaining(record, window);
                if (left <= 0) {
                    c.sent.markLost(c.sent.indexOf(record.seq));
                    c.sent.unfollow(record);
                } else {
                    wait = Math.max(wait, left);
                }
            }
            record = next;
        }
        return wait;
    }
}
