package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the acknowledgement that a segment carries: what it acknowledges leaves the
 * retransmission queue, times the path, moves the windows, and may show a loss. RFC 9293 §3.10.7.4,
 * fifth step; the order of its stages is Linux's (net/ipv4/tcp_input.c, tcp_ack).
 */
final class AckProcessing {

    /** What an acknowledgement was good for. */
    enum Verdict {
        ACCEPTED,
        /** From before SND.UNA: it says nothing new. */
        OLD,
        /** It acknowledges what was never sent, or is much too old. */
        UNACCEPTABLE
    }

    private static final long MS = RttEstimator.MS;

    private final Connection c;

    /** One for all of a host: it means something only while an acknowledgement is taken in. */
    private final AckNews news;

    AckProcessing(Connection c) {
        this.c = c;
        this.news = c.layer.ackNews();
    }

    Verdict process(Segment seg) {
        Tcb.Send snd = c.tcb.snd;
        int priorUna = snd.una;
        news.begin(snd.nxt);
        c.deliveryRate().begin();
        if (SeqNum.before(seg.ack, priorUna)) return old(seg, priorUna);
        if (SeqNum.after(seg.ack, snd.nxt)) {
            c.output.sendChallengeAck(Rule.RFC9293_ACK_NOT_YET_SENT, unsentWhy(seg));
            return Verdict.UNACCEPTABLE;
        }
        if (SeqNum.after(seg.ack, priorUna)) {
            news.advanced = true;
            c.retransmitTimer.clearRetransmits();
        }
        int priorHighestSacked = c.recovery.reordering().highestSacked();
        int priorSegments = c.sent.segments();
        int delivered = c.recovery.delivered();
        news.withText = seg.length() > 0;
        news.congestionEcho = c.ecn.tellsOfMark(seg);
        updateWindow(seg);
        if (hasSack(seg)) new SackScoreboard(c).tag(seg, priorUna, news);
        c.softError = null;
        c.retransmitTimer.clearProbes();
        c.tcb.rcv.lastAt = c.now();
        if (priorSegments == 0) {
            nothingWasUnderWay(priorUna);
            return Verdict.ACCEPTED;
        }
        int priorSacked = c.sent.sacked();
        clean(priorUna, priorHighestSacked);
        c.recovery.rack().adjustWindow(news.priorDelivered);
        c.recovery.lossProbe().acknowledged(seg.ack, news);
        c.recovery.acknowledged(priorUna, news, delivered, priorSacked);
        c.deliveryRate().acknowledged(c.recovery.delivered() - delivered, news.reneged);
        return Verdict.ACCEPTED;
    }

    private @Nullable String unsentWhy(Segment seg) {
        if (!c.isTraced()) return null;
        return "ack " + (seg.ack - c.tcb.snd.nxt) + " beyond snd.nxt";
    }

    /** RFC 5961 §5.2: one that is older than any window can explain is answered. */
    private Verdict old(Segment seg, int una) {
        // nor can one be of octets from before the first
        long most = Math.min(Math.max(c.tcb.snd.maxWnd, 0), c.traffic.octetsAcknowledged);
        if (SeqNum.before(seg.ack, una - (int) most)) {
            c.output.sendChallengeAck(Rule.RFC5961_OLD_ACK, null);
            return Verdict.UNACCEPTABLE;
        }
        if (hasSack(seg)) {
            int delivered = c.recovery.delivered();
            new SackScoreboard(c).tag(seg, una, news);
            c.recovery.oldAckWithSack(una, news, delivered);
        }
        return Verdict.OLD;
    }

    private void nothingWasUnderWay(int priorUna) {
        if (news.duplicateReported) {
            c.recovery.acknowledged(priorUna, news, c.recovery.delivered(), 0);
        }
        c.retransmitTimer.windowMayHaveOpened();
        c.recovery.lossProbe().acknowledged(c.tcb.snd.una, news);
    }

    /** Blocks of a peer that has not permitted SACK are not looked at: tcp_parse_options(). */
    private boolean hasSack(Segment seg) {
        return c.tcb.sackOk && seg.sackBlocks > 0;
    }

    private static int windowOf(Connection c, Segment seg) {
        return seg.has(TcpHeader.SYN) ? seg.window : seg.window << c.tcb.snd.wscale;
    }

    /** Whether what a segment says of the window is news. RFC 9293 §3.10.7.4. */
    static boolean isNewerWindow(Connection c, Segment seg) {
        Tcb.Send snd = c.tcb.snd;
        int window = windowOf(c, seg);
        return SeqNum.after(seg.ack, snd.una)
                || SeqNum.after(seg.seq, snd.wl1)
                || (seg.seq == snd.wl1 && (window > snd.wnd || window == 0));
    }

    /** SND.WND, SND.WL1 and SND.UNA. RFC 9293 §3.10.7.4. */
    private void updateWindow(Segment seg) {
        Tcb.Send snd = c.tcb.snd;
        int window = windowOf(c, seg);
        if (isNewerWindow(c, seg)) {
            news.windowUpdated = true;
            snd.wl1 = seg.seq;
            if (snd.wnd != window) {
                snd.wnd = window;
                if (!c.sendBuffer.isEmpty()) c.recovery.use().restartAfterIdle();
                if (window > snd.maxWnd) {
                    snd.maxWnd = window;
                    c.updateMss();
                }
            }
        }
        int una = snd.una;
        snd.acknowledge(seg.ack);
        c.traffic.acknowledged(una);
    }

