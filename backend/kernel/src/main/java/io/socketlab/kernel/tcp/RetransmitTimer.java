package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.tcp.congestion.CongestionWindow;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * The one timer that looks after what is under way, in its four roles: the retransmission timeout
 * (RFC 6298), the loss probe and the reordering timer (RFC 8985), and the probes of a closed window
 * (RFC 9293 §3.8.6.1). Linux's icsk_retransmit_timer, net/ipv4/tcp_timer.c.
 */
final class RetransmitTimer implements Runnable {

    private static final long MS = RttEstimator.MS;
    private static final long TICKS = 2 * MS;
    private static final long RENEGING_WAIT = 10 * MS;

    /** Until what our own host refused is tried again: TCP_RESOURCE_PROBE_INTERVAL. */
    private static final long CONGESTED_WAIT = 500 * MS;

    private static final int ORPHAN_RETRIES = 8;

    /** TCP_RTO_MIN: what a route, a socket or the sysctl says plays no part where this counts. */
    private static final long USUAL_MIN = 200 * MS;

    /** TCP_THIN_LINEAR_RETRIES, and below how many segments a stream is thin. */
    private static final int LINEAR_RETRIES = 6;

    private static final int THIN = 4;

    private final Connection c;
    private @Nullable SocketTimer timer;

    /** Timeouts since something was last acknowledged. */
    private int retransmits;

    /** Timeouts of this connection's handshake, linear ones included. */
    private int timeouts;

    private int probes;

    /** When the first probe of the closed window was due; -1 while it is open. */
    private long probingSince = -1;

    RetransmitTimer(Connection c) {
        this.c = c;
    }

    int retransmits() {
        return retransmits;
    }

    void countRetransmit() {
        retransmits++;
    }

    void clearRetransmits() {
        retransmits = 0;
    }

    int probes() {
        return probes;
    }

    void clearProbes() {
        probes = 0;
    }

    void countProbe() {
        probes++;
    }

    boolean isRunning(TimerKind kind) {
        return timer != null && timer.isRunning(kind);
    }

    boolean isRunning() {
        return timer != null && timer.isRunning();
    }

    long deadline() {
        return timer == null ? 0 : timer.deadline();
    }

    TimerKind kind() {
        return timer == null ? TimerKind.RTO : timer.kind();
    }

    void start(long delay, Rule rule) {
        timer().start(TimerKind.RTO, Math.min(delay, c.rtt.maxRto()), rule, why(delay));
    }

    private @Nullable String why(long delay) {
        if (!c.isTraced() || !c.rtt.hasSample()) return null;
        return "srtt "
                + c.rtt.srtt() / 1000
                + " us, rttvar "
                + c.rtt.rttvar() / 4000
                + " us: timeout "
                + delay / MS
                + " ms";
    }

    void startProbe(long delay) {
        timer().start(TimerKind.LOSS_PROBE, delay + Pacing.delay(c), Rule.RFC8985_LOSS_PROBE, null);
    }

    void startReordering(long delay) {
        long wait = Math.min(delay + TICKS, c.rtt.rto());
        timer().start(TimerKind.REORDERING, wait, Rule.RFC8985_REORDERING, null);
    }

    /** The head of the queue was reported, then not acknowledged: it may have been a mistake. */
    void renegedSoon() {
        long half = c.rtt.hasSample() ? c.rtt.srtt() / 2 : 0;
        start(Math.max(half, RENEGING_WAIT), Rule.RFC6298_RESTART);
    }

    void stop() {
        if (timer != null) timer.stop();
    }

    /** Made when first needed: who has sent nothing has none. */
    private SocketTimer timer() {
        if (timer == null) timer = new SocketTimer(c, TimerKind.RTO, this);
        return timer;
    }

    /** RFC 6298 (5.2), (5.3): all acknowledged, or the timeout starts anew. */
    void rearm() {
        if (c.fastOpenChild != null) return; // it looks after the SYN-ACK
        if (c.sent.segments() == 0) {
            stop();
            return;
        }
        long delay = c.rtt.rto();
        boolean other = isRunning(TimerKind.LOSS_PROBE) || isRunning(TimerKind.REORDERING);
        if (other || rolePending) delay = Math.max(untilTimeout(), 1);
        start(delay + Pacing.delay(c), Rule.RFC6298_RESTART);
    }

