package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of octets on its way out: from when the program hands it over to when it is acknowledged.
 * It is as long as what is sent in one go, up to many segments of one MSS each, and is cut where
 * the window, an acknowledgement or a retransmission needs it. What Linux keeps in an sk_buff.
 */
final class SegmentRecord {

    /** The peer has said that it holds it. RFC 2018. */
    static final int SACKED = 1;

    /** Taken for lost, and to be sent again. */
    static final int LOST = 2;

    /** Sent again, and that copy is still under way. */
    static final int RETRANSMITTED = 4;

    /** Has been sent again at some time: its acknowledgement says nothing about time. Karn. */
    static final int EVER_RETRANSMITTED = 8;

    /**
     * What a record takes besides its octets, as Linux counts it (struct sk_buff and header room).
     */
    static final int OVERHEAD = 960;

    int seq;

    /** TCP flags that go out with its last segment (FIN, PSH) or with its only one (SYN). */
    int flags;

    byte[] octets;
    int from;
    int length;

    /** MSG_EOR: nothing more is appended to it. */
    boolean endOfRecord;

    /** How many segments of {@link #segmentSize} it makes. */
    int segments = 1;

    int segmentSize;
    int marks;

    /** When it was last sent, virtual nanoseconds. */
    long sentAt;

    /** How often it has been sent again. */
    int retransmissions;

    /** What had been delivered when it was sent, and when: for delivery rates. */
    int deliveredBefore;

    long deliveredAt = -1;

    /** When the first of those under way then was sent. */
    long firstSentAt;

    /** The program had too little to send then. */
    boolean applicationLimited;

    /** What the program is to be told of it. */
    @Nullable SendNotice notice;

    /** Its neighbours in order of transmission, and whether it is followed in that order. */
    @Nullable SegmentRecord earlier;

    @Nullable SegmentRecord later;
    boolean followed;

    SegmentRecord(int seq, byte[] octets, int from, int length, int flags) {
        this.seq = seq;
        this.octets = octets;
        this.from = from;
        this.length = length;
        this.flags = flags;
    }

    static SegmentRecord withRoom(int seq, int room) {
        return new SegmentRecord(seq, new byte[room], 0, 0, TcpHeader.ACK);
    }

    /** A record of its own octets, which nothing is appended to. */
    static SegmentRecord holding(int seq, byte[] source, int at, int length, int flags) {
        return new SegmentRecord(
                seq, Arrays.copyOfRange(source, at, at + length), 0, length, flags);
    }

    SendNotice makeNotice() {
        if (notice == null) notice = new SendNotice();
        return notice;
    }

    /** The sequence number after its last, SYN and FIN counted. */
    int end() {
        return seq
                + length
                + ((flags & TcpHeader.SYN) != 0 ? 1 : 0)
                + ((flags & TcpHeader.FIN) != 0 ? 1 : 0);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean is(int mark) {
        return (marks & mark) != 0;
    }

    /** Octets of memory, as SO_SNDBUF counts. */
    int memory() {
        return length + OVERHEAD + (notice == null ? 0 : notice.padding);
    }

    /**
     * Adds {@code count} octets; nothing may follow it yet.
     *
     * @param soon how many it is about to be given in all, with these
     */
    void append(byte[] source, int at, int count, int soon) {
        int needed = from + length + count;
        if (needed > octets.length) {
            int room = Math.max(length + Math.max(count, soon), 2 * length);
            octets = Arrays.copyOfRange(octets, from, from + room);
            from = 0;
        }
        System.arraycopy(source, at, octets, from + length, count);
        length += count;
    }

    /** Works out {@link #segments} for an MSS of {@code mss}. */
    void divideBy(int mss) {
        segmentSize = mss;
        segments = length <= mss ? 1 : (length + mss - 1) / mss;
    }

    /** Cuts it after {@code keep} octets; answers the rest, which takes FIN and PSH along. */
    SegmentRecord splitAfter(int keep, int mss) {
        var rest = new SegmentRecord(seq + keep, octets, from + keep, length - keep, flags);
        flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        rest.endOfRecord = endOfRecord;
        rest.marks = marks;
        rest.sentAt = sentAt;
        rest.retransmissions = retransmissions;
        rest.deliveredBefore = deliveredBefore;
        rest.deliveredAt = deliveredAt;
        rest.firstSentAt = firstSentAt;
        rest.applicationLimited = applicationLimited;
        endOfRecord = false;
        if (notice != null) rest.notice = notice.splitAt(rest.seq);
        // A later append must not write over what the rest shares.
        length = keep;
        divideBy(mss);
        rest.divideBy(mss);
        return rest;
    }

    /** Whether one segment can do for both: neither SACKed nor larger, the octets our own. */
    boolean mayTakeIn(SegmentRecord next) {
        if (endOfRecord || is(SACKED) || next.is(SACKED)) return false;
        if (segments > 1 || next.segments > 1) return false;
        return !refersToPages() && !next.refersToPages();
    }

    /** Whether octets of {@code next}, which follows and was not sent either, may join these. */
    boolean mayBeFilledFrom(SegmentRecord next) {
        return !endOfRecord && !refersToPages() && !next.refersToPages();
    }

    /** The first {@code count} octets of {@code next}, but not all of them, go with these. */
    void takeFrontOf(SegmentRecord next, int count) {
        append(next.octets, next.from, count, count);
        next.seq += count;
        next.from += count;
        next.length -= count;
    }

    private boolean refersToPages() {
        return notice != null && notice.range != null;
    }

    /**
     * {@code next}, which follows in sequence, becomes part of it. Linux's tcp_collapse_retrans().
     */
    void takeIn(SegmentRecord next) {
        append(next.octets, next.from, next.length, next.length);
        flags |= next.flags;
        marks |= next.marks & EVER_RETRANSMITTED;
        endOfRecord = next.endOfRecord;
        if (next.notice != null) makeNotice().takeStampOf(next.notice);
    }

    /** Takes off the front what has been acknowledged. */
    void acknowledgeUpTo(int ack) {
        int octetsAcked = ack - seq;
        flags &= ~TcpHeader.SYN;
        seq = ack;
        from += octetsAcked;
        length -= octetsAcked;
    }

    /** In order of transmission: whether it went out before what ends at {@code otherEnd}. */
    boolean wasSentBefore(long when, int otherEnd) {
        return sentAt < when || (sentAt == when && SeqNum.before(end(), otherEnd));
    }
}