    /** Takes out of the retransmission queue what is acknowledged. Linux's tcp_clean_rtx_queue. */
    private void clean(int priorUna, int priorHighestSacked) {
        int una = c.tcb.snd.una;
        boolean partial = false;
        boolean wasReno = !c.tcb.sackOk;
        while (!c.sent.isEmpty() && !partial) {
            SegmentRecord record = c.sent.first();
            boolean whole = SeqNum.atMost(record.end(), una);
            if (!whole && (record.segments == 1 || SeqNum.atMost(una, record.seq))) break;
            SendNotice notice = record.notice;
            if (notice != null) notice.acknowledged(c, record, priorUna);
            int start = record.seq;
            int marks = record.marks;
            int count;
            if (whole) {
                c.sent.removeFirst();
                c.sendBuffer.release(record.memory());
                if (notice != null) notice.released(c);
                count = record.segments;
            } else {
                partial = true;
                c.sendBuffer.release(una - record.seq);
                count = c.sent.trimFirst(una, c.tcb.snd.mss);
                if (count == 0) break;
            }
            arrived(record, start, marks, count, wasReno);
        }
        c.recovery.reordering().firstUnacknowledgedIs(una);
        if (c.sent.isEmpty()) c.chronograph.stop(Chronograph.Reason.BUSY);
        if (!c.sent.isEmpty() && c.sent.first().is(SegmentRecord.SACKED)) news.reneged = true;
        boolean timed = measure();
        if (news.anyAcked()) {
            if (c.mtuProbe != null) c.mtuProbe.acknowledged();
            news.rearmTimer = true;
            afterClean(priorHighestSacked, wasReno);
        } else if (timed && news.firstSackedSentAt >= 0 && !c.sent.isEmpty()) {
            long sackRtt = c.now() - news.firstSackedSentAt;
            if (sackRtt > c.now() - c.sent.first().sentAt) news.rearmTimer = true;
        }
        if (news.advanced || una != priorUna) c.sendBuffer.roomHasChanged();
    }

    private void arrived(SegmentRecord record, int start, int marks, int count, boolean wasReno) {
        news.segmentsAcked += count;
        if ((marks & (SegmentRecord.RETRANSMITTED | SegmentRecord.EVER_RETRANSMITTED)) != 0) {
            news.retransmittedAcked = true;
        } else if ((marks & SegmentRecord.SACKED) == 0) {
            news.acknowledged(record);
            if (SeqNum.before(start, news.reorderedSeq)) news.reorderedSeq = start;
            if (SeqNum.atMost(record.end(), c.recovery.highSeq())) news.originalArrived = true;
        }
        if ((marks & SegmentRecord.SACKED) == 0 && !wasReno) {
            c.recovery.countDelivered(count);
            c.recovery.rack().advance(record, marks);
        }
        news.delivered(record);
        c.deliveryRate().delivered(record);
        if ((record.flags & TcpHeader.SYN) != 0 && record.length == 0) {
            news.synAcked = true;
            c.recovery.retransmission().forgetStamp();
        } else {
            news.textAcked = true;
        }
    }

    private void afterClean(int priorHighestSacked, boolean wasReno) {
        if (wasReno) {
            c.recovery.removeDuplicates(news.segmentsAcked);
            // Without SACK nobody knows which copy arrived.
            if (news.retransmittedAcked) news.originalArrived = false;
        } else if (SeqNum.before(news.reorderedSeq, priorHighestSacked)) {
            // A hole filled by what was sent once only: the network reorders.
            c.recovery.reordering().seen(news.reorderedSeq);
        }
    }

    /** Times the path. Karn: never by what was sent twice; RFC 7323 §4: then by the timestamp. */
    private boolean measure() {
        long now = c.now();
        long sample = -1;
        long pathSample = -1;
        if (news.firstSentAt >= 0 && !news.retransmittedAcked) {
            sample = now - news.firstSentAt;
            pathSample = now - news.lastSentAt;
        }
        long sackSample = news.firstSackedSentAt >= 0 ? now - news.firstSackedSentAt : -1;
        if (sample < 0) sample = sackSample;
        if (pathSample < 0 && news.lastSackedSentAt >= 0) pathSample = now - news.lastSackedSentAt;
        if (sample < 0 && news.anyAcked() && c.arrival.sawTimestamp()) {
            int echo = c.arrival.timestampEcho();
            if (echo != 0) {
                int elapsed = c.timestamp() + c.tcb.timestampOffset - echo;
                if (elapsed >= 0 && elapsed < 1 << 30) {
                    sample = Math.max(elapsed, 1) * MS;
                    pathSample = sample;
                }
            }
        }
        if (sample < 0) return false;
        c.rtt.sample(sample, c.tcb.snd.una, c.tcb.snd.nxt);
        if (pathSample >= 0) {
            c.rtt.sawPathRtt(pathSample);
            c.congestion().onRtt(c.window, pathSample, now, c.tcb.snd.una, c.tcb.snd.nxt);
        }
        return true;
    }
}
