package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * When to acknowledge: at once, or a little later in the hope that there is something to send with
 * it. RFC 9293 §3.8.6.3. As Linux: the first segments of a connection and after a pause are
 * acknowledged at once (quick ACK); once the program answers what it is sent (pingpong) an ACK
 * waits for the answer, 40 ms at first.
 */
final class DelayedAck {

    /** TCP_ATO_MIN and TCP_DELACK_MIN. */
    static final long MIN_DELAY = 40 * RttEstimator.MS;

    static final long MAX_DELAY = 200 * RttEstimator.MS;
    static final int MAX_QUICK = 16;

    /** tcp_comp_sack_nr and tcp_comp_sack_delay_ns. */
    private static final int MAX_COMPRESSED = 44;

    /**
     * Where nothing has come yet that a delay could be learnt from, the timer's next tick ends it:
     * of 4 ms, with HZ=250.
     */
    private static final long NEXT_TICK = 3 * RttEstimator.MS;

    /** A jiffy, with HZ=250. */
    private static final long TICK = 4 * RttEstimator.MS;

    private static final long MAX_COMPRESSION = RttEstimator.MS;
    private static final int FIRST_MSS = 536;
    private static final int MIN_MSS = 88;

    private final Connection c;

    // Made when first needed: a connection at rest has none.
    private @Nullable SocketTimer timer;
    private @Nullable SocketTimer compressedTimer;

    private boolean scheduled;
    private boolean now;
    private boolean noMemory;

    /** Segments with PSH since the last ACK went out: 0, 1, or 2 for more. */
    private byte pushes;

    private int quick;
    private int pingpong;

    /** The current delay, followed by how far apart segments come. */
    private long delay;

    private long lastReceived;
    private int receivedMss = MIN_MSS;
    private int lastLength;

    /**
     * Duplicate ACKs sent at RCV.NXT = {@link #compressedAt}; the first three are never held back.
     */
    private int duplicates;

    private int compressedAt;
    private int compressed;

    DelayedAck(Connection c) {
        this.c = c;
        this.pingpong = c.settings.pingpong ? 1 : 0;
    }

    /** What the segments that come are like, to begin with. */
    void established() {
        int hint = Math.min(c.tcb.rcv.advertisedMss, c.tcb.snd.mss);
        hint = Math.min(hint, c.tcb.rcv.wnd / 2);
        receivedMss = Math.max(Math.min(hint, FIRST_MSS), MIN_MSS);
    }

    /** The peer's segments' size as far as it is known. */
    int receivedMss() {
        return receivedMss;
    }

    /** Text has come in order or ahead: an ACK is due, and the engine learns. */
    void textReceived(Segment seg) {
        scheduled = true;
        measureMss(seg);
        c.receiveWindow.measureRtt();
        long present = c.now();
        if (delay == 0) {
            startQuick(MAX_QUICK);
            delay = MIN_DELAY;
        } else {
            followGap(present - lastReceived);
        }
        lastReceived = present;
        c.ecn.textArrived(seg.ecn);
        if (seg.textLength() >= 128) c.receiveWindow.grow(seg.textLength(), seg.memory());
    }

    private void followGap(long gap) {
        if (gap <= MIN_DELAY / 2) {
            delay = delay / 2 + MIN_DELAY / 2;
        } else if (gap < delay) {
            delay = Math.min(delay / 2 + gap, c.rtt.rto());
        } else if (gap > c.rtt.rto()) {
            // The sender has paused and starts with a small window: help it along.
            startQuick(MAX_QUICK);
        }
    }

    /** Linux's tcp_measure_rcv_mss(). */
    void measureMss(Segment seg) {
        int length = seg.segmentSize > 0 ? seg.segmentSize : seg.textLength();
        int before = lastLength;
        lastLength = 0;
        if (length >= receivedMss) {
            if (length != receivedMss) {
                c.receiveWindow.learnRatio(seg.textLength(), seg.memory());
            }
            receivedMss = Math.min(length, c.tcb.rcv.advertisedMss);
            // The end of what the peer's program has written: it may wait for the ACK.
            if (seg.has(TcpHeader.PSH) && pushes == 0) pushes = 1;
            return;
        }
        int whole = seg.textLength() + seg.headerLength();
        boolean marked = seg.has(TcpHeader.PSH | TcpHeader.FIN | TcpHeader.URG);
        if (whole >= FIRST_MSS + TcpHeader.SIZE || (whole >= MIN_MSS + TcpHeader.SIZE && !marked)) {
            lastLength = whole - TcpHeader.SIZE - c.tcb.optionLength();
            if (lastLength == before) {
                receivedMss = lastLength;
                return;
            }
        }
        pushes = (byte) Math.min(pushes + 1, 2);
    }

