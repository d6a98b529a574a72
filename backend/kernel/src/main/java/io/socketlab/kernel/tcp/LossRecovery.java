package io.socketlab.kernel.tcp;

import io.socketlab.kernel.tcp.congestion.CongestionWindow;
import io.socketlab.kernel.wire.SeqNum;

/**
 * From the first sign of a loss to its repair: fast retransmit and fast recovery (RFC 6675, RFC
 * 6582 without SACK), proportional rate reduction (RFC 6937), the slow start after a timeout, and
 * taking all of it back where nothing was lost (RFC 3522, RFC 2883, F-RTO of RFC 5682). The states
 * and their order are Linux's (net/ipv4/tcp_input.c, tcp_fastretrans_alert).
 */
final class LossRecovery {

    private static final int MAX_REORDERING = 300;

    /** What to send once the windows are known. */
    private enum Next {
        NOTHING,
        LOST,
        NEW
    }

    private final Connection c;
    private final Rack rack;
    private final LossProbe probe;
    private final CwndUse use;
    private final Retransmission retransmission;
    private final RateReduction reduction;
    private CongestionState state = CongestionState.OPEN;

    /** SND.NXT when the present trouble began: it is over when that is acknowledged. */
    private int highSeq;

    private int highestSacked;
    private int reordering;

    /** Duplicate acknowledgements of a peer without SACK. */
    private final DuplicateAcks duplicates;

    private int delivered;
    private int lost;

    // To take a reduction back. undoCount: retransmissions not yet known to have been needless.
    private boolean undoPossible;
    private int undoMarker;
    private int undoCount;
    private int priorThreshold;

    private boolean forwardRto;
    private Next next = Next.NOTHING;

    LossRecovery(Connection c) {
        this.c = c;
        this.rack = new Rack(c);
        this.probe = new LossProbe(c);
        this.use = new CwndUse(c);
        this.retransmission = new Retransmission(c);
        this.reduction = new RateReduction(c);
        this.duplicates = new DuplicateAcks(c);
        this.reordering = c.tunables().reordering;
    }

    void established() {
        highSeq = c.tcb.snd.nxt;
        highestSacked = c.tcb.snd.una;
        use.begin();
    }

    CongestionState state() {
        return state;
    }

    Rack rack() {
        return rack;
    }

    LossProbe lossProbe() {
        return probe;
    }

    CwndUse use() {
        return use;
    }

    Retransmission retransmission() {
        return retransmission;
    }

    int highSeq() {
        return highSeq;
    }

    int reordering() {
        return reordering;
    }

    boolean hasSeenReordering() {
        return c.traffic.reorderings > 0;
    }

    /** Duplicate acknowledgements, where there is no SACK to count. */
    int renoSacked() {
        return c.tcb.sackOk ? 0 : duplicates.count();
    }

    int duplicates() {
        return duplicates.count();
    }

    /** What is under way makes {@code fewer} segments than when it was sent. */
    void fewerSegments(int fewer) {
        if (!c.tcb.sackOk && fewer > 0) duplicates.reduce(fewer);
    }

    void forgetDuplicates() {
        duplicates.forget();
    }

    /** Segments that have arrived, duplicates not counted. */
    int delivered() {
        return delivered;
    }

    void countDelivered(int segments) {
        delivered += segments;
    }

    /** The end of the highest segment that was SACKed; SND.UNA if none is. */
    int highestSacked() {
        return c.sent.sacked() == 0 ? c.tcb.snd.una : highestSacked;
    }

    void sackedUpTo(int end) {
        if (c.sent.sacked() == 0 || SeqNum.after(end, highestSacked)) highestSacked = end;
    }

    void firstUnacknowledgedIs(int una) {
        if (SeqNum.before(highestSacked, una)) highestSacked = una;
    }

    boolean mayUndo() {
        return undoPossible;
    }

