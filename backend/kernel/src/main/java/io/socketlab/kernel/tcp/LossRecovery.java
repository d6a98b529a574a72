package io.socketlab.kernel.tcp;

import io.socketlab.kernel.tcp.congestion.CongestionWindow;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * From the first sign of a loss to its repair: fast retransmit and fast recovery (RFC 6675, RFC
 * 6582 without SACK), proportional rate reduction (RFC 6937), the slow start after a timeout, and
 * taking all of it back where nothing was lost (RFC 3522, RFC 2883, F-RTO of RFC 5682). The states
 * and their order are Linux's (net/ipv4/tcp_input.c, tcp_fastretrans_alert).
 */
final class LossRecovery {

    /** What to send once the windows are known. */
    private enum Next {
        NOTHING,
        LOST,
        NEW
    }

    private final Connection c;
    private @Nullable Rack rack;
    private final LossProbe probe;
    private final CwndUse use;
    private final Retransmission retransmission;
    private @Nullable RateReduction reduction;
    private CongestionState state = CongestionState.OPEN;

    /** SND.NXT when the present trouble began: it is over when that is acknowledged. */
    private int highSeq;

    /** Whether it was a partial acknowledgement that last found a loss, where there is no SACK. */
    private boolean partialAck;

    private final Reordering reordering;

    /** Duplicate acknowledgements of a peer without SACK. */
    private final DuplicateAcks duplicates;

    private int delivered;
    private int lost;

    private @Nullable Undo undo;
    private boolean forwardRto;
    private Next next = Next.NOTHING;

    LossRecovery(Connection c) {
        this.c = c;
        this.probe = new LossProbe(c);
        this.use = new CwndUse(c);
        this.retransmission = new Retransmission(c);
        this.duplicates = new DuplicateAcks(c);
        this.reordering = new Reordering(c);
    }

    void established() {
        highSeq = c.tcb.snd.nxt;
        reordering.established();
        use.begin();
    }

    CongestionState state() {
        return state;
    }