    /** Set while a probe or the reordering timer is being dealt with. */
    private boolean rolePending;

    /** From now to when the segment at the head times out; may be negative. */
    long untilTimeout() {
        if (c.sent.isEmpty()) return c.rtt.rto();
        return c.sent.first().sentAt + c.rtt.rto() - c.now();
    }

    /** It has expired. */
    @Override
    public void run() {
        TimerKind kind = kind();
        rolePending = kind == TimerKind.LOSS_PROBE || kind == TimerKind.REORDERING;
        switch (kind) {
            case RTO -> timedOut();
            case PERSIST -> probeWindow();
            case LOSS_PROBE -> c.recovery.lossProbe().send();
            case REORDERING -> c.recovery.reorderingExpired();
            case SYN_ACK,
                    DELAYED_ACK,
                    COMPRESSED_ACK,
                    KEEP_ALIVE,
                    FIN_WAIT_2,
                    TIME_WAIT,
                    LINGER,
                    PACING ->
                    throw new IllegalStateException("not the retransmission timer: " + kind);
        }
        rolePending = false;
    }

    // ---- the retransmission timeout

    /** RFC 6069 §5: routers say that the path is broken. Linux's tcp_ld_RTO_revert(). */
    void revertBackoff(int seq) {
        if (seq != c.tcb.snd.una || retransmits == 0 || c.rtt.backoff() == 0) return;
        if (c.sent.isEmpty()) return;
        c.rtt.revertBackOff();
        long remaining = untilTimeout();
        if (remaining > 0) start(remaining, Rule.RFC6069_REVERT);
        else timedOut();
    }

    private void timedOut() {
        if (c.fastOpenChild != null) {
            c.fastOpenChild.timedOut();
            return;
        }
        if (c.sent.isEmpty()) return;
        boolean synchronizedState = c.tcb.state.isSynchronized();
        if (c.tcb.snd.wnd == 0 && !c.orphan && synchronizedState) {
            closedWindowTimedOut();
            return;
        }
        c.count(TcpCounter.TIMEOUTS);
        if (giveUp()) return;
        if (retransmits == 0) c.recovery.countTimeout();
        if (synchronizedState && isTimedOut(c.tunables().retries1, 0)) {
            c.pathMtu.suspectBlackHole();
        }
        c.recovery.enterLoss();
        c.traffic.timedOut(retransmits == 0);
        retransmits++;
        timeouts++;
        Rule rule = synchronizedState ? Rule.RFC6298_TIMEOUT : synTimeoutRule();
        boolean went = c.recovery.retransmission().send(0, 1, rule, timeoutWhy());
        if (!went && c.output.wasRefused()) {
            start(CONGESTED_WAIT, Rule.RFC6298_RESTART);
            return;
        }
        boolean linear =
                c.tcb.state == TcpState.SYN_SENT && timeouts <= c.tunables().synLinearTimeouts;
        boolean thin = isThin();
        if (thin) c.rtt.withoutBackOff();
        else if (!linear) c.rtt.backOff();
        timer().start(
                        TimerKind.RTO,
                        clampToUserTimeout(c.rtt.rto()),
                        backOffRule(linear, thin),
                        c.isTraced()
                                ? "timeout " + retransmits + ": wait " + c.rtt.rto() / MS + " ms"
                                : null);
    }

    private static Rule backOffRule(boolean linear, boolean thin) {
        if (thin) return Rule.LINUX_THIN_LINEAR_TIMEOUTS;
        return linear ? Rule.LINUX_LINEAR_SYN_TIMEOUTS : Rule.RFC6298_BACKOFF;
    }

