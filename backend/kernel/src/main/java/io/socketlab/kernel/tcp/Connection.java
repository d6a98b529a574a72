package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.ip.RouteMetrics;
import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.tcp.congestion.CongestionControl;
import io.socketlab.kernel.tcp.congestion.CongestionWindow;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: its variables, its queues, and the pieces that work on them. It is here
 * from the SYN (active) or the handshake's last ACK (passive) to CLOSED or TIME_WAIT, with a
 * program at its socket or without (an orphan).
 */
final class Connection implements Flow, PacketOwner {

    /** RFC 9293 §3.7.1: what a peer can take that says nothing. */
    static final int DEFAULT_MSS = 536;

    /** Likewise by IPv6: what fits in the smallest MTU. */
    static final int DEFAULT_MSS_IPV6 = 1220;

    private static final int MIN_MSS = 48;
    private static final int MAX_SCALE = 14;

    final TcpLayer layer;
    final TcpEnvironment env;
    final int number;
    final FourTuple tuple;
    final SocketSettings settings;
    final RouteMetrics route;
    final Tcb tcb = new Tcb();
    final RttEstimator rtt;
    final CongestionWindow window;
    private @Nullable CongestionControl congestion;
    final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
    ReassemblyQueue reassembly = ReassemblyQueue.EMPTY;
    SackBlocks sackBlocks = SackBlocks.NOTHING;
    final EcnState ecn = new EcnState(this);
    final ReceiveWindow receiveWindow;
    final DelayedAck delayedAck;
    final SendBuffer sendBuffer;
    final RetransmitQueue sent = new RetransmitQueue();
    final RetransmitTimer retransmitTimer;
    final LossRecovery recovery;
    final SegmentOutput output;
    final SegmentArrival arrival;
    final TrafficCounters traffic = new TrafficCounters(this);
    final Chronograph chronograph = new Chronograph(this);
    private @Nullable DeliveryRate deliveryRate;
    UrgentOctet urgent = UrgentOctet.NONE;
    private @Nullable Zerocopy zerocopy;
    private final WaitQueue waitQueue;
    private final @Nullable TcbReport report;
    private @Nullable KeepAlive keepAlive;

    /** SHUT_RD or the peer's FIN; SHUT_WR. */
    boolean receiveShutdown;

    boolean sendShutdown;

    /** The peer's FIN has been taken in. */
    boolean endOfStream;

    /** The program has been told that there is no more. */
    boolean endRead;

    /** Our FIN is in the send buffer, or out. */
    boolean finQueued;

    /** No program holds it any more; {@link #becomeOrphan}. */
    boolean orphan;

    /** What may explain a timeout: an ICMP error that was not final. */
    @Nullable Errno softError;

    /** What its SYN carries of Fast Open, where it was opened so. */
    @Nullable FastOpenSyn fastOpenSyn;

    /** Set while it is open to the program and its SYN-ACK is not acknowledged. */
    @Nullable FastOpenChild fastOpenChild;

    /** A SYN opened it at once. */
    boolean openedFast;

    /** The text of our SYN was acknowledged by the SYN-ACK, or that of the peer's was taken. */
    boolean synDataAcked;

    /** A call that waits for the connection to send on it. */
    @Nullable Transmission waitingWriter;

    final PathMtu pathMtu;
    @Nullable MtuProbe mtuProbe;

    /** Made where packets are to be spread out in time. */
    @Nullable Pacing pacing;

    /** Octets a second: sk_pacing_rate. */
    long pacingRate = UNLIMITED;

    /** When the last packet left or is to leave, virtual nanoseconds: tcp_wstamp_ns. */
    long departure;

    /** Octets of memory of packets that have not left the host: sk_wmem_alloc. */
    private int inHost;

    int totalRetransmissions;

    /** Segments that were of no use; Linux's sk_drops. */
    int drops;

    boolean destroyed;
    @Nullable TimeWait timeWait;

    /** Its right to its local port. */
    @Nullable PortClaim claim;

    /** The millisecond clock when the first SYN went out. */
    int firstSynTimestamp;

    Connection(
            TcpLayer layer,
            int number,
            FourTuple tuple,
            SocketSettings settings,
            WaitQueue waitQueue,
            Route route) {
        this.layer = layer;
        this.route = route.metrics();
        this.env = layer.environment();
        this.number = number;
        this.tuple = tuple;
        this.settings = settings;
        this.waitQueue = waitQueue;
        this.pathMtu = new PathMtu(this, route.mtu());
        this.rtt = layer.profile().newRttEstimator(settings.times().rtoBounds(layer.tunables()));
        this.window = new CongestionWindow(initialWindow());
        this.receiveWindow = new ReceiveWindow(this);
        this.sendBuffer = new SendBuffer(this);
        this.delayedAck = new DelayedAck(this);
        this.output = new SegmentOutput(this);
        this.retransmitTimer = new RetransmitTimer(this);
        this.recovery = new LossRecovery(this);
        this.arrival = new SegmentArrival(this);
        this.report = env.trace().isOn() ? new TcbReport(this) : null;
        tcb.snd.mssClamp = settings.maxSegment > 0 ? settings.maxSegment : defaultMss();
        tcb.rcv.advertisedMss = advertisedMss(route.mtu());
        tcb.timestampOffset = layer.timestampOffset(tuple);
        Pacing.limit(this);
    }

