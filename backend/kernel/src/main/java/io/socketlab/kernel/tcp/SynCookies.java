package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Answers SYNs without keeping anything: the initial sequence number of the SYN-ACK says when it
 * was sent and what MSS the peer can take, and its timestamp says which options were agreed on. The
 * ACK that brings both back rebuilds the connection. RFC 4987 §3.6, Linux's net/ipv4/syncookies.c.
 */
final class SynCookies {

    private static final long MINUTE = 60_000 * RttEstimator.MS;

    /** An ACK is looked at for a cookie only so long after the last one was sent. */
    private static final long VALID = 2 * MINUTE;

    /** A cookie is taken in the minute in which it was made and in the next. */
    private static final int MAX_AGE = 2;

    private static final int COUNT_SHIFT = 24;
    private static final int DATA_MASK = 0xFF_FFFF;

    /** What an MSS is rounded down to: two bits tell which. */
    private static final int[] MSS_TABLE = {536, 1300, 1440, 1460};

    private static final int[] MSS_TABLE_IPV6 = {1220, 1420, 1440, 8940};

    // The low bits of the timestamp: the peer's window scale, 15 for none, SACK, and ECN.
    private static final int NO_SCALE = 15;
    private static final int SACK_BIT = 1 << 4;
    private static final int ECN_BIT = 1 << 5;
    private static final int OPTION_BITS = 6;

    private final TcpLayer layer;
    private final Listener listener;
    private long lastSent = Long.MIN_VALUE;

    SynCookies(TcpLayer layer, Listener listener) {
        this.layer = layer;
        this.listener = listener;
    }

    /** A SYN-ACK with a cookie; nothing of the SYN is kept. */
    void answer(Segment seg, Connection child) {
        boolean timestamps = child.tcb.timestampsOk;
        int[] table = mssTable(child.tuple);
        int index = table.length - 1;
        while (index > 0 && child.tcb.snd.mssClamp < table[index]) index--;
        lastSent = child.now();
        SegmentDraft d = layer.draft();
        d.begin();
        d.socket = child.number;
        d.src = child.tuple.local();
        d.srcPort = child.tuple.localPort();
        d.dst = child.tuple.remote();
        d.dstPort = child.tuple.remotePort();
        d.seq = make(child.tuple, seg.seq, index);
        d.ack = seg.seq + 1;
        d.iss = d.seq;
        d.irs = seg.seq;
        d.ttl = child.ttl();
        d.out = child.settings.base.boundDevice();
        d.tos = child.tos();
        d.flags = TcpHeader.SYN | TcpHeader.ACK | (timestamps ? child.ecn.answerInSynAck() : 0);
        d.window = child.receiveWindow.unscaled();
        d.mss(child.tcb.rcv.advertisedMss);
        if (timestamps) {
            int value = timestampWithOptions(child) + child.tcb.timestampOffset;
            d.timestamps(value, child.tcb.rcv.tsRecent, child.tcb.sackOk);
            if (child.tcb.windowScaleOk) d.windowScale(child.tcb.rcv.wscale);
        }
        d.because(Rule.RFC4987_SYN_COOKIE, listener.synQueueWhy());
        layer.count(TcpCounter.SEGMENTS_OUT);
        d.send();
    }

    private static int[] mssTable(FourTuple tuple) {
        return tuple.isIpv4() ? MSS_TABLE : MSS_TABLE_IPV6;
    }

    /** The last one not after now whose low bits say what was agreed on. */
    private static int timestampWithOptions(Connection child) {
        int now = child.timestamp();
        int options = child.tcb.windowScaleOk ? child.tcb.snd.wscale : NO_SCALE;
        if (child.tcb.sackOk) options |= SACK_BIT;
        if (child.ecn.isOn()) options |= ECN_BIT;
        int value = now >>> OPTION_BITS << OPTION_BITS | options;
        return value - now > 0 ? value - (1 << OPTION_BITS) : value;
    }

    private int make(FourTuple tuple, int seq, int data) {
        int count = minute();
        return layer.cookieHash(tuple, 0, 0)
                + seq
                + (count << COUNT_SHIFT)
                + (layer.cookieHash(tuple, count, 1) + data & DATA_MASK);
    }

    private int minute() {
        return (int) (layer.environment().loop().now() / MINUTE);
    }

    /** What was agreed on, by an ACK that may bring a cookie back; null if it does not. */
    @Nullable HandshakeOptions agreed(Segment seg) {
        if (layer.tunables().synCookies == 0 || !seg.isAck() || seg.isRst() || seg.isSyn()) {
            return null;
        }
        long now = layer.environment().loop().now();
        if (lastSent == Long.MIN_VALUE || now - lastSent > VALID) return null;
        FourTuple tuple = tupleOf(seg, layer.environment().ip());
        int mss = check(tuple, seg.seq - 1, seg.ack - 1);
        if (mss < 0) {
            layer.count(TcpCounter.COOKIES_FAILED);
            return null;
        }
        if (!seg.hasTimestamps) return new HandshakeOptions(mss, -1, false, false);
        return optionsInTimestamp(tuple, seg, mss);
    }

    static FourTuple tupleOf(Segment seg, IpLayer ip) {
        return new FourTuple(ip.shared(seg.destination()), seg.dstPort, seg.source(), seg.srcPort);
    }

    private @Nullable HandshakeOptions optionsInTimestamp(FourTuple tuple, Segment seg, int mss) {
        TcpTunables t = layer.tunables();
        int echo = echo(tuple, seg);
        boolean sack = (echo & SACK_BIT) != 0;
        int scale = echo & NO_SCALE;
        boolean forbidden =
                !t.timestamps || (sack && !t.sack) || (scale != NO_SCALE && !t.windowScaling);
        if (forbidden) return null;
        return new HandshakeOptions(mss, scale == NO_SCALE ? -1 : scale, sack, true);
    }

    private int echo(FourTuple tuple, Segment seg) {
        return seg.timestampEcho == 0 ? 0 : seg.timestampEcho - layer.timestampOffset(tuple);
    }

    /** Whether ECN was agreed on. */
    boolean agreedOnEcn(FourTuple tuple, Segment seg) {
        return seg.hasTimestamps && (echo(tuple, seg) & ECN_BIT) != 0 && layer.tunables().ecn != 0;
    }

    /** The MSS in a cookie; -1 if it is none of ours, or too old. */
    private int check(FourTuple tuple, int seq, int cookie) {
        int rest = cookie - layer.cookieHash(tuple, 0, 0) - seq;
        int count = minute();
        int age = count - (rest >>> COUNT_SHIFT) & 0xFF;
        if (age >= MAX_AGE) return -1;
        int data = rest - layer.cookieHash(tuple, count - age, 1) & DATA_MASK;
        return data < MSS_TABLE.length ? mssTable(tuple)[data] : -1;
    }
}
