package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * Marks what the peer says it holds. RFC 2018 §5, RFC 2883, RFC 6675 §3; Linux's
 * tcp_sacktag_write_queue.
 */
final class SackScoreboard {

    private final Connection c;

    SackScoreboard(Connection c) {
        this.c = c;
    }

    /** Takes in the SACK blocks of {@code seg}. */
    void tag(Segment seg, int priorUna, AckNews news) {
        boolean duplicate = isDuplicate(seg, priorUna) && duplicateReported(seg, news);
        if (c.sent.isEmpty()) return;
        for (int i = 0; i < seg.sackBlocks; i++) {
            boolean isDuplicate = i == 0 && duplicate;
            int left = seg.sackLeft[i];
            int right = seg.sackRight[i];
            if (!isValid(left, right, isDuplicate)) continue;
            if (!isDuplicate && SeqNum.atMost(right, seg.ack)) continue;
            tagBlock(left, right, isDuplicate, news);
        }
        if (c.recovery.state() != CongestionState.LOSS || c.recovery.undo().isPossible()) {
            c.recovery.reordering().seen(news.reorderedSeq);
        }
    }

    /** RFC 2883 §4: the first block is below the ACK, or within the second. */
    private static boolean isDuplicate(Segment seg, int priorUna) {
        if (SeqNum.before(seg.sackLeft[0], seg.ack)) return true;
        return seg.sackBlocks > 1
                && SeqNum.atMost(seg.sackRight[0], seg.sackRight[1])
                && SeqNum.atLeast(seg.sackLeft[0], seg.sackLeft[1])
                && priorUna != seg.sackLeft[0] - 1;
    }

    /** Answers false where the peer cannot have got so much twice. Linux's tcp_check_dsack(). */
    private boolean duplicateReported(Segment seg, AckNews news) {
        boolean acknowledged = SeqNum.before(seg.sackLeft[0], seg.ack);
        c.count(acknowledged ? TcpCounter.DSACK_RECEIVED : TcpCounter.DSACK_OUT_OF_ORDER_RECEIVED);
        int end = seg.sackRight[0];
        int segments = c.traffic.duplicateReported(seg.sackLeft[0], end);
        if (segments == 0) {
            c.count(TcpCounter.DSACK_IGNORED_DUBIOUS);
            return false;
        }
        news.duplicateReported = true;
        LossProbe probe = c.recovery.lossProbe();
        if (segments == 1 && probe.isProbeOf(end)) news.probeDuplicateReported = true;
        boolean reorders = c.traffic.reorderings > 0;
        if (reorders && !news.probeDuplicateReported) c.recovery.rack().duplicateReported();
        // the copy that was sent without need has arrived, too
        c.recovery.countDelivered(segments);
        c.recovery.undo().duplicateReported(seg.sackLeft[0], end, seg.ack);
        return true;
    }

    /** RFC 2018, and what a confused or malicious peer might send. */
    private boolean isValid(int left, int right, boolean isDuplicate) {
        Tcb.Send snd = c.tcb.snd;
        if (SeqNum.after(right, snd.nxt) || !SeqNum.before(left, right)) return false;
        if (!SeqNum.before(left, snd.nxt)) return false;
        if (SeqNum.after(left, snd.una)) return true;
        if (!isDuplicate) return false;
        return SeqNum.after(left, snd.una - Math.max(snd.maxWnd, 1));
    }

    private void tagBlock(int left, int right, boolean isDuplicate, AckNews news) {
        int i = c.sent.indexOf(left);
        while (i < c.sent.size()) {
            SegmentRecord record = c.sent.get(i);
            if (!SeqNum.before(record.seq, right)) return;
            SegmentRecord within = cutToBlock(i, left, right);
            if (within == null) {
                i++;
            } else {
                tagRecord(within, isDuplicate, news);
                i = c.sent.indexOf(within.end());
            }
        }
    }

    /** The part of a record that lies within the block: whole segments only; null if none does. */
    private @Nullable SegmentRecord cutToBlock(int index, int left, int right) {
        SegmentRecord record = c.sent.get(index);
        boolean startsIn = SeqNum.atLeast(record.seq, left);
        boolean endsIn = SeqNum.atMost(record.end(), right);
        if (startsIn && endsIn) return record;
        int mss = record.segmentSize > 0 ? record.segmentSize : c.tcb.snd.mss;
        if (record.segments < 2) return null;
        if (!startsIn) {
            int before = (left - record.seq + mss - 1) / mss * mss;
            if (before >= record.length) return null;
            SegmentRecord rest = c.sent.split(index, before, mss);
            c.sendBuffer.allot(SegmentRecord.OVERHEAD);
            return SeqNum.atMost(rest.end(), right) ? rest : cutToBlock(index + 1, left, right);
        }
        int within = (right - record.seq) / mss * mss;
        if (within == 0) return null;
        c.sent.split(index, within, mss);
        c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        return record;
    }

    /** Linux's tcp_sacktag_one. */
    private void tagRecord(SegmentRecord record, boolean isDuplicate, AckNews news) {
        if (isDuplicate
                && record.is(SegmentRecord.SACKED)
                && SeqNum.before(record.seq, news.reorderedSeq)) {
            news.reorderedSeq = record.seq;
        }
        if (SeqNum.atMost(record.end(), c.tcb.snd.una)) return;
        if (!record.is(SegmentRecord.SACKED)) {
            tagNew(record, news);
        }
        if (isDuplicate && record.is(SegmentRecord.RETRANSMITTED)) {
            c.sent.unmarkRetransmitted(record);
        }
    }

    private void tagNew(SegmentRecord record, AckNews news) {
        c.recovery.rack().advance(record, record.marks);
        news.delivered(record);
        c.deliveryRate().delivered(record);
        if (record.is(SegmentRecord.RETRANSMITTED)) {
            // Not taken for lost: the copy sent again is believed to be still under way.
            if (record.is(SegmentRecord.LOST)) {
                c.sent.unmarkLost(record);
                c.sent.unmarkRetransmitted(record);
            }
        } else {
            if (!record.is(SegmentRecord.EVER_RETRANSMITTED)) original(record, news);
            c.sent.unmarkLost(record);
        }
        c.sent.markSacked(record);
        news.sacked = true;
        c.recovery.countDelivered(record.segments);
        c.recovery.reordering().sackedUpTo(record.end());
    }

    private void original(SegmentRecord record, AckNews news) {
        boolean inHole = SeqNum.before(record.seq, c.recovery.reordering().highestSacked());
        if (inHole && SeqNum.before(record.seq, news.reorderedSeq)) {
            news.reorderedSeq = record.seq;
        }
        if (SeqNum.atMost(record.end(), c.recovery.highSeq())) news.originalArrived = true;
        news.sackedOriginal(record);
    }
}
