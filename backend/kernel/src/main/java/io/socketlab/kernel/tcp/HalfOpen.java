package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.trace.TraceEvent.SocketConnected;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose SYN has come and whose last ACK has not: SYN_RECEIVED, an entry of the SYN
 * queue. Linux's request_sock, tcp_check_req() and reqsk_timer_handler().
 */
final class HalfOpen implements Flow {

    /** TCP_RTO_MAX. */
    private static final long LONGEST_TIMEOUT = 120_000 * RttEstimator.MS;

    private final TcpLayer layer;
    private final Listener listener;
    private final Connection child;
    private final SocketTimer timer;
    private final SegmentRecord synAck;
    private final PortClaim claim;

    /** How often the SYN-ACK timer has fired. */
    private int timeouts;

    /** The last ACK came, but there was no room in the accept queue. */
    private boolean acknowledged;

    /** Made out of a SYN cookie: in no queue, and nothing is known of when its SYN-ACK went out. */
    private boolean isCookie;

    private long lastRepeat = Long.MIN_VALUE;

    /** The timestamps of the first SYN-ACK and of the last. */
    private int firstTimestamp;

    private int lastTimestamp;

    private HalfOpen(TcpLayer layer, Listener listener, Connection child, PortClaim claim) {
        this.layer = layer;
        this.listener = listener;
        this.child = child;
        this.claim = claim;
        this.synAck =
                new SegmentRecord(
                        child.tcb.snd.iss,
                        new byte[0],
                        0,
                        0,
                        TcpHeader.SYN | TcpHeader.ACK | child.ecn.answerInSynAck());
        this.timer = new SocketTimer(child.env, child.number, TimerKind.SYN_ACK, this::timedOut);
    }

    /** Takes in a SYN; null if there is no way back to its sender. */
    static @Nullable HalfOpen open(TcpLayer layer, Listener listener, Segment seg, int iss) {
        Connection child = child(layer, listener, seg);
        if (child == null) return null;
        tellBirth(child, listener);
        child.tcb.startSending(iss != 0 ? iss : layer.newIss(child.tuple));
        takeSyn(child, seg, false);
        if (child.settings.savesSyn != 0) child.settings.savedSyn = seg.headers();
        return new HalfOpen(layer, listener, child, claimOf(child));
    }

    /** Answers a SYN by a cookie; false if there is no way back to its sender. */
    static boolean answerByCookie(TcpLayer layer, Listener listener, Segment seg) {
        Connection child = child(layer, listener, seg);
        if (child == null) return false;
        takeSyn(child, seg, true);
        listener.cookies().answer(seg, child);
        return true;
    }

    /** Rebuilds what a cookie stood for; null if there is no way back. */
    static @Nullable HalfOpen rebuild(
            TcpLayer layer, Listener listener, Segment seg, HandshakeOptions agreed) {
        Connection child = child(layer, listener, seg);
        if (child == null) return null;
        tellBirth(child, listener);
        child.tcb.startSending(seg.ack - 1);
        child.tcb.startReceiving(seg.seq - 1);
        child.negotiate(agreed);
        child.ecn.restore(listener.cookies().agreedOnEcn(child.tuple, seg));
        if (child.tcb.timestampsOk) child.arrival.rememberTimestamp(seg);
        child.receiveWindow.chooseInitial(agreed.mss(), child.tcb.windowScaleOk);
        child.tcb.snd.wnd = seg.window;
        child.tcb.snd.maxWnd = seg.window;
        var request = new HalfOpen(layer, listener, child, claimOf(child));
        request.isCookie = true;
        child.beginAs(TcpState.SYN_RECEIVED);
        request.tellState(TcpState.LISTEN, TcpState.SYN_RECEIVED, Rule.RFC4987_SYN_COOKIE);
        child.tcb.snd.nxt = child.tcb.snd.iss + 1;
        child.tcb.snd.writeSeq = child.tcb.snd.nxt;
        child.tcb.snd.pushed = child.tcb.snd.nxt;
        return request;
    }

    private static @Nullable Connection child(TcpLayer layer, Listener listener, Segment seg) {
        FourTuple tuple = SynCookies.tupleOf(seg, layer.environment().ip());
        int device = listener.settings.base.boundDevice();
        Optional<Route> route = layer.environment().ip().route(tuple.remote(), device);
        if (route.isEmpty()) {
            layer.environment().ip().countNoRoute(tuple.remote());
            return null;
        }
        var settings = new SocketSettings(listener.settings);
        settings.multicastTtl = (short) seg.ip().ttl();
        int number = layer.environment().socketNumbers().getAsInt();
        return new Connection(layer, number, tuple, settings, new WaitQueue(), route.get());
    }

