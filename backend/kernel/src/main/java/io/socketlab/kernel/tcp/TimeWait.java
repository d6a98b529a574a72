package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.ACK;

import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a connection once the program is done with it and the peer may not be: no
 * buffers, just enough to answer. In TIME_WAIT for two maximum segment lifetimes (RFC 9293 §3.6.1,
 * Linux: 60 s), or in FIN_WAIT_2 until the peer's FIN comes. Linux's inet_timewait_sock,
 * net/ipv4/tcp_minisocks.c.
 */
final class TimeWait implements Flow {

    /** TCP_TIMEWAIT_LEN, nanoseconds. */
    static final long LENGTH = 60_000 * RttEstimator.MS;

    private final Connection c;
    private final SocketTimer timer;
    private TcpState state;
    private int rcvNxt;
    private final int sndNxt;
    private final int window;
    private long lastAnswer = Long.MIN_VALUE;

    TimeWait(Connection c, TcpState state) {
        this.c = c;
        this.state = state;
        this.rcvNxt = c.tcb.rcv.nxt;
        this.sndNxt = c.tcb.snd.nxt;
        this.window = Math.min(c.tcb.rcv.window() >>> c.tcb.rcv.wscale, 65_535);
        this.timer = new SocketTimer(c.env, c.number, TimerKind.TIME_WAIT, this::expired);
    }

    void begin() {
        begin(LENGTH);
    }

    /**
     * Takes the connection's place for {@code length} nanoseconds, or ends it where there are as
     * many as may be.
     */
    void begin(long length) {
        if (!c.layer.addTimeWait()) {
            state = TcpState.CLOSED;
            c.count(TcpCounter.TIME_WAIT_OVERFLOW);
            c.close(Rule.LINUX_TIME_WAIT_BUCKETS, null);
            return;
        }
        if (state == TcpState.TIME_WAIT) {
            c.moveTo(TcpState.TIME_WAIT, Rule.RFC9293_TIME_WAIT, null);
        }
        c.count(TcpCounter.TIME_WAIT);
        c.continueAs(this);
        startTimer(length);
    }

    private void startTimer(long length) {
        timer.start(
                state == TcpState.TIME_WAIT ? TimerKind.TIME_WAIT : TimerKind.FIN_WAIT_2,
                length,
                state == TcpState.TIME_WAIT ? Rule.RFC9293_TIME_WAIT : Rule.LINUX_FIN_WAIT_2,
                null);
    }

    /** What it was. */
    Connection connection() {
        return c;
    }

    TcpState state() {
        return state;
    }

    SocketReport.Waiting waiting() {
        long left = timer.deadline() - c.now();
        return new SocketReport.Waiting(SocketReport.Clock.TIMEWAIT, left, 0, 0);
    }

    @Override
    public boolean receivesBy(int device) {
        return c.receivesBy(device);
    }

    @Override
    public FourTuple tuple() {
        return c.tuple;
    }

    @Override
    public int socketNumber() {
        return c.number;
    }

    @Override
    public void arrive(Segment seg) {
        boolean stale =
                c.tcb.timestampsOk
                        && seg.hasTimestamps
                        && seg.timestamp - c.tcb.rcv.tsRecent < 0
                        && !seg.isRst();
        if (state == TcpState.FIN_WAIT_2) inFinWait2(seg, stale);
        else inTimeWait(seg, stale);
    }

    private void inFinWait2(Segment seg, boolean stale) {
        if (stale || !isInWindow(seg)) {
            answer(seg);
            return;
        }
        if (seg.isRst()) {
            end(Rule.RFC9293_RESET);
            return;
        }
        if (seg.isSyn() && !SeqNum.before(seg.seq, rcvNxt)) {
            c.layer.resets().answer(seg, Rule.RFC9293_RESET_BAD_ACK);
            end(Rule.RFC9293_RESET_BAD_ACK);
            return;
        }
        boolean noNews = !SeqNum.after(seg.end(), rcvNxt) || seg.end() == seg.seq;
        if (!seg.isAck() || noNews) return;
        if (!seg.isFin() || seg.end() != rcvNxt + 1) {
            // Text for a program that has gone.
            c.layer.resets().answer(seg, Rule.RFC1122_DATA_AFTER_CLOSE);
            end(Rule.RFC1122_DATA_AFTER_CLOSE);
            return;
        }
        rcvNxt = seg.end();
        if (seg.hasTimestamps) c.tcb.rcv.tsRecent = seg.timestamp;
        become(TcpState.TIME_WAIT, Rule.RFC9293_TIME_WAIT);
        startTimer(LENGTH);
        send(Rule.RFC9293_ACK_OF_FIN);
    }

