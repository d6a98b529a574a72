package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * What has been sent and not yet acknowledged (RFC 9293 §3.8.1), and the counts over it that say
 * how much is in the network: {@code pipe} of RFC 6675 §4, in segments. For each record the marks
 * say whether the peer holds it, whether it is taken for lost, and whether it has been sent again.
 */
final class RetransmitQueue {

    private final RecordRing ring = new RecordRing();

    /** Ends of the list in order of transmission: its first was sent longest ago. RFC 8985. */
    private @Nullable SegmentRecord sentFirst;

    private @Nullable SegmentRecord sentLast;

    private int segments;
    private int sacked;
    private int lost;
    private int retransmitted;

    /** The first that may have to be sent again: none before it is LOST and not RETRANSMITTED. */
    private int firstLost;

    boolean isEmpty() {
        return ring.isEmpty();
    }

    int size() {
        return ring.size();
    }

    SegmentRecord get(int index) {
        return ring.get(index);
    }

    SegmentRecord first() {
        return ring.first();
    }

    SegmentRecord last() {
        return ring.last();
    }

    /** The index of the record that holds {@code seq}, or of the first after it. */
    int indexOf(int seq) {
        return ring.indexOf(seq);
    }

    /** Sent for the first time: the newest of all. */
    void add(SegmentRecord record) {
        ring.addLast(record);
        segments += record.segments;
        sentNow(record);
    }

    /** It has just been sent: the last in order of transmission. */
    void sentNow(SegmentRecord record) {
        unfollow(record);
        follow(record, sentLast);
    }

    private void follow(SegmentRecord record, @Nullable SegmentRecord after) {
        SegmentRecord before = after == null ? sentFirst : after.later;
        record.followed = true;
        record.earlier = after;
        record.later = before;
        if (after == null) sentFirst = record;
        else after.later = record;
        if (before == null) sentLast = record;
        else before.earlier = record;
    }

    /** It is no longer looked at in order of transmission, until it is sent again. */
    void unfollow(SegmentRecord record) {
        if (!record.followed) return;
        SegmentRecord before = record.earlier;
        SegmentRecord after = record.later;
        if (before == null) sentFirst = after;
        else before.later = after;
        if (after == null) sentLast = before;
        else after.earlier = before;
        record.followed = false;
        record.earlier = null;
        record.later = null;
    }

    /** The record sent longest ago that is followed; null if there is none. */
    @Nullable SegmentRecord longestAgo() {
        return sentFirst;
    }

    /** Removes the first: it has been acknowledged. */
    SegmentRecord removeFirst() {
        SegmentRecord record = ring.removeFirst();
        forgetMarks(record);
        segments -= record.segments;
        unfollow(record);
        if (firstLost > 0) firstLost--;
        return record;
    }

    /** Takes {@code ack - seq} octets off the first; answers how many segments that was. */
    int trimFirst(int ack, int mss) {
        SegmentRecord record = first();
        int before = record.segments;
        uncount(record);
        record.acknowledgeUpTo(ack);
        record.divideBy(record.segmentSize > 0 ? record.segmentSize : mss);
        count(record);
        return before - record.segments;
    }

    /** It is sent in segments of {@code mss} from now on. Linux's tcp_adjust_pcount(). */
    void divide(SegmentRecord record, int mss) {
        uncount(record);
        record.divideBy(mss);
        count(record);
    }

    /** Cuts the record at {@code index} after {@code keep} octets. */
    SegmentRecord split(int index, int keep, int mss) {
        SegmentRecord record = ring.get(index);
        uncount(record);
        SegmentRecord rest = record.splitAfter(keep, mss);
        count(record);
        count(rest);
        ring.insertAfter(index, rest);
        if (record.followed) follow(rest, record);
        if (firstLost > index) firstLost++;
        return rest;
    }

    /** The record at {@code index} takes in the one that follows. */
    void joinWithNext(int index) {
        SegmentRecord next = ring.get(index + 1);
        uncount(next);
        unfollow(next);
        ring.remove(index + 1);
        if (firstLost > index) firstLost--;
        ring.get(index).takeIn(next);
    }