    private static PortClaim claimOf(Connection child) {
        return new PortClaim(
                child.tuple.local(),
                child.tuple.localPort(),
                child.settings,
                PortClaim.Kind.ACCEPTED);
    }

    private static void tellBirth(Connection child, Listener listener) {
        TcpEnvironment env = child.env;
        if (!env.trace().isOn()) return;
        env.trace().emit(new SocketCreated(env.stamp(), child.number, "tcp", listener.number()));
        env.trace()
                .emit(
                        new SocketConnected(
                                env.stamp(),
                                child.number,
                                child.localEndpoint(),
                                child.remoteEndpoint()));
    }

    /**
     * @param timestampsOrNothing a cookie has room for options only in its timestamp
     */
    private static void takeSyn(Connection child, Segment seg, boolean timestampsOrNothing) {
        child.tcb.startReceiving(seg.seq);
        TcpTunables t = child.tunables();
        boolean timestamps = t.timestamps && seg.hasTimestamps;
        boolean options = timestamps || !timestampsOrNothing;
        child.negotiate(
                new HandshakeOptions(
                        seg.mss,
                        options && t.windowScaling ? seg.windowScale : -1,
                        options && t.sack && seg.sackPermitted,
                        timestamps));
        child.ecn.synArrived(seg);
        if (child.tcb.timestampsOk) child.arrival.rememberTimestamp(seg);
        int mss = child.tcb.rcv.advertisedMss - child.tcb.optionLength();
        child.receiveWindow.chooseInitial(mss, child.tcb.windowScaleOk);
        child.tcb.snd.wnd = seg.window;
        child.tcb.snd.maxWnd = seg.window;
    }

    /** What is known of the SYN-ACK timer. */
    SocketReport.Waiting waiting() {
        if (!timer.isRunning()) return SocketReport.Waiting.NOT;
        long left = timer.deadline() - child.now();
        return new SocketReport.Waiting(SocketReport.Clock.ON, left, timeouts, 0);
    }

    Connection child() {
        return child;
    }

    PortClaim claim() {
        return claim;
    }

    boolean isYoung() {
        return timeouts == 0;
    }

    /** Answers the SYN; {@code rule} has decided how. */
    void begin(Rule rule, @Nullable String why) {
        layer.add(this);
        child.beginAs(TcpState.SYN_RECEIVED);
        tellState(TcpState.LISTEN, TcpState.SYN_RECEIVED, Rule.RFC9293_SYN_ACK);
        child.tcb.snd.nxt = child.tcb.snd.iss + 1;
        child.tcb.snd.writeSeq = child.tcb.snd.nxt;
        child.tcb.snd.pushed = child.tcb.snd.nxt;
        sendSynAck(rule, why);
        timer.start(timeout(), Rule.RFC6298_INITIAL_RTO, null);
        child.settle();
    }

    /** Linux's tcp_reqsk_timeout(): net.ipv4.tcp_rto_max_ms has no say in it. */
    private long timeout() {
        return Math.min(RttEstimator.INITIAL_RTO << Math.min(timeouts, 20), LONGEST_TIMEOUT);
    }

    private void sendSynAck(Rule rule, @Nullable String why) {
        lastTimestamp = child.timestamp() + child.tcb.timestampOffset;
        if (synAck.retransmissions == 0) firstTimestamp = lastTimestamp;
        child.output.transmit(synAck, rule, why);
    }

    private void tellState(TcpState from, TcpState to, @Nullable Rule rule) {
        if (!child.isTraced()) return;
        child.env
                .trace()
                .emit(
                        new StateChanged(
                                child.env.stamp(rule, null), child.number, from.name(), to.name()));
    }

    @Override
    public boolean receivesBy(int device) {
        return child.receivesBy(device);
    }

    @Override
    public FourTuple tuple() {
        return child.tuple;
    }

    @Override
    public int socketNumber() {
        return child.number;
    }