    /**
     * A segment from before something that had arrived has arrived. Linux's
     * tcp_check_sack_reordering.
     */
    void reorderingSeen(int low) {
        int distance = highestSacked() - low;
        if (distance <= 0) return;
        int mss = c.tcb.snd.mss;
        if (mss > 0 && distance > reordering * mss) {
            reordering = Math.min((distance + mss - 1) / mss, MAX_REORDERING);
        }
        c.traffic.reorderings++;
    }

    /** A block that reports a duplicate: one retransmission was needless. RFC 2883 §5. */
    void duplicateReported(int left, int right, int ack) {
        boolean afterMarker = undoPossible && SeqNum.after(right, undoMarker);
        if (afterMarker
                && undoCount > 0
                && SeqNum.atMost(right, ack)
                && SeqNum.before(left, right)) {
            int mss = Math.max(c.tcb.snd.mss, 1);
            undoCount = Math.max(0, undoCount - Math.max((right - left + mss - 1) / mss, 1));
        }
    }

    void sentAgain(int segments) {
        if (undoCount < 0) undoCount = 0;
        undoCount += segments;
    }

    /** Segments went out, new or again: they count against the reduction. */
    void countSent(int segments) {
        if (state.isReducing()) reduction.sent(segments);
    }

    // ---- the state machine

    /** An acknowledgement has been taken in: decide, adapt the window, send. */
    void acknowledged(int priorUna, AckNews news, int deliveredBefore, int priorSacked) {
        int lostBefore = lost;
        next = Next.NOTHING;
        if (isDubious(news)) {
            boolean duplicate = !news.advanced && !news.isNoDuplicate() && !news.duplicateReported;
            alert(priorUna, duplicate ? 1 : 0, news);
        }
        if (news.rearmTimer && !probe.schedule(true)) c.retransmitTimer.rearm();
        int arrived = delivered - deliveredBefore;
        if (state.isReducing()) {
            reduction.apply(arrived, lost - lostBefore, news.advanced);
        } else if (mayRaise(news) && use.mayGrow() && arrived > 0) {
            c.congestion().onAck(c.window, arrived, c.now());
        }
        sendNext();
    }

    void oldAckWithSack(int priorUna, AckNews news, int deliveredBefore) {
        int lostBefore = lost;
        next = Next.NOTHING;
        alert(priorUna, 0, news);
        if (state.isReducing()) {
            reduction.apply(delivered - deliveredBefore, lost - lostBefore, false);
        }
        sendNext();
    }

    private boolean isDubious(AckNews news) {
        return !news.isNoDuplicate()
                || news.sacked
                || news.congestionEcho
                || news.duplicateReported
                || state != CongestionState.OPEN;
    }

    private boolean mayRaise(AckNews news) {
        return reordering > c.tunables().reordering ? news.progress() : news.textAcked;
    }

    private void sendNext() {
        if (next == Next.NOTHING || c.tcb.state == TcpState.SYN_SENT) return;
        if (next == Next.NEW) {
            c.sendBuffer.write().push(c.currentMss(), WriteQueue.NAGLE_OFF);
            if (SeqNum.after(c.tcb.snd.nxt, highSeq)) return;
            forwardRto = false;
        }
        retransmission.sendLost();
    }

    private void alert(int priorUna, int duplicate, AckNews news) {
        if (c.sent.segments() == 0) duplicates.forget();
        if (news.congestionEcho) priorThreshold = 0;
        if (news.reneged) {
            c.retransmitTimer.renegedSoon();
            return;
        }
        if (state == CongestionState.OPEN) {
            retransmission.forgetStamp();
        } else if (SeqNum.atLeast(c.tcb.snd.una, highSeq) && endOfTrouble()) {
            return;
        }
        boolean recover =
                switch (state) {
                    case RECOVERY -> inRecovery(priorUna, duplicate, news);
                    case LOSS -> inLoss(duplicate, news);
                    case OPEN, DISORDER, CWR -> notRecovering(duplicate, news);
                };
        if (recover && c.mtuProbe != null && c.mtuProbe.isLost()) return;
        if (recover) enterRecovery(news.congestionEcho);
        if (next == Next.NOTHING && state.ordinal() >= CongestionState.RECOVERY.ordinal()) {
            next = Next.LOST;
        }
    }