    private boolean isInWindow(Segment seg) {
        int most = rcvNxt + (window << c.tcb.rcv.wscale);
        if (seg.seq == rcvNxt) return true;
        if (SeqNum.after(seg.end(), rcvNxt) && SeqNum.before(seg.seq, most)) return true;
        return seg.seq == most && seg.seq == seg.end();
    }

    private void inTimeWait(Segment seg, boolean stale) {
        boolean harmless =
                !stale && seg.seq == rcvNxt && (seg.length() == 0 || seg.isRst()) && !seg.isSyn();
        if (harmless) {
            if (!seg.isRst()) {
                if (seg.hasTimestamps) c.tcb.rcv.tsRecent = seg.timestamp;
                startTimer(LENGTH);
            } else if (!c.tunables().rfc1337) {
                end(Rule.LINUX_TIME_WAIT_RESET);
            }
            return;
        }
        if (seg.isSyn() && !seg.isRst() && !seg.isAck() && !stale && mayBeginAnew(seg)) {
            int iss = sndNxt + 65_535 + 2;
            end(Rule.RFC9293_TIME_WAIT_REOPEN);
            c.layer.reopen(seg, iss);
            return;
        }
        if (seg.isRst()) return;
        // a SYN alone may be a new one with a low number, which would keep this up for ever
        if (stale || seg.isAck()) startTimer(LENGTH);
        answer(seg);
    }

    /** RFC 9293 §3.6.1, RFC 6191: a SYN that is certainly not an old one. */
    private boolean mayBeginAnew(Segment seg) {
        if (SeqNum.after(seg.seq, rcvNxt)) return true;
        return c.tcb.timestampsOk && seg.hasTimestamps && seg.timestamp - c.tcb.rcv.tsRecent > 0;
    }

    /** Text and FIN are no part of a loop of ACKs: only what has neither waits. */
    private void answer(Segment seg) {
        if (seg.length() == 0 || seg.isSyn()) {
            long now = c.now();
            long gap = c.tunables().invalidRateLimit;
            if (lastAnswer != Long.MIN_VALUE && now - lastAnswer < gap) return;
            lastAnswer = now;
        }
        send(Rule.RFC9293_ACK_UNACCEPTABLE);
    }

    private void send(Rule rule) {
        SegmentDraft d = SegmentDraft.of(c);
        d.seq = sndNxt;
        d.ack = rcvNxt;
        d.flags = ACK;
        d.window = window;
        if (c.tcb.timestampsOk) {
            d.timestamps(c.timestamp() + c.tcb.timestampOffset, c.tcb.rcv.tsRecent, false);
        }
        d.because(rule, null);
        c.count(TcpCounter.SEGMENTS_OUT);
        d.send();
    }

    private void become(TcpState next, Rule rule) {
        TcpState from = state;
        state = next;
        if (c.isTraced()) {
            c.env.trace()
                    .emit(
                            new StateChanged(
                                    c.env.stamp(rule, null), c.number, from.name(), next.name()));
        }
    }

    private void expired() {
        end(state == TcpState.TIME_WAIT ? Rule.RFC9293_TIME_WAIT : Rule.LINUX_FIN_WAIT_2);
    }

    @Override
    public void vanish() {
        end(null);
    }

    /** Nothing is left. */
    void end(@Nullable Rule rule) {
        timer.stop();
        if (state == TcpState.CLOSED) return;
        TcpState from = state;
        state = TcpState.CLOSED;
        if (c.isTraced()) {
            c.env.trace()
                    .emit(
                            new StateChanged(
                                    c.env.stamp(rule, null),
                                    c.number,
                                    from.name(),
                                    TcpState.CLOSED.name()));
        }
        c.layer.remove(this);
        c.layer.removeTimeWait();
        c.timeWaitEnded();
    }

    @Override
    public void unreachable(IcmpNotice notice) {
        // Nobody is left to be told.
    }
}
