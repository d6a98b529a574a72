package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What the first SYN of an active open carries of Fast Open, and what comes of it: a cookie and
 * text, or the request for a cookie. RFC 7413 §4.1.3, §4.2.1; Linux's tcp_send_syn_data() and
 * tcp_rcv_fastopen_synack().
 */
final class FastOpenSyn {

    /** Bits of net.ipv4.tcp_fastopen. */
    static final int CLIENT = 1;

    private static final int CLIENT_WITHOUT_COOKIE = 4;

    /** Left free, in case a box on the way adds options to the SYN. */
    private static final int OPTION_SPACE = 40;

    private static final int MIN_MSS = 48;

    /** Why a connection had nothing of Fast Open: {@code tcpi_fastopen_client_fail}. */
    enum Failure {
        NONE,
        COOKIE_UNAVAILABLE,
        DATA_NOT_ACKED,
        SYN_RETRANSMITTED
    }

    private final Connection c;

    /** The option of the first SYN; null for none, as in every later one. */
    private @Nullable FastOpenCookie option;

    private final boolean mayCarryText;

    /** A SYN with the option has gone out. */
    private boolean asked;

    private boolean askedExperimentally;
    private @Nullable SegmentRecord text;
    private boolean onTrial;
    private Failure failure = Failure.NONE;

    FastOpenSyn(Connection c) {
        this.c = c;
        TcpTunables t = c.tunables();
        FastOpenCache cache = c.layer.fastOpenCache();
        FastOpenBlackhole blackhole = c.layer.fastOpenBlackhole();
        FastOpenCookie cached = cache.cookie(c.tuple);
        if (blackhole.isPaused(c.now(), t.fastOpenBlackholeSeconds)) {
            mayCarryText = false;
        } else {
            onTrial = blackhole.isOnTrial();
            boolean needless =
                    (t.fastOpen & CLIENT_WITHOUT_COOKIE) != 0 || c.settings.fastOpenNoCookie;
            mayCarryText = needless || cached != null;
            if (!needless) {
                option =
                        cached != null
                                ? cached
                                : FastOpenCookie.request(cache.wantsExperimental(c.tuple));
            }
            if (!mayCarryText) failure = Failure.COOKIE_UNAVAILABLE;
        }
    }

    /** There is a cookie, or none is needed: the SYN can wait for the program's first octets. */
    boolean mayCarryText() {
        return mayCarryText;
    }

    /** The option went out. Linux's syn_fastopen. */
    boolean wasAsked() {
        return asked;
    }

    /** The SYN had text. Linux's syn_data. */
    boolean hadText() {
        return text != null;
    }

    Failure failure() {
        return failure;
    }

    /** The SYN had to be sent again too often. */
    void synTimedOut() {
        failure = Failure.SYN_RETRANSMITTED;
    }

    /** It is the first after a pause that a blackhole has caused. */
    boolean isOnTrial() {
        return onTrial;
    }

    /** Whether everything that {@code out} had to send went with the SYN. */
    boolean carriesAllOf(Transmission out) {
        return mayCarryText && out.remaining() == 0;
    }

    /** Takes as much of {@code out} as fits the SYN; null for a connect(2) that has none. */
    void load(@Nullable Transmission out) {
        int most = c.layer.fastOpenCache().mss(c.tuple, c.tcb.rcv.advertisedMss);
        int own = c.settings.maxSegment;
        c.tcb.snd.mssClamp = own > 0 ? Math.min(most, own) : most;
        c.updateMss();
        if (!mayCarryText || out == null) return;
        int mss =
                Math.max(
                        Math.min(c.pathMtu.mtu() - c.tuple.headerLength(), c.tcb.snd.mssClamp),
                        MIN_MSS);
        int length = Math.min(mss - OPTION_SPACE, out.remaining());
        if (length <= 0) return;
        if (!out.isReadable()) { // nothing can be copied: as if there were no cookie
            if (option != null) option = FastOpenCookie.request(option.experimental());
            return;
        }
        var record =
                SegmentRecord.holding(
                        c.tcb.snd.iss + 1,
                        out.data(),
                        out.taken(),
                        length,
                        TcpHeader.ACK | TcpHeader.PSH);
        ZerocopyRange range = StreamSend.zerocopyRange(c, out);
        if (range != null) record.makeNotice().refer(range);
        out.take(length);
        text = record;
    }

    /** Puts the option and the text into the first SYN; a SYN that is sent again has neither. */
    void addTo(SegmentDraft d) {
        FastOpenCookie cookie = option;
        option = null;
        if (d.retransmission > 0) return;
        if (cookie != null) {
            asked = d.fastOpen(cookie);
            askedExperimentally = asked && cookie.experimental();
        }
        SegmentRecord record = text;
        if (record != null) {
            d.text = record.octets;
            d.textFrom = record.from;
            d.textLength = record.length;
            d.because(Rule.RFC7413_SYN_DATA, why(cookie, record.length));
        } else if (cookie != null && cookie.isRequest()) {
            d.because(Rule.RFC7413_COOKIE_REQUEST, null);
        }
    }

    private @Nullable String why(@Nullable FastOpenCookie cookie, int octets) {
        if (!c.isTraced()) return null;
        return octets
                + " octets, MSS "
                + c.tcb.snd.mssClamp
                + " of which "
                + OPTION_SPACE
                + " are left for options, "
                + (cookie == null ? "no cookie needed" : "cookie " + cookie);
    }

    /** The SYN has gone out: its text waits for an acknowledgement of its own. */
    void queueText() {
        SegmentRecord record = text;
        if (record == null) return;
        record.sentAt = c.now();
        c.deliveryRate().sent(record);
        c.traffic.textSegmentsOut++;
        c.traffic.octetsSent += record.length;
        c.tcb.snd.writeSeq = record.end();
        c.sendBuffer.allot(record.memory());
        c.chronograph.start(Chronograph.Reason.BUSY);
        c.sent.add(record);
    }

    /**
     * The SYN-ACK is here. Answers false if it left out the text, which has then been sent again.
     */
    boolean answered(Segment seg) {
        if (!asked && text == null) return true;
        boolean refused = text != null && !c.sent.isEmpty();
        remember(seg, refused);
        if (refused) {
            failure =
                    c.totalRetransmissions > 0 ? Failure.SYN_RETRANSMITTED : Failure.DATA_NOT_ACKED;
            c.layer.count(TcpCounter.FAST_OPEN_ACTIVE_FAIL);
            for (int i = 0; i < c.sent.size(); i++) c.sent.markLost(i);
            c.output.because(Rule.RFC7413_DATA_NOT_ACKED, null);
            c.recovery.repairWithoutCongestion();
            c.output.because(null, null);
            return false;
        }
        if (text != null) {
            c.synDataAcked = true;
            c.layer.count(TcpCounter.FAST_OPEN_ACTIVE);
            // SYN and text went in one segment.
            if (c.recovery.delivered() > 1) c.recovery.countDelivered(-1);
        }
        c.arrival.takeSynText(seg);
        return true;
    }

    private void remember(Segment seg, boolean refused) {
        FastOpenCache cache = c.layer.fastOpenCache();
        FastOpenCookie granted = asked ? seg.cookie() : null;
        int mss = seg.mss >= 0 ? seg.mss : c.tcb.snd.mssClamp;
        boolean sentAgain = c.totalRetransmissions > 0;
        if (asked && sentAgain && refused && granted == null) cache.synLost(c.tuple, mss);
        else cache.answered(c.tuple, mss, granted);
        if (asked && !sentAgain && granted == null && text == null) {
            cache.refused(c.tuple, askedExperimentally);
        }
    }
}