    private int defaultMss() {
        return tuple.isIpv4() ? DEFAULT_MSS : DEFAULT_MSS_IPV6;
    }

    // what is set for its own family: an AF_INET6 socket's IPv4 goes by the options of IPPROTO_IP

    int ttl() {
        return ipv6() == null ? settings.ttl : ipv6().hopLimit();
    }

    int tos() {
        return ipv6() == null ? settings.tos : ipv6().trafficClass();
    }

    int mtuDiscover() {
        return ipv6() == null ? settings.mtuDiscover : ipv6().mtuDiscover();
    }

    boolean receivesErrors() {
        return ipv6() == null ? settings.recvErr : ipv6().receivesErrors();
    }

    private @Nullable Ipv6Options ipv6() {
        return tuple.isIpv4() ? null : settings.ipv6;
    }

    /** What a SYN says we can take: the MTU's worth, or less where route or TCP_MAXSEG say so. */
    int advertisedMss(int mtu) {
        int mss = mtu - tuple.headerLength();
        if (route.advertisedMss() > 0) mss = Math.min(mss, route.advertisedMss());
        return settings.maxSegment > 0 ? Math.min(mss, settings.maxSegment) : mss;
    }

    /** Segments that may go before anything is acknowledged. RFC 6928, ip-route(8). */
    int initialWindow() {
        return route.initialWindow() > 0 ? route.initialWindow() : layer.profile().initialWindow();
    }

    WaitQueue waitQueue() {
        return waitQueue;
    }

    /** The algorithm, from when there is first something to tell it. */
    CongestionControl congestion() {
        if (congestion == null) {
            congestion = layer.profile().newCongestionControl(settings.congestion);
        }
        return congestion;
    }

    /** TCP_CONGESTION. */
    void congestion(String name) {
        congestion = layer.profile().newCongestionControl(name);
    }

    TcpTunables tunables() {
        return layer.tunables();
    }

    long now() {
        return env.loop().now();
    }

    /** The millisecond clock of RFC 7323, without this connection's offset. */
    int timestamp() {
        return (int) (now() / RttEstimator.MS) + layer.timestampEpoch();
    }

    void count(TcpCounter counter) {
        layer.count(counter);
    }

    boolean isTraced() {
        return report != null;
    }

    /** Made when first needed: most connections have no use for it. */
    KeepAlive keepAlive() {
        if (keepAlive == null) keepAlive = new KeepAlive(this);
        return keepAlive;
    }

    /** When the keep-alive timer fires, virtual nanoseconds; -1 if it is not running. */
    long keepAliveDeadline() {
        return keepAlive == null ? -1 : keepAlive.deadline();
    }

    /** Made when something is first sent. */
    DeliveryRate deliveryRate() {
        if (deliveryRate == null) deliveryRate = new DeliveryRate(this);
        return deliveryRate;
    }

    /** Made when first needed: few connections search for their path's MTU. */
    MtuProbe mtuProbe() {
        if (mtuProbe == null) mtuProbe = new MtuProbe(this);
        return mtuProbe;
    }

    /** To put something into it; made then: on most paths nothing comes out of order. */
    ReassemblyQueue ownReassembly() {
        if (reassembly == ReassemblyQueue.EMPTY) reassembly = new ReassemblyQueue();
        return reassembly;
    }

    /** To have something told; made then. */
    SackBlocks ownSackBlocks() {
        if (sackBlocks == SackBlocks.NOTHING) sackBlocks = new SackBlocks();
        return sackBlocks;
    }

    /** To take note of urgent data; made then. */
    UrgentOctet ownUrgent() {
        if (urgent == UrgentOctet.NONE) urgent = new UrgentOctet();
        return urgent;
    }

    /** The one place that changes the state. */
    void moveTo(TcpState next, @Nullable Rule rule, @Nullable String why) {
        TcpState from = tcb.state;
        if (!from.mayBecome(next)) {
            throw new IllegalStateException("socket " + number + ": " + from + " to " + next);
        }
        if (next == TcpState.CLOSED) countEnd(from);
        tcb.state = next;
        if (isTraced()) {
            env.trace()
                    .emit(new StateChanged(env.stamp(rule, why), number, from.name(), next.name()));
        }
    }

