package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.FIN;
import static io.socketlab.kernel.wire.TcpHeader.PSH;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of the send buffer may go now: the peer's window, the congestion window, Nagle's
 * rule, and how much in one go. RFC 9293 §3.7.4, §3.8.6; as Linux's tcp_write_xmit.
 */
final class WriteQueue {

    /** TCP_NODELAY is on, or the end of a burst of writes. */
    static final int NAGLE_OFF = 1;

    /** TCP_CORK or MSG_MORE: only full segments. */
    static final int NAGLE_CORK = 2;

    /** Whatever is there goes. */
    static final int NAGLE_PUSH = 4;

    /** Octets that the urgent field can be ahead. */
    private static final int LARGEST_URGENT = 0xFFFF;

    private static final long MS = RttEstimator.MS;

    private final Connection c;
    private boolean cwndLimited;
    private boolean pushed;
    private boolean windowLimited;

    /** What kept the rest of the send buffer back when it was last looked at, if a rule did. */
    private @Nullable Rule held;

    /** Something waits until enough has left the host: TSQ_THROTTLED. */
    private boolean throttled;

    /** It is about to be sent: TSQ_QUEUED. */
    private boolean resuming;

    WriteQueue(Connection c) {
        this.c = c;
    }

    /** Nagle's rule as the socket's options have it. */
    int nonagle() {
        return (c.settings.noDelay ? NAGLE_OFF : 0)
                | (c.settings.cork ? NAGLE_CORK : 0)
                | (pushed ? NAGLE_PUSH : 0);
    }

    /** What waits now goes, corked or not: the end of a burst. As Linux's TCP_NAGLE_PUSH. */
    void pushAll() {
        pushed = true;
        pushPending();
    }

    /** A record has been begun that is not part of what was pushed. */
    void recordBegun() {
        pushed = false;
    }

    /** Sends what may be sent by the socket's own options. */
    void pushPending() {
        if (!c.sendBuffer.isEmpty()) push(c.currentMss(), nonagle());
    }

    /** Sends what may be sent; if all of it must wait for the window, the persist timer runs. */
    void push(int mss, int nonagle) {
        if (c.tcb.state == TcpState.CLOSED) return;
        if (write(mss, nonagle, false, false)) c.retransmitTimer.startPersistIfIdle();
    }

    /** Sends the first record only. */
    void pushOne(int mss) {
        write(mss, NAGLE_PUSH, true, false);
    }

    /** Sends one segment of new data whatever the congestion window says; answers whether. */
    boolean pushProbe(int mss) {
        int before = c.tcb.snd.nxt;
        write(mss, NAGLE_OFF, true, true);
        return c.tcb.snd.nxt != before;
    }

    /** Answers whether something is left to send and nothing is under way. */
    private boolean write(int mss, int nonagle, boolean one, boolean probe) {
        RecordRing unsent = c.sendBuffer.unsent();
        int maxSegments = Pacing.burst(c, mss);
        int sentSegments = 0;
        cwndLimited = false;
        windowLimited = false;
        held = null;
        if (!one && c.pathMtu.isSearching()) {
            MtuProbe.Attempt attempt = c.mtuProbe().attempt(mss);
            if (attempt == MtuProbe.Attempt.WAIT) return false;
            if (attempt == MtuProbe.Attempt.SENT) sentSegments = 1;
        }
        while (!unsent.isEmpty()) {
            if (c.pacing != null && c.pacing.holds()) break;
            int quota = quota();
            if (quota == 0) {
                held = Rule.RFC5681_CWND;
                if (!probe) break;
                quota = 1;
            }
            quota = Math.min(quota, maxSegments);
            SegmentRecord record = unsent.first();
            if (unsent.size() > 1) c.sendBuffer.fill(record, quota * mss);
            if (record.segments == 0 || record.segmentSize != mss) record.divideBy(mss);
            if (!fitsWindow(record, mss)) {
                windowLimited = true;
                held = Rule.RFC9293_SEND_WINDOW;
                break;
            }
            boolean isTail = unsent.size() == 1;
            if (record.segments == 1) {
                if (nagleHolds(record, mss, isTail ? nonagle : NAGLE_PUSH)) {
                    held = (nonagle & NAGLE_CORK) != 0 ? Rule.LINUX_CORK : Rule.RFC9293_NAGLE;
                    break;
                }
            } else if (!one && shouldDefer(record, isTail, maxSegments)) {
                break;
            }
            int limit = record.segments > 1 ? splitPoint(record, mss, quota, isTail, nonagle) : mss;
            if (record.length > limit) split(record, limit, mss);
            if (isEnoughInHost(record, 0)) break;
            if (!sendNew(record)) break;
            sentSegments += record.segments;
            if (one) break;
        }
        if (windowLimited) c.chronograph.start(Chronograph.Reason.PEER_WINDOW);
        else c.chronograph.stop(Chronograph.Reason.PEER_WINDOW);
        finish(sentSegments, probe);
        return c.sent.segments() == 0 && !unsent.isEmpty();
    }

