package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/** What has gone through a connection, for TCP_INFO. RFC 4898 has the names. */
final class TrafficCounters {

    private final Connection c;
    int segmentsIn;
    int textSegmentsIn;
    int segmentsOut;
    int textSegmentsOut;

    /** SYN and FIN count, as the sequence numbers do. */
    long octetsAcknowledged;

    long octetsReceived;

    /** Text, whatever is sent again included. */
    long octetsSent;

    long octetsRetransmitted;
    int duplicatesReported;
    int reorderings;
    int outOfOrder;

    /** Made with the first timeout. */
    private @Nullable Timeouts timeouts;

    long establishedAt = -1;

    private static final class Timeouts {
        private int count;
        private int recoveries;
        private long inRecovery;

        /** When what has timed out began to be repaired; -1 if that is over. */
        private long repairedSince = -1;
    }

    TrafficCounters(Connection c) {
        this.c = c;
    }

    void arrived(Segment seg) {
        segmentsIn++;
        if (seg.textLength() > 0) textSegmentsIn++;
    }

    /** A segment without text has gone out. */
    void sent() {
        segmentsOut++;
    }

    void sent(SegmentRecord record) {
        segmentsOut += record.segments;
        boolean isNew = record.retransmissions == 0 && !record.has(TcpHeader.SYN);
        if (isNew) c.layer.count(TcpCounter.ORIGINAL_DATA_SENT, record.segments);
        if (record.length == 0) return;
        textSegmentsOut += record.segments;
        octetsSent += record.length;
    }

    void sentAgain(SegmentRecord record) {
        octetsRetransmitted += record.length;
        c.layer.count(TcpCounter.SEGMENTS_RETRANSMITTED, record.segments);
        if (record.has(TcpHeader.SYN)) c.count(TcpCounter.SYN_RETRANSMITS);
    }

    /** SND.UNA has moved from {@code una}. */
    void acknowledged(int una) {
        octetsAcknowledged += Integer.toUnsignedLong(c.tcb.snd.una - una);
    }

    /** RCV.NXT is about to move to {@code nxt}. */
    void received(int nxt) {
        octetsReceived += Integer.toUnsignedLong(nxt - c.tcb.rcv.nxt);
    }

    /**
     * A D-SACK block: what lies in it has arrived twice. Answers how many segments that is; 0 where
     * it is more than the peer's window held, or more than has been sent again.
     */
    int duplicateReported(int left, int right) {
        int length = right - left;
        if (length <= 0 || length > c.tcb.snd.maxWnd) return 0;
        int mss = Math.max(c.tcb.snd.mss, 1);
        int segments = length > mss ? (length + mss - 1) / mss : 1;
        duplicatesReported += segments;
        if (duplicatesReported > c.totalRetransmissions) return 0;
        c.layer.count(TcpCounter.DSACK_SEGMENTS_RECEIVED, segments);
        return segments;
    }

    /** The retransmission timer has expired; {@code first} since something was acknowledged. */
    void timedOut(boolean first) {
        if (timeouts == null) timeouts = new Timeouts();
        timeouts.count++;
        if (!first) return;
        timeouts.recoveries++;
        timeouts.repairedSince = c.now();
    }

    void timeoutRepaired() {
        if (timeouts == null || timeouts.repairedSince < 0) return;
        timeouts.inRecovery += c.now() - timeouts.repairedSince;
        timeouts.repairedSince = -1;
    }

    /** Nanoseconds spent in repairing what timed out, the present repair included. */
    long timeoutTime() {
        if (timeouts == null) return 0;
        long since = timeouts.repairedSince;
        return timeouts.inRecovery + (since < 0 ? 0 : c.now() - since);
    }

    /** How often the retransmission timer has expired. */
    int timeouts() {
        return timeouts == null ? 0 : timeouts.count;
    }

    /** How often after something had been acknowledged. */
    int timeoutRecoveries() {
        return timeouts == null ? 0 : timeouts.recoveries;
    }
}