    /**
     * All that was under way when the trouble began is acknowledged; true if no more is to be done.
     */
    private boolean endOfTrouble() {
        if (state == CongestionState.CWR) {
            if (c.tcb.snd.una != highSeq) {
                endReduction();
                state = CongestionState.OPEN;
            }
        } else if (state == CongestionState.RECOVERY) {
            if (!c.tcb.sackOk) duplicates.forget();
            if (tryUndoRecovery()) return true;
            endReduction();
        }
        return false;
    }

    /** Answers whether recovery is to be entered (again). */
    private boolean inRecovery(int priorUna, int duplicate, AckNews news) {
        if (!news.advanced) {
            addDuplicates(duplicate);
        } else if (tryUndoPartial(priorUna)) {
            return false;
        }
        if (tryUndoDuplicate()) tryToOpen(news);
        identifyLoss(news);
        return state != CongestionState.RECOVERY && c.sent.lost() > 0;
    }

    private boolean inLoss(int duplicate, AckNews news) {
        processLoss(duplicate, news);
        if (state != CongestionState.LOSS) c.traffic.timeoutRepaired();
        identifyLoss(news);
        boolean again = state == CongestionState.OPEN || news.retransmissionLost;
        if (!again) return false;
        return afterLossLookedAt(news);
    }

    private boolean notRecovering(int duplicate, AckNews news) {
        if (!c.tcb.sackOk) {
            if (news.advanced) duplicates.forget();
            addDuplicates(duplicate);
        }
        if (state == CongestionState.OPEN || state == CongestionState.DISORDER) tryUndoDuplicate();
        identifyLoss(news);
        return afterLossLookedAt(news);
    }

    private boolean afterLossLookedAt(AckNews news) {
        if (c.sent.lost() > 0) return true;
        tryToOpen(news);
        return false;
    }

    private void identifyLoss(AckNews news) {
        if (c.sent.isEmpty()) return;
        int lostBefore = c.sent.lost();
        if (!c.tcb.sackOk) {
            markLostWithoutSack(news.advanced);
        } else {
            int retransmittedBefore = c.sent.retransmitted();
            if (rack.markLost()) news.rearmTimer = false;
            if (retransmittedBefore > c.sent.retransmitted()) news.retransmissionLost = true;
        }
        lost += Math.max(c.sent.lost() - lostBefore, 0);
    }

    /** RFC 6582: three duplicates, and in recovery each partial acknowledgement. */
    private void markLostWithoutSack(boolean advanced) {
        boolean first =
                state.ordinal() < CongestionState.RECOVERY.ordinal()
                        && duplicates.count() >= reordering;
        boolean partial = state == CongestionState.RECOVERY && advanced;
        if (!first && !partial) return;
        SegmentRecord head = c.sent.first();
        if (head.is(SegmentRecord.LOST)) return;
        int mss = c.tcb.snd.mss;
        if (head.segments > 1 && head.length > mss) {
            c.sent.split(0, mss, mss);
            c.sendBuffer.allot(SegmentRecord.OVERHEAD);
        }
        c.sent.markLost(0);
    }

    private void addDuplicates(int count) {
        if (!c.tcb.sackOk && count > 0) noteReordering(duplicates.add(count));
    }

    /**
     * Without SACK: {@code acked} segments were acknowledged, all but one of them known already.
     */
    void removeDuplicates(int acked) {
        noteReordering(duplicates.remove(acked));
    }

    private void noteReordering(int degree) {
        if (degree == 0) return;
        reordering = Math.min(degree, MAX_REORDERING);
        c.traffic.reorderings++;
    }

    private void tryToOpen(AckNews news) {
        if (!retransmission.isAnythingOutstanding()) retransmission.forgetStamp();
        if (news.congestionEcho) enterCwr();
        if (state != CongestionState.CWR) keepOpen();
    }

