package io.socketlab.kernel.tcp;

import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.TcpInfoField;
import io.socketlab.kernel.tcp.Chronograph.Reason;

/** Fills in what getsockopt(TCP_INFO) tells. net/ipv4/tcp.c, tcp_get_info(). */
final class TcpInfoReport {

    private static final long US = 1000;
    private static final long MS = RttEstimator.MS;

    /** No pacing rate has been asked for: all ones. */
    private static final long UNLIMITED = -1;

    private static final int INITIAL_CWND = 10;

    private final TcpInfo info = new TcpInfo();

    /** Of a socket without a peer. */
    static TcpInfo of(TcpState state, int reordering) {
        var report = new TcpInfoReport();
        report.put(TcpInfoField.STATE, state.number());
        report.put(TcpInfoField.PACING_RATE, UNLIMITED);
        report.put(TcpInfoField.MAX_PACING_RATE, UNLIMITED);
        report.put(TcpInfoField.REORDERING, reordering);
        report.put(TcpInfoField.SND_CWND, INITIAL_CWND);
        return report.info;
    }

    /** Of a listener: its accept queue stands where other sockets have what is under way. */
    static TcpInfo of(Listener listener, int reordering) {
        TcpInfo info = of(TcpState.LISTEN, reordering);
        info.put(TcpInfoField.UNACKED, listener.acceptQueue());
        info.put(TcpInfoField.SACKED, listener.backlog());
        return info;
    }

    static TcpInfo of(Connection c) {
        var report = new TcpInfoReport();
        report.state(c);
        report.sizes(c);
        report.times(c);
        report.congestion(c);
        report.traffic(c);
        report.limits(c);
        return report.info;
    }

    private void put(TcpInfoField field, long value) {
        info.put(field, value);
    }

    private void state(Connection c) {
        put(TcpInfoField.STATE, c.tcb.state.number());
        put(TcpInfoField.CA_STATE, c.recovery.state().ordinal());
        put(TcpInfoField.RETRANSMITS, c.retransmitTimer.retransmits());
        put(TcpInfoField.PROBES, c.retransmitTimer.probes());
        put(TcpInfoField.BACKOFF, c.rtt.backoff());
        put(TcpInfoField.OPTIONS, options(c));
        if (c.fastOpenSyn != null) {
            put(TcpInfoField.FASTOPEN_CLIENT_FAIL, c.fastOpenSyn.failure().ordinal());
        }
        if (c.tcb.windowScaleOk) {
            put(TcpInfoField.SND_WSCALE, c.tcb.snd.wscale);
            put(TcpInfoField.RCV_WSCALE, c.tcb.rcv.wscale);
        }
    }

    private static int options(Connection c) {
        return (c.tcb.timestampsOk ? TcpInfo.OPT_TIMESTAMPS : 0)
                | (c.ecn.isOn() ? TcpInfo.OPT_ECN : 0)
                | (c.ecn.isSeen() ? TcpInfo.OPT_ECN_SEEN : 0)
                | (c.tcb.sackOk ? TcpInfo.OPT_SACK : 0)
                | (c.tcb.windowScaleOk ? TcpInfo.OPT_WSCALE : 0)
                | (c.synDataAcked ? TcpInfo.OPT_SYN_DATA : 0)
                | (c.openedFast ? TcpInfo.OPT_TFO_CHILD : 0);
    }

    private void sizes(Connection c) {
        put(TcpInfoField.SND_MSS, c.tcb.snd.mss);
        put(TcpInfoField.RCV_MSS, c.delayedAck.receivedMss());
        put(TcpInfoField.ADVMSS, c.tcb.rcv.advertisedMss);
        put(TcpInfoField.PMTU, c.pathMtu.mtu());
        put(TcpInfoField.RCV_SSTHRESH, c.receiveWindow.threshold());
        put(TcpInfoField.RCV_SPACE, c.receiveWindow.readPerRtt());
        put(TcpInfoField.SND_WND, c.tcb.snd.wnd);
        put(TcpInfoField.RCV_WND, c.tcb.rcv.wnd);
        put(TcpInfoField.NOTSENT_BYTES, Math.max(c.sendBuffer.unsentOctets(), 0));
    }