    /** The next {@code most} segments are acknowledged at once, or as many as fill the window. */
    void startQuick(int most) {
        int wanted = c.tcb.rcv.wnd / (2 * receivedMss);
        if (wanted == 0) wanted = 2;
        quick = Math.max(quick, Math.min(wanted, most));
    }

    /** Quick ACKs whatever the program has done before: after something odd has come. */
    void enterQuick(int most) {
        startQuick(most);
        pingpong = 0;
        delay = MIN_DELAY;
    }

    void endQuick() {
        quick = 0;
    }

    void moreQuick() {
        quick |= 1;
    }

    boolean isQuick() {
        return quick > 0 && !isPingpong();
    }

    /** Segments whose ACK will not be delayed. */
    int quickLeft() {
        return quick;
    }

    boolean isPingpong() {
        return pingpong >= 1;
    }

    void enterPingpong() {
        pingpong = 1;
    }

    void exitPingpong() {
        pingpong = 0;
    }

    boolean isScheduled() {
        return scheduled;
    }

    void schedule() {
        scheduled = true;
    }

    /** Text was refused for want of memory: the next ACK closes the window. ICSK_ACK_NOMEM. */
    void withoutMemory() {
        noMemory = true;
        hurry();
    }

    boolean isWithoutMemory() {
        return noMemory;
    }

    /** If an ACK is due, it may not wait. */
    void now() {
        now = true;
    }

    /** The ACK that is due may not wait. */
    void hurry() {
        scheduled = true;
        now = true;
    }

    /** SYN-ACK not answered by data: the ACK of an active open is sent late (TCP_DEFER_ACCEPT). */
    void startDelay() {
        scheduled = true;
        enterQuick(MAX_QUICK);
        lastReceived = c.now();
        timer().start(MAX_DELAY, Rule.RFC9293_DELAYED_ACK, null);
    }

    /** A segment has been dealt with: acknowledge it now or later, if it is to be acknowledged. */
    void afterSegment() {
        if (!scheduled) return;
        decide(true);
    }

    private void decide(boolean outOfOrderPossible) {
        int unacknowledged = c.tcb.rcv.nxt - c.tcb.rcv.wup;
        boolean secondSegment =
                unacknowledged > receivedMss
                        && (c.tcb.rcv.nxt - c.tcb.rcv.copied < c.settings.base.receiveLowWater()
                                || c.receiveWindow.best() >= c.tcb.rcv.wnd);
        if (secondSegment || isQuick() || now) {
            boolean duplicate = unacknowledged == 0 && !c.reassembly.isEmpty();
            Rule quick = duplicate ? Rule.RFC5681_ACK_OUT_OF_ORDER : Rule.LINUX_QUICK_ACK;
            c.output.sendAck(secondSegment ? Rule.RFC9293_ACK_EVERY_SECOND : quick, null);
            return;
        }
        if (!outOfOrderPossible || c.reassembly.isEmpty()) {
            sendLater();
            return;
        }
        acknowledgeHole();
    }

    /** RFC 5681 §4.2: out of order is acknowledged at once; a flood of it is thinned out. */
    private void acknowledgeHole() {
        if (!c.tcb.sackOk) {
            c.output.sendAck(Rule.RFC5681_ACK_OUT_OF_ORDER, null);
            return;
        }
        if (compressedAt != c.tcb.rcv.nxt) {
            compressedAt = c.tcb.rcv.nxt;
            duplicates = 0;
        }
        if (duplicates < 3 || compressed >= MAX_COMPRESSED) {
            if (duplicates < 3) duplicates++;
            c.output.sendAck(Rule.RFC5681_ACK_OUT_OF_ORDER, null);
            return;
        }
        compressed++;
        SocketTimer holding = compressedTimer;
        if (holding == null) {
            holding = new SocketTimer(c, TimerKind.COMPRESSED_ACK, this::compressedExpired);
            compressedTimer = holding;
        }
        if (holding.isRunning()) return;
        long rtt = c.receiveWindow.rtt();
        if (c.rtt.hasSample() && (rtt == 0 || c.rtt.srtt() < rtt)) rtt = c.rtt.srtt();
        long wait = Math.min(MAX_COMPRESSION, rtt / 20);
        holding.start(wait, Rule.RFC5681_ACK_OUT_OF_ORDER, null);
    }