    private void keepOpen() {
        boolean trouble =
                c.sent.sacked() + duplicates.count() + c.sent.lost() > 0
                        || retransmission.isAnythingOutstanding();
        CongestionState wanted = trouble ? CongestionState.DISORDER : CongestionState.OPEN;
        if (state != wanted) {
            state = wanted;
            highSeq = c.tcb.snd.nxt;
        }
    }

    // ---- reducing

    /** The threshold as it would be without the reduction under way. */
    int currentThreshold() {
        if (state.isReducing()) return c.window.ssthresh();
        int cwnd = c.window.cwnd();
        return Math.max(c.window.ssthresh(), (cwnd >> 1) + (cwnd >> 2));
    }

    private void beginUndo() {
        undoPossible = true;
        undoMarker = c.tcb.snd.una;
        undoCount = c.sent.retransmitted();
        if (probe.isOutstandingRetransmission()) undoCount++;
        if (undoCount == 0) undoCount = -1;
    }

    private void enterRecovery(boolean congestionEcho) {
        priorThreshold = 0;
        beginUndo();
        if (!state.isReducing()) {
            if (!congestionEcho) priorThreshold = currentThreshold();
            beginReduction();
        }
        state = CongestionState.RECOVERY;
    }

    void enterCwr() {
        priorThreshold = 0;
        if (state.ordinal() >= CongestionState.CWR.ordinal()) return;
        undoPossible = false;
        beginReduction();
        state = CongestionState.CWR;
    }

    private void beginReduction() {
        highSeq = c.tcb.snd.nxt;
        probe.forget();
        c.window.clearCounter();
        c.window.rememberForUndo();
        reduction.begin();
        c.window.ssthresh(c.congestion().ssthreshAfterLoss(c.window));
    }

    private void endReduction() {
        boolean known = c.window.ssthresh() < CongestionWindow.INFINITE;
        if (known && (state == CongestionState.CWR || undoPossible)) {
            c.window.cwnd(c.window.ssthresh());
            use.reduced();
        }
    }

    /** The loss probe repaired what was lost: it counts as congestion all the same. */
    void probeRepairedLoss() {
        undoPossible = false;
        priorThreshold = 0;
        beginReduction();
        state = CongestionState.CWR;
        endReduction();
        keepOpen();
    }

    // ---- taking it back

    private boolean isNeedless() {
        return undoPossible && (undoCount == 0 || retransmission.originalWasDelayed());
    }

    private void undo(boolean unmarkLost) {
        if (unmarkLost) {
            for (int i = 0; i < c.sent.size(); i++) c.sent.unmarkLost(c.sent.get(i));
        }
        if (priorThreshold > 0) {
            c.window.cwnd(c.congestion().undo(c.window));
            if (priorThreshold > c.window.ssthresh()) reduction.takeBack(priorThreshold);
        }
        use.reduced();
        undoPossible = false;
        rack.undone();
    }

    /**
     * Without SACK the state is kept until something beyond is acknowledged: no second reduction.
     */
    private boolean mustNotReopen() {
        if (c.tcb.sackOk || c.tcb.snd.una != highSeq) return false;
        if (!retransmission.isAnythingOutstanding()) retransmission.forgetStamp();
        return true;
    }

    boolean tryUndoRecovery() {
        if (isNeedless()) undo(false);
        else rack.keepWindow();
        if (mustNotReopen()) return true;
        state = CongestionState.OPEN;
        return false;
    }

    private boolean tryUndoDuplicate() {
        if (!undoPossible || undoCount != 0) return false;
        rack.persist();
        undo(false);
        return true;
    }

    private boolean tryUndoLoss(boolean spuriousTimeout) {
        if (!spuriousTimeout && !isNeedless()) return false;
        undo(true);
        c.retransmitTimer.clearRetransmits();
        if (mustNotReopen()) return true;
        if (spuriousTimeout || c.tcb.sackOk) state = CongestionState.OPEN;
        return true;
    }

    private boolean tryUndoPartial(int priorUna) {
        if (!undoPossible || !retransmission.originalWasDelayed()) return false;
        reorderingSeen(priorUna);
        if (c.sent.retransmitted() > 0) return true;
        if (!retransmission.isAnythingOutstanding()) retransmission.forgetStamp();
        undo(true);
        keepOpen();
        return true;
    }

