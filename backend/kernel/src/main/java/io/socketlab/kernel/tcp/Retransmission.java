package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/** Sends again what is taken for lost, as far as the windows allow. */
final class Retransmission {

    private final Connection c;

    /** When the first retransmission of the present trouble went out; -1 for none. */
    private long stamp = -1;

    private int stampMs;

    Retransmission(Connection c) {
        this.c = c;
    }

    /** Since when things are sent again, virtual nanoseconds; -1 if they are not. */
    long stamp() {
        return stamp;
    }

    void stampNow() {
        if (stamp >= 0) return;
        stamp = c.now();
        stampMs = c.timestamp();
    }

    void forgetStamp() {
        stamp = -1;
    }

    /** The echoed timestamp is older than the first retransmission: the original arrived. */
    boolean originalWasDelayed() {
        if (stamp < 0 || !c.tcb.timestampsOk || !c.arrival.sawTimestamp()) return false;
        int echo = c.arrival.timestampEcho();
        return echo != 0 && SeqNum.before(echo - c.tcb.timestampOffset, stampMs);
    }

    /** Whether anything was sent again and is still waited for. */
    boolean isAnythingOutstanding() {
        if (c.sent.retransmitted() > 0) return true;
        return !c.sent.isEmpty() && c.sent.first().is(SegmentRecord.EVER_RETRANSMITTED);
    }

    /**
     * Sends the record at {@code index} again, at most {@code segments} of it; answers whether the
     * peer's window let it.
     */
    boolean send(int index, int segments, Rule rule, @Nullable String why) {
        boolean went = sendCopy(index, segments, rule, why);
        if (!went && !c.output.wasRefused()) return false;
        if (!went) c.layer.count(TcpCounter.RETRANSMIT_FAIL);
        SegmentRecord record = c.sent.get(index);
        if (went) c.sent.markRetransmitted(record);
        stampNow();
        c.recovery.undo().sentAgain(record.segments);
        return went;
    }

    /**
     * Sends a copy that does not count as under way beside the original: the loss probe's. Linux's
     * __tcp_retransmit_skb.
     */
    boolean sendCopy(int index, int segments, Rule rule, @Nullable String why) {
        Tcb.Send snd = c.tcb.snd;
        c.output.forgetRefusal();
        SegmentRecord record = c.sent.get(index);
        if (SeqNum.before(record.seq, snd.una) && SeqNum.after(record.end(), snd.una)) {
            c.sendBuffer.release(snd.una - record.seq);
            c.sent.trimFirst(snd.una, snd.mss);
        }
        int mss = c.currentMss();
        int room = snd.windowEnd() - record.seq;
        if (room <= 0) {
            if (record.seq != snd.una) return false;
            room = mss;
        }
        int most = mss * segments;
        if (most > room) {
            most = room / mss * mss;
            if (most == 0) most = room;
        }
        int before = c.sent.segments();
        if (record.length > most) {
            c.sent.split(index, most, mss);
            c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        } else if (record.length > 0) {
            c.sent.divide(record, mss);
            int whole = Math.min(room, mss);
            if (record.length < whole) joinWithNext(index, whole);
        }
        c.recovery.fewerSegments(before - c.sent.segments());
        c.ecn.fallBack(record);
        if (c.mtuProbe != null) c.mtuProbe.forget();
        record.retransmissions++;
        record.marks |= SegmentRecord.EVER_RETRANSMITTED;
        c.totalRetransmissions += record.segments;
        c.traffic.sentAgain(record);
        if (!c.output.transmit(record, rule, why)) return false;
        c.sent.sentNow(record);
        return true;
    }

    /**
     * Takes what follows the record at {@code index} into it as long as {@code most} octets hold
     * it: small segments that are sent again go together. Linux's tcp_retrans_try_collapse().
     */
    private void joinWithNext(int index, int most) {
        SegmentRecord record = c.sent.get(index);
        if (!c.tunables().retransCollapse || record.has(TcpHeader.SYN)) return;
        while (index + 1 < c.sent.size() && record.mayTakeIn(c.sent.get(index + 1))) {
            SegmentRecord next = c.sent.get(index + 1);
            boolean fits = record.length + next.length <= most;
            if (!fits || SeqNum.after(next.end(), c.tcb.snd.windowEnd())) return;
            c.sent.joinWithNext(index);
            c.sendBuffer.release(SegmentRecord.OVERHEAD);
        }
    }

    /** Sends again what is marked lost while the congestion window has room. */
    void sendLost() {
        if (c.sent.segments() == 0) return;
        boolean headSent = false;
        int most = Pacing.burst(c, c.currentMss());
        for (int i = c.sent.nextLost(); i < c.sent.size(); i = c.sent.nextLost()) {
            if (c.pacing != null && c.pacing.holds()) break;
            int room = c.window.cwnd() - c.inFlight();
            if (room <= 0) break;
            SegmentRecord record = c.sent.get(i);
            if (c.sendBuffer.write().isEnoughInHost(record, 1)) break;
            if (!send(i, Math.min(room, most), rule(), why(record))) break;
            c.recovery.countSent(record.segments);
            boolean afterTimeout = c.recovery.state() == CongestionState.LOSS;
            c.layer.count(
                    afterTimeout ? TcpCounter.SLOW_START_RETRANSMITS : TcpCounter.FAST_RETRANSMITS,
                    record.segments);
            if (i == 0) headSent = true;
        }
        if (headSent && !c.retransmitTimer.isRunning(TimerKind.REORDERING)) {
            c.retransmitTimer.start(c.rtt.rto() + Pacing.delay(c), Rule.RFC6298_RESTART);
        }
    }

    private Rule rule() {
        Rule given = c.output.currentRule();
        if (given != null) return given;
        if (c.recovery.state() == CongestionState.LOSS) {
            return Rule.RFC5681_SLOW_START_AFTER_TIMEOUT;
        }
        return c.recovery.foundByPartialAck()
                ? Rule.RFC6582_PARTIAL_ACK
                : Rule.RFC5681_FAST_RETRANSMIT;
    }

    private @Nullable String why(SegmentRecord record) {
        if (!c.isTraced()) return null;
        return "octet " + (record.seq - c.tcb.snd.iss) + " is taken for lost, " + evidence();
    }

    private String evidence() {
        if (c.recovery.state() == CongestionState.LOSS)
            return "as all that was sent before the timeout";
        if (c.tcb.sackOk) return c.sent.sacked() + " segments beyond it SACKed";
        return c.recovery.foundByPartialAck()
                ? "recovery goes on to octet " + (c.recovery.highSeq() - c.tcb.snd.iss)
                : c.recovery.duplicates() + " duplicate ACKs";
    }
}