    /** The rule that keeps what is left to send back; null if there is none, or nothing left. */
    @Nullable Rule heldBy() {
        return c.sendBuffer.isEmpty() ? null : held;
    }

    private void finish(int sentSegments, boolean probe) {
        cwndLimited |= c.inFlight() >= c.window.cwnd();
        if (sentSegments > 0 || cwndLimited) c.recovery.use().validate(cwndLimited);
        if (sentSegments == 0) return;
        c.recovery.countSent(sentSegments);
        if (!probe) c.recovery.lossProbe().schedule(false);
    }

    // ---- what waits in the host

    /**
     * Whether as much of this connection waits in the queueing discipline and the card as keeps
     * them busy, a millisecond's worth of the pacing rate or two records: more would only make the
     * queue longer. What has left calls for more. Linux's tcp_small_queue_check().
     *
     * @param doublings of the limit: retransmissions may wait in twice that
     */
    boolean isEnoughInHost(SegmentRecord record, int doublings) {
        if (c.inHost() == 0) return false;
        long limit = Math.max(2L * record.memory(), c.pacingRate >> Pacing.RATE_SHIFT);
        if (c.pacing == null) limit = Math.min(limit, c.tunables().limitOutputOctets);
        if (c.inHost() + 1L <= limit << doublings || c.sent.size() <= 1) return false;
        throttled = true;
        return true;
    }

    /**
     * Whether the small record at the end waits for what is on its way out of the host: more may be
     * written meanwhile, and go in the same segment. Linux's tcp_should_autocork().
     */
    private boolean shouldAutocork(SegmentRecord tail, int sizeGoal) {
        boolean waits =
                c.inHost() + 1 > tail.memory()
                        && tail.length < sizeGoal
                        && !c.sent.isEmpty()
                        && SendBuffer.mayGrow(tail)
                        && c.tunables().autocorking;
        if (waits && !throttled) {
            throttled = true;
            c.layer.count(TcpCounter.AUTO_CORKING);
        }
        return waits;
    }

    /** The end of a call that sends: what it left goes, or waits for more. Linux's tcp_push(). */
    void pushAfterCall(int mss, int nonagle) {
        RecordRing unsent = c.sendBuffer.unsent();
        if (c.inHost() > 0 && shouldAutocork(unsent.last(), c.sendBuffer.sizeGoal(mss))) return;
        push(mss, nonagle);
    }

    /** A packet has left the host. Linux's tcp_wfree(). */
    void leftHost() {
        if (!throttled || resuming) return;
        throttled = false;
        resuming = true;
        c.env.loop()
                .defer(() -> {
                    resuming = false;
                    resume();
                    c.settle();
                });
    }

    /** What was held may go, new or again. Linux's tcp_tsq_write(). */
    void resume() {
        if (!c.tcb.state.mayTransmit()) return;
        if (c.sent.lost() > c.sent.retransmitted() && c.window.cwnd() > c.inFlight()) {
            c.recovery.retransmission().sendLost();
        }
        if (!c.sendBuffer.isEmpty()) write(c.currentMss(), nonagle(), false, false);
    }

    /** How many segments the congestion window lets out: at most half of it in one go. */
    private int quota() {
        int free = c.window.cwnd() - c.inFlight();
        return free <= 0 ? 0 : Math.min(Math.max(c.window.cwnd() >> 1, 1), free);
    }

    /** Whether there is something to send that the peer's window lets out whole. */
    boolean nextFitsWindow(int mss) {
        return !c.sendBuffer.isEmpty() && fitsWindow(c.sendBuffer.unsent().first(), mss);
    }

    private boolean fitsWindow(SegmentRecord record, int mss) {
        int end = record.length > mss ? record.seq + mss : record.end();
        return SeqNum.atMost(end, c.tcb.snd.windowEnd());
    }

    private boolean nagleHolds(SegmentRecord record, int mss, int nonagle) {
        if ((nonagle & NAGLE_PUSH) != 0 || c.tcb.snd.isUrgent() || record.has(FIN)) return false;
        return nagleHolds(record.length < mss, nonagle);
    }

    /** RFC 9293 §3.7.4 with Minshall's amendment: only a small segment under way holds others. */
    private boolean nagleHolds(boolean partial, int nonagle) {
        if (!partial) return false;
        if ((nonagle & NAGLE_CORK) != 0) return true;
        Tcb.Send snd = c.tcb.snd;
        boolean smallUnderWay =
                SeqNum.after(snd.smallEnd, snd.una) && SeqNum.atMost(snd.smallEnd, snd.nxt);
        return nonagle == 0 && c.sent.segments() > 0 && smallUnderWay;
    }

    /** How much of a record goes now. Linux's tcp_mss_split_point. */
    private int splitPoint(
            SegmentRecord record, int mss, int segments, boolean isTail, int nonagle) {
        int window = c.tcb.snd.windowEnd() - record.seq;
        int most = mss * segments;
        if (most <= window && !isTail) return most;
        int needed = Math.min(record.length, window);
        if (most <= needed) return most;
        int partial = needed % mss;
        return nagleHolds(partial != 0, nonagle) ? needed - partial : needed;
    }