    // ---- the timeout

    /** The retransmission timer has expired. RFC 5681 §3.1 (4), RFC 6298 §5. */
    void enterLoss() {
        boolean newTrouble = state.ordinal() < CongestionState.RECOVERY.ordinal();
        boolean first = c.retransmitTimer.retransmits() == 0;
        int lostBefore = c.sent.lost();
        LossMarks.markAll(c);
        lost += Math.max(c.sent.lost() - lostBefore, 0);
        if (state.ordinal() <= CongestionState.DISORDER.ordinal()
                || SeqNum.atMost(highSeq, c.tcb.snd.una)
                || (state == CongestionState.LOSS && first)) {
            priorThreshold = currentThreshold();
            c.window.rememberForUndo();
            c.window.ssthresh(c.congestion().ssthreshAfterLoss(c.window));
            c.congestion().onTimeout(c.window, c.now(), c.tcb.snd.nxt);
            beginUndo();
        }
        c.window.cwnd(c.inFlight() + 1);
        c.window.clearCounter();
        use.reduced();
        if (state.ordinal() <= CongestionState.DISORDER.ordinal()
                && c.sent.sacked() >= c.tunables().reordering) {
            reordering = Math.min(reordering, c.tunables().reordering);
        }
        state = CongestionState.LOSS;
        highSeq = c.tcb.snd.nxt;
        c.ecn.reduced();
        probe.forget();
        forwardRto = c.tunables().frto && (newTrouble || !first);
    }

    /** An acknowledgement after a timeout. RFC 5682 §2.1 and the repair by slow start. */
    private void processLoss(int duplicate, AckNews news) {
        Tcb.Send snd = c.tcb.snd;
        boolean recovered = SeqNum.atLeast(snd.una, highSeq);
        if (news.advanced && tryUndoLoss(false)) return;
        if (forwardRto) {
            if (news.originalArrived && tryUndoLoss(true)) return;
            if (SeqNum.after(snd.nxt, highSeq)) {
                if (news.sacked || duplicate > 0) forwardRto = false;
            } else if (news.advanced && !recovered) {
                highSeq = snd.nxt;
                if (!c.sendBuffer.isEmpty() && SeqNum.after(snd.windowEnd(), snd.nxt)) {
                    next = Next.NEW;
                    return;
                }
                forwardRto = false;
            }
        }
        if (recovered) {
            tryUndoRecovery();
            return;
        }
        if (!c.tcb.sackOk) {
            if (SeqNum.after(snd.nxt, highSeq) && duplicate > 0) addDuplicates(duplicate);
            else if (news.advanced) duplicates.forget();
        }
        next = Next.LOST;
    }

    /** What is marked was lost, but not for congestion: it is sent again, nothing is reduced. */
    void repairWithoutCongestion() {
        if (state != CongestionState.LOSS) {
            highSeq = c.tcb.snd.nxt;
            c.window.ssthresh(currentThreshold());
            priorThreshold = 0;
            undoPossible = false;
            state = CongestionState.LOSS;
        }
        retransmission.sendLost();
    }

    /** The reordering timer has fired: what was only late until now is lost. */
    void reorderingExpired() {
        int before = c.inFlight();
        int lostBefore = c.sent.lost();
        rack.detect();
        lost += Math.max(c.sent.lost() - lostBefore, 0);
        if (before != c.inFlight()) {
            if (state != CongestionState.RECOVERY) {
                enterRecovery(false);
                reduction.apply(1, c.sent.lost() - lostBefore, false);
            }
            retransmission.sendLost();
        }
        if (!c.retransmitTimer.isRunning(TimerKind.RTO)) c.retransmitTimer.rearm();
    }

    void clear() {
        duplicates.forget();
        undoPossible = false;
        forwardRto = false;
        state = CongestionState.OPEN;
        probe.forget();
        retransmission.forgetStamp();
    }
}