    /** Little is under way, and it has been asked for that it waits no longer each time. */
    private boolean isThin() {
        boolean wanted = c.settings.times().thinLinear || c.tunables().thinLinearTimeouts;
        return wanted
                && c.tcb.state == TcpState.ESTABLISHED
                && c.sent.segments() < THIN
                && c.window.ssthresh() < CongestionWindow.INFINITE
                && retransmits <= LINEAR_RETRIES;
    }

    private Rule synTimeoutRule() {
        FastOpenSyn syn = c.fastOpenSyn;
        boolean was = syn != null && (syn.wasAsked() || syn.hadText());
        return was ? Rule.RFC7413_PLAIN_SYN : Rule.RFC6298_SYN_TIMEOUT;
    }

    private @Nullable String timeoutWhy() {
        return c.isTraced() ? "no acknowledgement within " + c.rtt.rto() / MS + " ms" : null;
    }

    /** The peer took back its window while data was under way: that is its probe now. */
    private void closedWindowTimedOut() {
        if (hasProbedEnough()) {
            giveUpNow();
            return;
        }
        c.recovery.enterLoss();
        c.recovery.retransmission().send(0, 1, Rule.RFC9293_WINDOW_PROBE, null);
        c.rtt.backOff();
        start(c.rtt.rto(), Rule.RFC6298_BACKOFF);
    }

    /** Nothing has been heard for twice the longest timeout. Linux's tcp_rtx_probe0_timed_out. */
    private boolean hasProbedEnough() {
        long stamp = c.recovery.retransmission().stamp();
        long trying = c.now() - (stamp >= 0 ? stamp : c.sent.first().sentAt);
        long most = 2 * c.rtt.maxRto();
        long userTimeout = c.settings.times().userTimeoutMs * MS;
        if (userTimeout > 0) {
            if (trying > userTimeout) return true;
            most = Math.min(most, userTimeout);
        }
        return silence() > most && trying > most;
    }

    /** RFC 1122 §4.2.3.5, tcp(7): whether it has been tried often enough. */
    private boolean giveUp() {
        boolean enough = hasTriedEnough();
        if (c.orphan && c.tcb.state.isSynchronized()) {
            boolean alive = c.rtt.rto() < c.rtt.maxRto();
            if (Orphans.endedEarly(c, alive || !enough)) return true;
        }
        FastOpenLosses.timedOut(c, retransmits, enough);
        if (enough) giveUpNow();
        return enough;
    }

    private void giveUpNow() {
        c.count(TcpCounter.ABORT_ON_TIMEOUT);
        Errno errno = c.softError != null ? c.softError : Errno.ETIMEDOUT;
        c.fail(errno, Rule.RFC9293_USER_TIMEOUT, c.isTraced() ? retransmits + " timeouts" : null);
    }

    private boolean hasTriedEnough() {
        TcpTunables t = c.tunables();
        long userTimeout = c.settings.times().userTimeoutMs * MS;
        if (!c.tcb.state.isSynchronized()) {
            int own = c.settings.times().synCount > 0 ? c.settings.times().synCount : t.synRetries;
            int most = own;
            if (c.tcb.state == TcpState.SYN_SENT) most += t.synLinearTimeouts;
            else if (c.settings.times().synCount == 0) most = t.synAckRetries;
            return retransmits >= most || isTimedOut(own, userTimeout);
        }
        int most = t.retries2;
        if (c.orphan) {
            boolean alive = c.rtt.rto() < c.rtt.maxRto();
            most = orphanRetries(alive);
            if (!alive && isTimedOut(most, 0)) return true;
        }
        return isTimedOut(most, userTimeout);
    }

    /** When the first of the timeouts began that have not been answered; -1 for none. */
    private long repeatingSince() {
        if (c.tcb.state.isSynchronized()) return c.recovery.retransmission().stamp();
        return c.now() - (c.timestamp() - c.firstSynTimestamp) * MS;
    }

    /** TCP_USER_TIMEOUT ends the wait for the next timeout early. */
    private long clampToUserTimeout(long delay) {
        long userTimeout = c.settings.times().userTimeoutMs * MS;
        long since = repeatingSince();
        if (userTimeout == 0 || since < 0) return delay;
        return Math.clamp(userTimeout - (c.now() - since), MS, Math.max(delay, MS));
    }