    @Override
    public void arrive(Segment seg) {
        if (!listener.isOpen()) {
            abandon(Rule.LINUX_LISTENER_CLOSED);
            layer.arriveAgain(seg);
            return;
        }
        Tcb tcb = child.tcb;
        boolean repeatedSyn = seg.isSyn() && !seg.isAck() && !seg.isRst() && seg.seq == tcb.rcv.irs;
        if (repeatedSyn) {
            repeat();
            return;
        }
        if (seg.isAck() && seg.ack != tcb.snd.iss + 1 && !seg.isRst()) {
            layer.drop(seg, DropReason.BAD_ACK);
            layer.resets().answer(seg, Rule.RFC9293_RESET_BAD_ACK);
            return;
        }
        boolean stale =
                tcb.timestampsOk && seg.hasTimestamps && seg.timestamp - tcb.rcv.tsRecent < 0;
        boolean foreign = echoesNothingOfOurs(seg);
        if (stale || foreign || !isInWindow(seg)) {
            if (stale) layer.count(TcpCounter.PAWS_ESTABLISHED);
            else if (foreign) layer.count(TcpCounter.TIMESTAMP_ECHO_REJECTED);
            layer.drop(seg, stale || foreign ? DropReason.PAWS : DropReason.OUT_OF_WINDOW);
            if (!seg.isRst()) answer(seg, Rule.RFC9293_ACK_UNACCEPTABLE);
            return;
        }
        if (seg.isRst() && seg.seq != tcb.rcv.nxt) {
            layer.drop(seg, DropReason.OUT_OF_WINDOW);
            answer(seg, Rule.RFC5961_CHALLENGE_RST);
            return;
        }
        if (seg.isRst() || seg.isSyn()) {
            if (!seg.isRst()) layer.resets().answer(seg, Rule.RFC5961_CHALLENGE_SYN);
            layer.count(TcpCounter.ATTEMPT_FAILS);
            layer.count(TcpCounter.EMBRYONIC_RESETS);
            abandon(Rule.RFC9293_RESET);
            return;
        }
        if (!seg.isAck()) {
            layer.drop(seg, DropReason.NO_ACK_FLAG);
            return;
        }
        acknowledge(seg);
    }

    private boolean isInWindow(Segment seg) {
        Tcb.Receive rcv = child.tcb.rcv;
        int most = rcv.nxt + child.receiveWindow.unscaled();
        if (seg.seq == rcv.nxt) return true;
        if (SeqNum.after(seg.end(), rcv.nxt) && SeqNum.before(seg.seq, most)) return true;
        return seg.seq == most && seg.length() == 0;
    }

    /** Whether it echoes a timestamp that none of our SYN-ACKs had. RFC 7323 §3.2. */
    private boolean echoesNothingOfOurs(Segment seg) {
        if (!child.tcb.timestampsOk || !seg.hasTimestamps || seg.timestampEcho == 0) return false;
        return !SeqNum.between(seg.timestampEcho, firstTimestamp, lastTimestamp);
    }

    /** The peer did not get our SYN-ACK; it is some time until the timer sends one more. */
    private void repeat() {
        if (isTooSoon()) return;
        sendAgain(Rule.RFC9293_SYN_REPEATED);
        timer.start(timeout(), Rule.RFC9293_SYN_REPEATED, null);
    }

    private boolean isTooSoon() {
        long now = child.now();
        boolean soon =
                lastRepeat != Long.MIN_VALUE
                        && now - lastRepeat < child.tunables().invalidRateLimit;
        if (soon) layer.count(TcpCounter.ACK_SKIPPED_SYN_RECEIVED);
        else lastRepeat = now;
        return soon;
    }

    /** Text is no part of a loop of ACKs: only what has none waits. */
    private void answer(Segment seg, Rule rule) {
        boolean mayNotWait = seg.length() > 0 && !seg.isSyn();
        if (mayNotWait || !isTooSoon()) child.output.sendAckOfRequest(rule);
    }

    private void sendAgain(Rule rule) {
        synAck.retransmissions++;
        child.totalRetransmissions++;
        layer.count(TcpCounter.SEGMENTS_RETRANSMITTED);
        layer.count(TcpCounter.SYN_RETRANSMITS);
        sendSynAck(rule, null);
    }