    private void uncount(SegmentRecord record) {
        segments -= record.segments;
        if (record.is(SegmentRecord.SACKED)) sacked -= record.segments;
        if (record.is(SegmentRecord.LOST)) lost -= record.segments;
        if (record.is(SegmentRecord.RETRANSMITTED)) retransmitted -= record.segments;
    }

    private void count(SegmentRecord record) {
        segments += record.segments;
        if (record.is(SegmentRecord.SACKED)) sacked += record.segments;
        if (record.is(SegmentRecord.LOST)) lost += record.segments;
        if (record.is(SegmentRecord.RETRANSMITTED)) retransmitted += record.segments;
    }

    private void forgetMarks(SegmentRecord record) {
        if (record.is(SegmentRecord.SACKED)) sacked -= record.segments;
        if (record.is(SegmentRecord.LOST)) lost -= record.segments;
        if (record.is(SegmentRecord.RETRANSMITTED)) retransmitted -= record.segments;
    }

    void markSacked(SegmentRecord record) {
        if (record.is(SegmentRecord.SACKED)) return;
        record.marks |= SegmentRecord.SACKED;
        sacked += record.segments;
        unfollow(record);
    }

    void unmarkSacked(SegmentRecord record) {
        if (!record.is(SegmentRecord.SACKED)) return;
        record.marks &= ~SegmentRecord.SACKED;
        sacked -= record.segments;
    }

    /** Takes it for lost; a copy sent again is taken for lost as well. */
    boolean markLost(int index) {
        SegmentRecord record = ring.get(index);
        if (record.is(SegmentRecord.SACKED)) return false;
        boolean wasRetransmitted = record.is(SegmentRecord.RETRANSMITTED);
        if (record.is(SegmentRecord.LOST) && !wasRetransmitted) return false;
        if (wasRetransmitted) unmarkRetransmitted(record);
        if (!record.is(SegmentRecord.LOST)) {
            record.marks |= SegmentRecord.LOST;
            lost += record.segments;
        }
        firstLost = Math.min(firstLost, index);
        return true;
    }

    void unmarkLost(SegmentRecord record) {
        if (!record.is(SegmentRecord.LOST)) return;
        record.marks &= ~SegmentRecord.LOST;
        lost -= record.segments;
    }

    void markRetransmitted(SegmentRecord record) {
        if (!record.is(SegmentRecord.RETRANSMITTED)) retransmitted += record.segments;
        record.marks |= SegmentRecord.RETRANSMITTED | SegmentRecord.EVER_RETRANSMITTED;
    }

    void unmarkRetransmitted(SegmentRecord record) {
        if (!record.is(SegmentRecord.RETRANSMITTED)) return;
        record.marks &= ~SegmentRecord.RETRANSMITTED;
        retransmitted -= record.segments;
    }

    /** The index of the next record to send again, {@link #size()} if there is none. */
    int nextLost() {
        int n = ring.size();
        while (firstLost < n) {
            SegmentRecord record = ring.get(firstLost);
            if (record.is(SegmentRecord.LOST)
                    && !record.is(SegmentRecord.RETRANSMITTED | SegmentRecord.SACKED)) {
                return firstLost;
            }
            firstLost++;
        }
        return n;
    }

    void clear() {
        ring.clear();
        while (sentFirst != null) unfollow(sentFirst);
        segments = 0;
        sacked = 0;
        lost = 0;
        retransmitted = 0;
        firstLost = 0;
    }

    /** Segments sent and not acknowledged. */
    int segments() {
        return segments;
    }

    int sacked() {
        return sacked;
    }

    int lost() {
        return lost;
    }

    int retransmitted() {
        return retransmitted;
    }

    /** RFC 6675's pipe, with {@code reno} duplicate acknowledgements standing in for SACKs. */
    int inFlight(int reno) {
        return segments - (sacked + reno + lost) + retransmitted;
    }

    /** Octets in it. */
    int octets(int una, int nxt) {
        return SeqNum.after(nxt, una) ? nxt - una : 0;
    }
}