    /** Whether to wait for an ACK, to send more in one go. Linux's tcp_tso_should_defer. */
    private boolean shouldDefer(SegmentRecord record, boolean isTail, int maxSegments) {
        Tcb.Send snd = c.tcb.snd;
        if (c.recovery.state().ordinal() >= CongestionState.RECOVERY.ordinal()) return false;
        // a real clock has gone on a little by the end of the millisecond
        if (c.now() - c.departure >= MS) return false;
        int mss = snd.mss;
        int sendWindow = snd.windowEnd() - record.seq;
        int congestionWindow = (c.window.cwnd() - c.inFlight()) * mss;
        int limit = Math.min(sendWindow, congestionWindow);
        if (limit >= maxSegments * mss) return false;
        if (!isTail && limit >= record.length) return false;
        int divisor = c.tunables().tsoWinDivisor;
        if (divisor > 0) {
            long chunk = Math.min(snd.wnd, (long) c.window.cwnd() * mss) / divisor;
            if (limit >= chunk) return false;
        } else if (limit > 3 * mss) {
            return false;
        }
        if (c.sent.isEmpty()) return false;
        // that ACK is too far away to wait for
        long untilAck = c.sent.first().sentAt + c.rtt.srtt() - c.now();
        if (untilAck > Math.min(c.rtt.srtt() / 2, MS)) return false;
        if (congestionWindow < sendWindow) {
            if (congestionWindow <= record.length) {
                cwndLimited = true;
                return true;
            }
        } else if (sendWindow <= record.length) {
            windowLimited = true;
            return true;
        }
        return !record.has(FIN) && !record.endOfRecord;
    }

    private void split(SegmentRecord record, int limit, int mss) {
        SegmentRecord rest = record.splitAfter(limit, mss);
        c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        c.sendBuffer.unsent().insertAfter(0, rest);
    }

    /** Sends the record at the head of the queue, whatever the rules for sending say. */
    void sendFirst() {
        sendNew(c.sendBuffer.unsent().first());
    }

    /** Sends the record at the head of the queue for the first time; answers whether it went. */
    private boolean sendNew(SegmentRecord record) {
        boolean idle = c.sent.segments() == 0;
        Rule rule = c.output.currentRule();
        boolean went =
                c.output.transmit(
                        record,
                        rule != null ? rule : Rule.RFC9293_SEND,
                        c.isTraced() && rule == null ? why(record) : c.output.currentWhy());
        if (!went) return false;
        c.sendBuffer.unsent().removeFirst();
        c.tcb.snd.nxt = record.end();
        c.sent.add(record);
        if (idle || c.retransmitTimer.isRunning(TimerKind.LOSS_PROBE)) c.retransmitTimer.rearm();
        if (record.length < record.segments * record.segmentSize) c.tcb.snd.smallEnd = record.end();
        return true;
    }

    private String why(SegmentRecord record) {
        return "window "
                + (c.tcb.snd.windowEnd() - record.seq)
                + ", cwnd "
                + c.window.cwnd()
                + " segments, in flight "
                + c.inFlight();
    }

    /**
     * The window does not let the next record out whole: sends what fits, or asks the peer whether
     * it has opened. Answers false where our own host took it no further. Linux's tcp_write_wakeup.
     */
    boolean probeWindow(Rule rule) {
        if (c.tcb.state == TcpState.CLOSED) return true;
        RecordRing unsent = c.sendBuffer.unsent();
        Tcb.Send snd = c.tcb.snd;
        if (unsent.isEmpty() || !SeqNum.before(unsent.first().seq, snd.windowEnd())) {
            if (isUrgentAhead(snd)) sendProbe(snd.una, rule);
            return sendProbe(snd.una - 1, rule);
        }
        SegmentRecord record = unsent.first();
        int mss = c.currentMss();
        int fits = Math.min(snd.windowEnd() - record.seq, mss);
        record.divideBy(mss);
        if (SeqNum.before(snd.pushed, record.end())) snd.pushed = record.end();
        if (fits < record.length) split(record, fits, mss);
        record.flags |= PSH;
        return sendNew(record);
    }

    /** Something urgent waits: the peer is told first, by a probe that it need not answer. */
    private static boolean isUrgentAhead(Tcb.Send snd) {
        return snd.isUrgent()
                && SeqNum.between(snd.urgentPointer, snd.una + 1, snd.una + LARGEST_URGENT);
    }

    private boolean sendProbe(int seq, Rule rule) {
        boolean keepsAlive = rule == Rule.RFC9293_KEEP_ALIVE;
        c.count(keepsAlive ? TcpCounter.KEEP_ALIVES : TcpCounter.WINDOW_PROBES);
        return c.output.sendProbe(
                seq,
                rule,
                c.isTraced()
                        ? "snd.wnd " + c.tcb.snd.wnd + ", " + unsentText() + " octets wait"
                        : null);
    }

    private int unsentText() {
        return c.sendBuffer.unsentOctets();
    }
}