    /** Linux's tcp_set_state() and tcp_done(). */
    private void countEnd(TcpState from) {
        switch (from) {
            case ESTABLISHED, CLOSE_WAIT -> count(TcpCounter.ESTABLISHED_RESETS);
            case SYN_SENT, SYN_RECEIVED -> count(TcpCounter.ATTEMPT_FAILS);
            default -> {}
        }
    }

    /** A passive open begins in SYN_RECEIVED: the trace has told so when the SYN came. */
    void beginAs(TcpState state) {
        tcb.state = state;
    }

    @Override
    public void arrive(Segment seg) {
        if (settings.isTooFar(seg.ip())) {
            layer.dropTooFar(seg);
            return;
        }
        traffic.arrived(seg);
        arrival.process(seg);
        settle();
    }

    @Override
    public void unreachable(IcmpNotice notice) {
        IcmpArrival.process(this, notice);
        settle();
    }

    @Override
    public FourTuple tuple() {
        return tuple;
    }

    @Override
    public boolean receivesBy(int device) {
        return settings.base.receivesBy(device);
    }

    @Override
    public int socketNumber() {
        return number;
    }

    /** A segment, a call or a timer has been dealt with: tells what has changed. */
    void settle() {
        if (report != null) report.tellChanges();
    }

    /** Chooses the MSS for sending anew. */
    void updateMss() {
        pathMtu.updateMss();
    }

    /** The MSS for a segment that goes out now: SACK blocks take some of it. */
    int currentMss() {
        pathMtu.followRoute();
        int mss = tcb.snd.mss;
        if (tcb.sackOk && !sackBlocks.isEmpty()) {
            int room = (40 - tcb.optionLength() - 4) / 8;
            mss -= 4 + 8 * Math.min(room, sackBlocks.blocks());
        }
        return mss;
    }

    /** IP_MTU_DISCOVER, where a router has not asked for less than is believed. */
    boolean isFragmentationForbidden() {
        int mode = mtuDiscover();
        return mode == SocketSettings.PMTU_DO
                || (mode == SocketSettings.PMTU_WANT
                        && !env.ip().pathMtus().isLocked(tuple.remote()));
    }

    // ---- packets on their way out of the host

    @Override
    public int flow() {
        return number;
    }

    @Override
    public long pacingRate() {
        return pacingRate;
    }

    @Override
    public void pacedByQdisc() {
        if (pacing == null) pacing = new Pacing(this);
        pacing.byQdisc();
    }

    /** A packet with {@code octets} of memory begins its way out. */
    void leaving(int octets) {
        inHost += octets;
    }

    @Override
    public void released(int octets) {
        inHost -= octets;
        sendBuffer.write().leftHost();
    }

    /** Octets of memory of packets that have not left the host. */
    int inHost() {
        return inHost;
    }

    /** Segments in the network by RFC 6675's count. */
    int inFlight() {
        return sent.inFlight(recovery.renoSacked());
    }

    /** The peer's SYN is here: what both ends can do is used. */
    void negotiate(HandshakeOptions peer) {
        int unsaid = fastOpenSyn != null ? tcb.snd.mssClamp : defaultMss();
        int most = peer.mss() <= 0 ? unsaid : peer.mss();
        if (settings.maxSegment > 0) most = Math.min(most, settings.maxSegment);
        tcb.snd.mssClamp = Math.max(most, MIN_MSS);
        tcb.sackOk = peer.sack();
        tcb.timestampsOk = peer.timestamps();
        tcb.timestampsOffered = false;
        tcb.windowScaleOk = peer.windowScale() >= 0;
        tcb.snd.wscale = Math.min(Math.max(peer.windowScale(), 0), MAX_SCALE);
        if (!tcb.windowScaleOk && !output.hasCrossed()) receiveWindow.withoutScaling();
        updateMss();
    }

    /** How long the peer took to acknowledge our SYN-ACK, which was sent at {@code sentAt}. */
    void handshakeTimed(long sentAt) {
        long sample = now() - sentAt;
        rtt.sample(sample, tcb.snd.una, tcb.snd.nxt);
        rtt.sawPathRtt(sample);
    }

    /** The program can neither send nor receive yet. */
    boolean isOpening() {
        return tcb.state == TcpState.SYN_SENT
                || (tcb.state == TcpState.SYN_RECEIVED && fastOpenChild == null);
    }

    /** A call will send as soon as the handshake is over. */
    boolean hasWaitingWriter() {
        return waitingWriter != null && !waitingWriter.isOver();
    }

    /** Both ends know of each other. */
    void established() {
        tcb.rcv.advertisedMss -= tcb.optionLength();
        beginTransfer();
    }