    int orphanRetries(boolean alive) {
        int retries = c.tunables().orphanRetries;
        if (c.softError != null && !alive) return 0;
        return retries == 0 && alive ? ORPHAN_RETRIES : retries;
    }

    /** Whether as much time has passed as {@code boundary} timeouts of the shortest kind take. */
    private boolean isTimedOut(int boundary, long limit) {
        long since = repeatingSince();
        if (retransmits == 0 || since < 0) return false;
        long most = limit;
        if (most == 0) {
            long base = c.tcb.state.isSynchronized() ? USUAL_MIN : RttEstimator.INITIAL_RTO;
            int doublings = 63 - Long.numberOfLeadingZeros(Math.max(c.rtt.maxRto() / base, 1));
            most =
                    boundary <= doublings
                            ? ((2L << boundary) - 1) * base
                            : ((2L << doublings) - 1) * base
                                    + (boundary - doublings) * c.rtt.maxRto();
        }
        return c.now() - since >= most;
    }

    // ---- the closed window

    /** Nothing is under way and something waits: the window must be closed. RFC 9293 §3.8.6.1. */
    void startPersistIfIdle() {
        if (c.sent.segments() > 0 || isRunning()) return;
        startPersist(c.rtt.probeDelay(probeBase()));
    }

    private long probeBase() {
        return Math.max(c.rtt.rto(), USUAL_MIN);
    }

    private void startPersist(long wanted) {
        long delay = wanted;
        long userTimeout = c.settings.times().userTimeoutMs * MS;
        if (userTimeout > 0 && probingSince >= 0) {
            long left = userTimeout - (c.now() - probingSince);
            delay = Math.min(delay, Math.max(left, TICKS));
        }
        timer().start(
                        TimerKind.PERSIST,
                        delay,
                        Rule.RFC9293_WINDOW_PROBE,
                        c.isTraced()
                                ? "snd.wnd " + c.tcb.snd.wnd + ", probe in " + delay / MS + " ms"
                                : null);
    }

    /** An ACK came while nothing was under way. */
    void windowMayHaveOpened() {
        if (c.sendBuffer.isEmpty()) return;
        SegmentRecord head = c.sendBuffer.unsent().first();
        if (!SeqNum.after(head.end(), c.tcb.snd.windowEnd())) {
            c.rtt.clearBackoff();
            probingSince = -1;
            if (isRunning(TimerKind.PERSIST)) stop();
        } else {
            startPersist(c.rtt.probeDelay(probeBase()));
        }
    }

    private void probeWindow() {
        if (c.sent.segments() > 0 || c.sendBuffer.isEmpty()) {
            probes = 0;
            probingSince = -1;
            return;
        }
        long userTimeout = c.settings.times().userTimeoutMs * MS;
        if (probingSince < 0) {
            probingSince = c.now();
        } else if (userTimeout > 0 && c.now() - probingSince >= userTimeout) {
            giveUpNow();
            return;
        }
        int most = c.tunables().retries2;
        if (c.orphan) {
            boolean alive = c.rtt.probeDelay(probeBase()) < c.rtt.maxRto();
            most = orphanRetries(alive);
            if (!alive && c.rtt.backoff() >= most) {
                giveUpNow();
                return;
            }
            if (Orphans.endedEarly(c, true)) return;
        }
        if (probes >= most) {
            giveUpNow();
            return;
        }
        boolean went = c.sendBuffer.write().probeWindow(Rule.RFC9293_WINDOW_PROBE);
        if (c.sent.segments() > 0 || c.sendBuffer.isEmpty()) {
            probes = 0;
            probingSince = -1;
            c.rtt.clearBackoff();
            return;
        }
        probes++;
        if (!went) {
            startPersist(CONGESTED_WAIT);
            return;
        }
        if (c.rtt.backoff() < c.tunables().retries2) c.rtt.countBackoff();
        startPersist(c.rtt.probeDelay(probeBase()));
    }

    private long silence() {
        return c.now() - c.tcb.rcv.lastAt;
    }
}
