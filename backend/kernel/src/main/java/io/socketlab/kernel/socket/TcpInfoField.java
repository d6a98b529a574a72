package io.socketlab.kernel.socket;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of Linux's struct tcp_info (include/uapi/linux/tcp.h, 6.18), in its order. Times are
 * microseconds, but for TCPI_LAST_… and TCPI_TOTAL_RTO_TIME, which are milliseconds; rates are
 * octets a second; windows, thresholds and the like of the congestion control are segments.
 */
public enum TcpInfoField {
    STATE(8),
    CA_STATE(8),
    RETRANSMITS(8),
    PROBES(8),
    BACKOFF(8),
    OPTIONS(8),
    SND_WSCALE(4),
    RCV_WSCALE(4),
    DELIVERY_RATE_APP_LIMITED(1),
    FASTOPEN_CLIENT_FAIL(2),
    RTO(32),
    ATO(32),
    SND_MSS(32),
    RCV_MSS(32),
    UNACKED(32),
    SACKED(32),
    LOST(32),
    RETRANS(32),
    FACKETS(32),
    LAST_DATA_SENT(32),
    LAST_ACK_SENT(32),
    LAST_DATA_RECV(32),
    LAST_ACK_RECV(32),
    PMTU(32),
    RCV_SSTHRESH(32),
    RTT(32),
    RTTVAR(32),
    SND_SSTHRESH(32),
    SND_CWND(32),
    ADVMSS(32),
    REORDERING(32),
    RCV_RTT(32),
    RCV_SPACE(32),
    TOTAL_RETRANS(32),
    PACING_RATE(64),
    MAX_PACING_RATE(64),
    BYTES_ACKED(64),
    BYTES_RECEIVED(64),
    SEGS_OUT(32),
    SEGS_IN(32),
    NOTSENT_BYTES(32),
    MIN_RTT(32),
    DATA_SEGS_IN(32),
    DATA_SEGS_OUT(32),
    DELIVERY_RATE(64),
    BUSY_TIME(64),
    RWND_LIMITED(64),
    SNDBUF_LIMITED(64),
    DELIVERED(32),
    DELIVERED_CE(32),
    BYTES_SENT(64),
    BYTES_RETRANS(64),
    DSACK_DUPS(32),
    REORD_SEEN(32),
    RCV_OOOPACK(32),
    SND_WND(32),
    RCV_WND(32),
    REHASH(32),
    TOTAL_RTO(16),
    TOTAL_RTO_RECOVERIES(16),
    TOTAL_RTO_TIME(32),
    RECEIVED_CE(32),
    DELIVERED_E1_BYTES(32),
    DELIVERED_E0_BYTES(32),
    DELIVERED_CE_BYTES(32),
    RECEIVED_E1_BYTES(32),
    RECEIVED_E0_BYTES(32),
    RECEIVED_CE_BYTES(32),
    ACCECN_FAIL_MODE(16),
    ACCECN_OPT_SEEN(16);

    private static final Map<String, TcpInfoField> BY_NAME = new LinkedHashMap<>();

    static {
        for (TcpInfoField field : values()) BY_NAME.put(field.cName(), field);
    }

    private final int bits;

    TcpInfoField(int bits) {
        this.bits = bits;
    }

    /** The name of the C member: {@code tcpi_snd_cwnd}. */
    public String cName() {
        return "tcpi_" + name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TcpInfoField> byName(String cName) {
        return Optional.ofNullable(BY_NAME.get(cName));
    }

    /** How many bits it has. */
    int bits() {
        return bits;
    }

    /**
     * Its first bit, least significant first, where the field before it ends at {@code end}: a bit
     * field follows at once, everything else lies at a multiple of itself.
     */
    int startAfter(int end) {
        int unit = bits < 8 ? 1 : bits;
        return (end + unit - 1) / unit * unit;
    }
}