    private SocketTimer timer() {
        if (timer == null) timer = new SocketTimer(c, TimerKind.DELAYED_ACK, this::expired);
        return timer;
    }

    private void compressedExpired() {
        c.output.sendAck(Rule.RFC5681_ACK_OUT_OF_ORDER, null);
    }

    private void sendLater() {
        long wait = delay == 0 ? NEXT_TICK : delay;
        if (wait > MIN_DELAY) {
            long most = isPingpong() || pushes > 0 ? MAX_DELAY : 500 * RttEstimator.MS;
            if (c.rtt.hasSample()) most = Math.min(most, Math.max(c.rtt.srtt(), MIN_DELAY));
            wait = Math.min(wait, most);
        }
        wait = Math.min(wait, longest());
        long deadline = c.now() + wait;
        if (timer != null && timer.isRunning()) {
            if (timer.deadline() <= c.now() + wait / 4 / TICK * TICK) {
                c.output.sendAck(Rule.RFC9293_DELAYED_ACK, null);
                return;
            }
            if (timer.deadline() <= deadline) return;
        }
        timer().start(
                        wait,
                        Rule.RFC9293_DELAYED_ACK,
                        c.isTraced()
                                ? "wait " + wait / RttEstimator.MS + " ms for data to go with it"
                                : null);
    }

    /** So long that the peer's timeout, should it be as short as ours may be, is not reached. */
    private long longest() {
        int own = c.settings.times().delayedAckMaxUs;
        long most = own == 0 ? MAX_DELAY : own * 1000L;
        return Math.min(most, Math.max(c.rtt.minRto() - TICK, TICK));
    }

    private void expired() {
        if (!scheduled) return;
        if (isPingpong()) {
            pingpong = 0;
            delay = MIN_DELAY;
        } else {
            delay = Math.min(delay * 2, c.rtt.rto());
        }
        c.count(TcpCounter.DELAYED_ACKS);
        c.output.sendAck(Rule.RFC9293_DELAYED_ACK, null);
    }

    /** A segment with an ACK has gone out: none is due. */
    void ackSent() {
        if (compressed > 0) {
            c.layer.count(TcpCounter.ACKS_COMPRESSED, compressed);
            compressed = 0;
            if (compressedTimer != null) compressedTimer.stop();
        }
        if (quick > 0 && scheduled && --quick == 0) delay = MIN_DELAY;
        scheduled = false;
        now = false;
        noMemory = false;
        pushes = 0;
        if (timer != null) timer.stop();
    }

    /** Text goes out soon after text has come: the program answers. */
    void textSent() {
        if (c.now() - lastReceived < delay) pingpong = Math.min(pingpong + 1, 255);
    }

    /** The program has read {@code count} octets. Linux's tcp_cleanup_rbuf. */
    void afterRead(int count) {
        boolean send = false;
        if (scheduled) {
            boolean secondSegment = c.tcb.rcv.nxt - c.tcb.rcv.wup > receivedMss;
            boolean emptied =
                    count > 0
                            && (pushes == 2 || (pushes > 0 && !isPingpong()))
                            && c.receiveBuffer.memory() + c.reassembly.memory() == 0;
            send = secondSegment || emptied;
        }
        if (send) {
            c.output.sendAck(Rule.LINUX_ACK_ON_READ, null);
        } else if (count > 0 && !c.receiveShutdown && c.receiveWindow.hasOpened()) {
            c.output.sendAck(
                    Rule.RFC9293_WINDOW_UPDATE,
                    c.isTraced()
                            ? "offered "
                                    + c.tcb.rcv.window()
                                    + ", can offer "
                                    + c.receiveWindow.best()
                            : null);
        }
    }

    /** TCP_QUICKACK. */
    void quickAck(int value) {
        if (value == 0) {
            pingpong = 1;
            return;
        }
        pingpong = 0;
        if (!scheduled
                || !(c.tcb.state == TcpState.ESTABLISHED || c.tcb.state == TcpState.CLOSE_WAIT)) {
            return;
        }
        if (pushes == 0) pushes = 1;
        afterRead(1);
        if ((value & 1) == 0) pingpong = 1;
    }

    long delay() {
        return delay;
    }

    long lastReceived() {
        return lastReceived;
    }

    /** An acknowledgement will go out by itself. */
    boolean isTimerRunning() {
        return (timer != null && timer.isRunning())
                || (compressedTimer != null && compressedTimer.isRunning());
    }

    void stop() {
        if (timer != null) timer.stop();
        if (compressedTimer != null) compressedTimer.stop();
    }
}