    private void times(Connection c) {
        put(TcpInfoField.RTO, c.rtt.rto() / US);
        put(TcpInfoField.ATO, Math.min(c.delayedAck.delay(), DelayedAck.MAX_DELAY) / US);
        put(TcpInfoField.RTT, c.rtt.srtt() / US);
        put(TcpInfoField.RTTVAR, c.rtt.mdev() / US);
        put(TcpInfoField.RCV_RTT, c.receiveWindow.rtt() / US);
        // Before the first sample it is all ones, as the kernel's minimum filter begins.
        long minRtt = c.rtt.minRtt();
        put(TcpInfoField.MIN_RTT, minRtt == Long.MAX_VALUE ? -1 : minRtt / US);
        long established = c.traffic.establishedAt;
        put(TcpInfoField.LAST_DATA_SENT, since(c, c.tcb.snd.lastAt, established));
        put(TcpInfoField.LAST_DATA_RECV, since(c, c.delayedAck.lastReceived(), established));
        put(TcpInfoField.LAST_ACK_RECV, since(c, c.tcb.rcv.lastAt, established));
    }

    /** Milliseconds since the later of two moments. */
    private static long since(Connection c, long last, long established) {
        return (c.now() - Math.max(last, established)) / MS;
    }

    private void congestion(Connection c) {
        put(TcpInfoField.SND_SSTHRESH, c.window.ssthresh());
        put(TcpInfoField.SND_CWND, c.window.cwnd());
        put(TcpInfoField.REORDERING, c.recovery.reordering().degree());
        put(TcpInfoField.UNACKED, c.sent.segments());
        put(TcpInfoField.SACKED, c.sent.sacked() + c.recovery.renoSacked());
        put(TcpInfoField.LOST, c.sent.lost());
        put(TcpInfoField.RETRANS, c.sent.retransmitted());
        put(TcpInfoField.DELIVERED, c.recovery.delivered());
        put(TcpInfoField.DELIVERED_CE, c.ecn.deliveredMarked());
        put(TcpInfoField.PACING_RATE, rate(c.pacingRate));
        put(TcpInfoField.MAX_PACING_RATE, rate(c.settings.base.maxPacingRate()));
        put(TcpInfoField.DELIVERY_RATE, c.deliveryRate().octetsPerSecond());
        boolean limited = c.deliveryRate().isApplicationLimited();
        put(TcpInfoField.DELIVERY_RATE_APP_LIMITED, limited ? 1 : 0);
    }

    private static long rate(long octetsPerSecond) {
        return octetsPerSecond == PacketOwner.UNLIMITED ? UNLIMITED : octetsPerSecond;
    }

    private void traffic(Connection c) {
        TrafficCounters t = c.traffic;
        put(TcpInfoField.TOTAL_RETRANS, c.totalRetransmissions);
        put(TcpInfoField.BYTES_ACKED, t.octetsAcknowledged);
        put(TcpInfoField.BYTES_RECEIVED, t.octetsReceived);
        put(TcpInfoField.BYTES_SENT, t.octetsSent);
        put(TcpInfoField.BYTES_RETRANS, t.octetsRetransmitted);
        put(TcpInfoField.SEGS_OUT, t.segmentsOut);
        put(TcpInfoField.SEGS_IN, t.segmentsIn);
        put(TcpInfoField.DATA_SEGS_OUT, t.textSegmentsOut);
        put(TcpInfoField.DATA_SEGS_IN, t.textSegmentsIn);
        put(TcpInfoField.DSACK_DUPS, t.duplicatesReported);
        put(TcpInfoField.REORD_SEEN, t.reorderings);
        put(TcpInfoField.RCV_OOOPACK, t.outOfOrder);
        put(TcpInfoField.TOTAL_RTO, t.timeouts());
        put(TcpInfoField.TOTAL_RTO_RECOVERIES, t.timeoutRecoveries());
        put(TcpInfoField.TOTAL_RTO_TIME, t.timeoutTime() / MS);
    }

    private void limits(Connection c) {
        put(TcpInfoField.BUSY_TIME, c.chronograph.busy() / US);
        put(TcpInfoField.RWND_LIMITED, c.chronograph.spent(Reason.PEER_WINDOW) / US);
        put(TcpInfoField.SNDBUF_LIMITED, c.chronograph.spent(Reason.SEND_BUFFER) / US);
    }
}