    /** The last ACK of the handshake. */
    private void acknowledge(Segment seg) {
        int defer = deferTimeouts();
        boolean bare = seg.end() == child.tcb.rcv.irs + 1;
        if (timeouts < defer && bare) {
            acknowledged = true;
            layer.count(TcpCounter.DEFER_ACCEPT_DROP);
            layer.drop(seg, DropReason.DEFERRED);
            return;
        }
        if (listener.isAcceptQueueFull()) {
            listener.drop(
                    seg,
                    DropReason.ACCEPT_QUEUE_FULL,
                    Rule.LINUX_ACCEPT_QUEUE_FULL,
                    listener.acceptQueueWhy());
            if (layer.tunables().abortOnOverflow) {
                layer.resets().answer(seg, Rule.LINUX_ABORT_ON_OVERFLOW);
                abandon(Rule.LINUX_ABORT_ON_OVERFLOW);
            } else {
                acknowledged = true;
            }
            return;
        }
        complete(seg);
    }

    /** TCP_DEFER_ACCEPT, in timeouts of the SYN-ACK timer. */
    private int deferTimeouts() {
        int seconds = listener.settings.times().deferAcceptSeconds;
        int count = 0;
        for (long covered = 0, step = 1; covered < seconds; step <<= 1) {
            covered += step;
            count++;
        }
        return count;
    }

    /** The connection is established, and goes to the accept queue. */
    void complete(Segment seg) {
        timer.stop();
        layer.count(TcpCounter.PASSIVE_OPENS);
        layer.add(child);
        child.claim = claim;
        layer.ports().add(claim);
        child.tcb.snd.acknowledge(child.tcb.snd.nxt);
        timeHandshake(seg);
        var socket = new TcpSocket(layer, child);
        // what the SYN offered is forgotten: its field was not scaled
        child.tcb.snd.wnd = seg.window << child.tcb.snd.wscale;
        child.tcb.snd.maxWnd = child.tcb.snd.wnd;
        child.updateMss();
        child.traffic.segmentsIn = 1; // the SYN
        child.arrive(seg);
        if (child.tcb.state != TcpState.CLOSED || child.timeWait != null) {
            listener.completed(this, socket);
        } else {
            listener.remove(this, Rule.RFC9293_RESET, null);
        }
    }

    /** By the SYN-ACK, or where that is not known or went out twice, by the timestamp it echoes. */
    private void timeHandshake(Segment seg) {
        if (synAck.retransmissions == 0 && !isCookie) {
            child.handshakeTimed(synAck.sentAt);
        } else if (child.tcb.timestampsOk && seg.hasTimestamps && seg.timestampEcho != 0) {
            int echo = seg.timestampEcho - child.tcb.timestampOffset;
            long elapsed = Math.max(child.timestamp() - echo, 1);
            // of a cookie, the low bits of the timestamp are not those of the clock
            if (elapsed < 1 << 30) child.handshakeTimed(child.now() - elapsed * RttEstimator.MS);
        }
    }

    private void timedOut() {
        if (!listener.isOpen()) {
            abandon(Rule.LINUX_LISTENER_CLOSED);
            return;
        }
        int most = mostTimeouts();
        int defer = deferTimeouts();
        boolean expired = timeouts >= most && (defer == 0 || !acknowledged || timeouts >= defer);
        if (expired) {
            abandon(Rule.LINUX_SYN_ACK_RETRIES);
            return;
        }
        boolean resend = defer == 0 || !acknowledged || timeouts >= defer - 1;
        timeouts++;
        if (resend) sendAgain(Rule.RFC6298_SYN_TIMEOUT);
        timer.start(timeout(), Rule.RFC6298_BACKOFF, null);
    }

    /** net.ipv4.tcp_synack_retries; fewer for old requests when the queue is half full. */
    private int mostTimeouts() {
        int wanted = listener.settings.times().synCount;
        int most = wanted > 0 ? wanted : child.tunables().synAckRetries;
        int length = listener.synQueue();
        if (length << 1 > Math.max(8, listener.backlog())) {
            for (int young = listener.young() << 1; most > 2 && length >= young; young <<= 1)
                most--;
        }
        return most;
    }

    @Override
    public void vanish() {
        abandon(Rule.LINUX_LISTENER_CLOSED);
    }

    /** Forgets the request. */
    void abandon(Rule rule) {
        timer.stop();
        layer.remove(this);
        listener.remove(this, rule, null);
        tellState(TcpState.SYN_RECEIVED, TcpState.CLOSED, rule);
        child.beginAs(TcpState.CLOSED);
        child.destroy();
    }

    @Override
    public void unreachable(IcmpNotice notice) {
        // tcp_req_err(): without a word, there is no program to tell
        if (notice.seq() == child.tcb.snd.iss && notice.isNoPath()) {
            abandon(Rule.RFC1122_ICMP_ON_CONNECT);
        }
    }
}
