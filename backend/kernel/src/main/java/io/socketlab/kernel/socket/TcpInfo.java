package io.socketlab.kernel.socket;

import java.util.OptionalLong;

/** What getsockopt(TCP_INFO) tells of a connection, as of the moment of the call. tcp(7). */
public final class TcpInfo {

    /** Bits of {@link TcpInfoField#OPTIONS}. */
    public static final int OPT_TIMESTAMPS = 1;

    public static final int OPT_SACK = 2;
    public static final int OPT_WSCALE = 4;
    public static final int OPT_ECN = 8;
    public static final int OPT_ECN_SEEN = 16;
    public static final int OPT_SYN_DATA = 32;
    public static final int OPT_TFO_CHILD = 128;

    /** sizeof(struct tcp_info), octets. */
    public static final int SIZE = 280;

    private final long[] values = new long[TcpInfoField.values().length];

    /** Cuts {@code value} to the width of the field, as an assignment in C does. */
    public void put(TcpInfoField field, long value) {
        values[field.ordinal()] = field.bits() == 64 ? value : value & (1L << field.bits()) - 1;
    }

    public long get(TcpInfoField field) {
        return values[field.ordinal()];
    }

    /** By the name of the C member, {@code tcpi_snd_cwnd}; empty if there is none of that name. */
    public OptionalLong field(String cName) {
        var field = TcpInfoField.byName(cName);
        return field.isEmpty() ? OptionalLong.empty() : OptionalLong.of(get(field.get()));
    }

    /** The fields that a reader looks at first. */
    @Override
    public String toString() {
        return "tcpi_state="
                + get(TcpInfoField.STATE)
                + ", tcpi_snd_cwnd="
                + get(TcpInfoField.SND_CWND)
                + ", tcpi_unacked="
                + get(TcpInfoField.UNACKED)
                + ", tcpi_rtt="
                + get(TcpInfoField.RTT)
                + ", ...";
    }

    /** The struct as it lies in the memory of an x86-64 program. */
    public byte[] octets() {
        var octets = new byte[SIZE];
        int at = 0;
        for (TcpInfoField field : TcpInfoField.values()) {
            at = field.startAfter(at);
            long value = get(field);
            for (int left = field.bits(); left > 0; left -= 8) {
                octets[at / 8] |= (byte) (value << at % 8);
                value >>>= 8;
                at += Math.min(left, 8);
            }
        }
        return octets;
    }
}