    /** It was open to the program before the handshake was over. */
    void handshakeOver() {
        tcb.rcv.advertisedMss -= tcb.optionLength();
        tcb.snd.lastAt = now();
        updateMss();
        delayedAck.established();
    }

    /** What Linux does in tcp_init_transfer. */
    void beginTransfer() {
        tcb.rcv.lastAt = now();
        traffic.establishedAt = now();
        // RFC 6298 (5.7): the handshake gave no sample, so be careful.
        if (!rtt.hasSample()) rtt.restart(RttEstimator.FALLBACK_RTO);
        window.cwnd(totalRetransmissions > 1 ? 1 : initialWindow());
        window.ssthresh(CongestionWindow.INFINITE);
        updateMss();
        pathMtu.beginSearch();
        receiveWindow.established();
        delayedAck.established();
        sendBuffer.expand();
        recovery.established();
        if (settings.base.keepAlive()) keepAlive().established();
    }

    Zerocopy zerocopy() {
        if (zerocopy == null) zerocopy = new Zerocopy(this);
        return zerocopy;
    }

    /** Whoever waits for any of {@code events} is to look again. */
    void wake(int events) {
        waitQueue.wake(events);
    }

    void stateHasChanged() {
        waitQueue.wakeAll(
                EventMask.IN | EventMask.OUT | EventMask.RDHUP | EventMask.HUP | EventMask.ERR);
    }

    /** The connection is over for a reason that the program will be told. */
    void fail(Errno errno, @Nullable Rule rule, @Nullable String why) {
        if (!orphan) settings.base.error(errno);
        if (isTraced() && !orphan) {
            env.trace().emit(new SocketError(env.stamp(rule, why), number, errno.name()));
        }
        clearSendQueue();
        close(rule, why);
    }

    void clearSendQueue() {
        sendBuffer.clear();
        for (int i = 0; i < sent.size(); i++) sendBuffer.forget(sent.get(i));
        sent.clear();
        recovery.clear();
        chronograph.stop(Chronograph.Reason.BUSY);
        retransmitTimer.stop();
    }

    /** To CLOSED: nothing arrives for it any more. */
    void close(@Nullable Rule rule, @Nullable String why) {
        if (tcb.state != TcpState.CLOSED) {
            if (orphan) layer.countOrphans(-1);
            moveTo(TcpState.CLOSED, rule, why);
        }
        release();
        clearSendQueue();
        receiveShutdown = true;
        sendShutdown = true;
        stateHasChanged();
        if (orphan) destroy();
    }

    /** Hands the rest of its life over to {@code rest}, which keeps the state for the peer. */
    void continueAs(TimeWait rest) {
        timeWait = rest;
        layer.add(rest); // in our place
        if (orphan) layer.countOrphans(-1);
        release();
        tcb.state = TcpState.CLOSED;
        receiveShutdown = true;
        sendShutdown = true;
        stateHasChanged();
    }

    /** The program has let go. */
    void becomeOrphan() {
        orphan = true;
        if (tcb.state != TcpState.CLOSED) layer.countOrphans(1);
    }

    private void release() {
        if (fastOpenChild != null) fastOpenChild.leave(false);
        FastOpenLosses.ended(this);
        layer.remove(this);
        retransmitTimer.stop();
        delayedAck.stop();
        if (pacing != null) pacing.stop();
        if (keepAlive != null) keepAlive.stop();
        reassembly.clear();
        if (timeWait == null) releasePort();
    }

    /** Gives the port back, unless bind(2) asked for it and the program still has its socket. */
    void releasePort() {
        if (claim == null || (claim.kind == PortClaim.Kind.BOUND && !orphan)) return;
        layer.ports().remove(claim);
        claim = null;
    }

    /** What kept the state for the peer has ended. */
    void timeWaitEnded() {
        timeWait = null;
        releasePort();
        if (orphan) destroy();
    }

    /** The state as the trace has it: that of what is left, once only that is left. */
    TcpState stateForPeer() {
        return timeWait != null ? timeWait.state() : tcb.state;
    }

    @Override
    public void vanish() {
        if (!orphan) becomeOrphan();
        close(null, null);
        settle();
    }

    /** The program has let go and the protocol is done. */
    void destroy() {
        if (destroyed) return;
        destroyed = true;
        settle();
        clearSendQueue();
        receiveBuffer.clear();
        if (isTraced()) env.trace().emit(new SocketDestroyed(env.stamp(), number));
    }

    Endpoint localEndpoint() {
        return new Endpoint(tuple.local(), tuple.localPort());
    }

    Endpoint remoteEndpoint() {
        return new Endpoint(tuple.remote(), tuple.remotePort());
    }

    IpAddress localAddress() {
        return tuple.local();
    }
}