    /** Made when something first arrives. */
    Rack rack() {
        if (rack == null) rack = new Rack(c);
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

    boolean foundByPartialAck() {
        return partialAck && !c.tcb.sackOk;
    }

    Reordering reordering() {
        return reordering;
    }

    /** Made at the first reduction. */
    Undo undo() {
        if (undo == null) undo = new Undo(c, retransmission);
        return undo;
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

    /**
     * The first timeout of something: it ends what was going on. Linux's tcp_retransmit_timer().
     */
    void countTimeout() {
        boolean sack = c.tcb.sackOk;
        if (state == CongestionState.RECOVERY) {
            c.count(sack ? TcpCounter.SACK_RECOVERY_FAIL : TcpCounter.RENO_RECOVERY_FAIL);
        } else if (state == CongestionState.LOSS) {
            c.count(TcpCounter.LOSS_FAILURES);
        } else if (state == CongestionState.DISORDER || c.sent.sacked() + renoSacked() > 0) {
            c.count(sack ? TcpCounter.SACK_FAILURES : TcpCounter.RENO_FAILURES);
        }
    }

    /** Made when there is first something to reduce. */
    private RateReduction reduction() {
        if (reduction == null) reduction = new RateReduction(c);
        return reduction;
    }

    /** Segments went out, new or again: they count against the reduction. */
    void countSent(int segments) {
        if (state.isReducing()) reduction().sent(segments);
    }

    // ---- the state machine

    /** An acknowledgement has been taken in: decide, adapt the window, send. */
    void acknowledged(int priorUna, AckNews news, int deliveredBefore, int priorSacked) {
        tellDelivered(delivered - deliveredBefore, news.congestionEcho);
        int lostBefore = lost;
        next = Next.NOTHING;
        if (isDubious(news)) {
            boolean duplicate = !news.advanced && !news.isNoDuplicate() && !news.duplicateReported;
            alert(priorUna, duplicate ? 1 : 0, news);
        }
        if (news.rearmTimer && !probe.schedule(true)) c.retransmitTimer.rearm();
        int arrived = delivered - deliveredBefore;
        if (state.isReducing()) {
            reduction().apply(arrived, lost - lostBefore, news.advanced);
        } else if (mayRaise(news) && use.mayGrow() && arrived > 0 && !c.isOpening()) {
            c.congestion().onAck(c.window, arrived, c.now());
        }
        Pacing.update(c);
        sendNext();
    }

    void oldAckWithSack(int priorUna, AckNews news, int deliveredBefore) {
        tellDelivered(delivered - deliveredBefore, news.congestionEcho);
        int lostBefore = lost;
        next = Next.NOTHING;
        alert(priorUna, 0, news);
        if (state.isReducing()) {
            reduction().apply(delivered - deliveredBefore, lost - lostBefore, false);
        }
        sendNext();
    }

    private void tellDelivered(int segments, boolean marked) {
        c.layer.count(TcpCounter.DELIVERED, segments);
        if (!marked) return;
        c.layer.count(TcpCounter.DELIVERED_CE, segments);
        c.ecn.deliveredMarked(segments);
    }

    private boolean isDubious(AckNews news) {
        return !news.isNoDuplicate()
                || news.sacked
                || news.congestionEcho
                || news.duplicateReported
                || state != CongestionState.OPEN;
    }

    private boolean mayRaise(AckNews news) {
        return reordering.isMoreThanUsual() ? news.progress() : news.textAcked;
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
        if (news.congestionEcho) undo().priorThreshold(0);
        if (news.reneged && news.advanced) {
            c.retransmitTimer.renegedSoon();
            news.rearmTimer = false;
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
            if (rack().markLost()) news.rearmTimer = false;
            if (retransmittedBefore > c.sent.retransmitted()) news.retransmissionLost = true;
        }
        lost += Math.max(c.sent.lost() - lostBefore, 0);
    }

    /** RFC 6582: three duplicates, and in recovery each partial acknowledgement. */
    private void markLostWithoutSack(boolean advanced) {
        boolean first =
                state.ordinal() < CongestionState.RECOVERY.ordinal()
                        && duplicates.count() >= reordering.degree();
        boolean partial = state == CongestionState.RECOVERY && advanced;
        if (!first && !partial) return;
        partialAck = partial;
        LossMarks.markFirst(c);
    }

    private void addDuplicates(int count) {
        if (!c.tcb.sackOk && count > 0) reordering.note(duplicates.add(count));
    }

    /**
     * Without SACK: {@code acked} segments were acknowledged, all but one of them known already.
     */
    void removeDuplicates(int acked) {
        reordering.note(duplicates.remove(acked));
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

    private void enterRecovery(boolean congestionEcho) {
        undo().priorThreshold(0);
        undo().begin(probe.isOutstandingRetransmission());
        if (!state.isReducing()) {
            if (!congestionEcho) undo().priorThreshold(currentThreshold());
            beginReduction();
        }
        state = CongestionState.RECOVERY;
        c.count(c.tcb.sackOk ? TcpCounter.SACK_RECOVERY : TcpCounter.RENO_RECOVERY);
    }

    void enterCwr() {
        undo().priorThreshold(0);
        if (state.ordinal() >= CongestionState.CWR.ordinal()) return;
        undo().giveUp();
        beginReduction();
        state = CongestionState.CWR;
    }

    private void beginReduction() {
        highSeq = c.tcb.snd.nxt;
        probe.forget();
        c.window.clearCounter();
        c.window.rememberForUndo();
        reduction().begin();
        c.window.ssthresh(c.congestion().ssthreshAfterLoss(c.window));
    }

    private void endReduction() {
        boolean known = c.window.ssthresh() < CongestionWindow.INFINITE;
        if (known && (state == CongestionState.CWR || undo().isPossible())) {
            c.window.cwnd(c.window.ssthresh());
            use.reduced();
        }
    }

    /** The loss probe repaired what was lost: it counts as congestion all the same. */
    void probeRepairedLoss() {
        c.count(TcpCounter.LOSS_PROBE_RECOVERY);
        undo().giveUp();
        undo().priorThreshold(0);
        beginReduction();
        state = CongestionState.CWR;
        endReduction();
        keepOpen();
    }

    // ---- taking it back

    private void takeBack(boolean unmarkLost) {
        if (unmarkLost) {
            for (int i = 0; i < c.sent.size(); i++) c.sent.unmarkLost(c.sent.get(i));
        }
        undo().takeBack(reduction());
        use.reduced();
        rack().undone();
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
        if (undo().isNeedless()) {
            boolean afterTimeout = state == CongestionState.LOSS;
            c.count(afterTimeout ? TcpCounter.LOSS_UNDO : TcpCounter.FULL_UNDO);
            takeBack(false);
        } else rack().keepWindow();
        if (mustNotReopen()) return true;
        state = CongestionState.OPEN;
        return false;
    }

    private boolean tryUndoDuplicate() {
        if (undo == null || !undo.allWereDuplicates()) return false;
        c.count(TcpCounter.DSACK_UNDO);
        rack().persist();
        takeBack(false);
        return true;
    }

    private boolean tryUndoLoss(boolean spuriousTimeout) {
        if (!spuriousTimeout && !undo().isNeedless()) return false;
        c.count(TcpCounter.LOSS_UNDO);
        if (spuriousTimeout) c.count(TcpCounter.SPURIOUS_TIMEOUTS);
        takeBack(true);
        c.retransmitTimer.clearRetransmits();
        if (mustNotReopen()) return true;
        if (spuriousTimeout || c.tcb.sackOk) state = CongestionState.OPEN;
        return true;
    }

    private boolean tryUndoPartial(int priorUna) {
        if (!undo().originalWasDelayed()) return false;
        c.count(TcpCounter.PARTIAL_UNDO);
        reordering.seen(priorUna);
        if (c.sent.retransmitted() > 0) return true;
        if (!retransmission.isAnythingOutstanding()) retransmission.forgetStamp();
        takeBack(true);
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
            undo().priorThreshold(currentThreshold());
            c.window.rememberForUndo();
            c.window.ssthresh(c.congestion().ssthreshAfterLoss(c.window));
            c.congestion().onTimeout(c.window, c.now(), c.tcb.snd.nxt);
            undo().begin(probe.isOutstandingRetransmission());
        }
        c.window.cwnd(c.inFlight() + 1);
        c.window.clearCounter();
        use.reduced();
        if (state.ordinal() <= CongestionState.DISORDER.ordinal()) reordering.limitAfterTimeout();
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
            undo().priorThreshold(0);
            undo().giveUp();
            state = CongestionState.LOSS;
        }
        retransmission.sendLost();
    }

    /** The reordering timer has fired: what was only late until now is lost. */
    void reorderingExpired() {
        int before = c.inFlight();
        int lostBefore = c.sent.lost();
        rack().detect();
        lost += Math.max(c.sent.lost() - lostBefore, 0);
        if (before != c.inFlight()) {
            if (state != CongestionState.RECOVERY) {
                enterRecovery(false);
                reduction().apply(1, c.sent.lost() - lostBefore, false);
            }
            retransmission.sendLost();
        }
        if (!c.retransmitTimer.isRunning(TimerKind.RTO)) c.retransmitTimer.rearm();
    }

    void clear() {
        duplicates.forget();
        if (undo != null) undo.giveUp();
        forwardRto = false;
        state = CongestionState.OPEN;
        probe.forget();
        retransmission.forgetStamp();
    }
}
