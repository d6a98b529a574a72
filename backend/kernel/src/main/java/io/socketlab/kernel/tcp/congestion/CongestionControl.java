package io.socketlab.kernel.tcp.congestion;

import java.util.List;

/**
 * Decides how much may be in flight. It is told what happened to the connection and knows nothing
 * else of it; the sender decides what to retransmit. Quantities are segments, times virtual
 * nanoseconds.
 */
public interface CongestionControl {

    /** As TCP_CONGESTION has it. */
    String name();

    /** The slow start threshold that a loss found now leads to. */
    int ssthreshAfterLoss(CongestionWindow window);

    /**
     * Segments were acknowledged while nothing is being repaired.
     *
     * @param acked how many
     * @param now virtual nanoseconds
     */
    void onAck(CongestionWindow window, int acked, long now);

    /** The loss was none: the window to go back to. */
    default int undo(CongestionWindow window) {
        return Math.max(window.cwnd(), window.priorCwnd());
    }

    /**
     * A round-trip time was measured.
     *
     * @param una SND.UNA
     * @param nxt SND.NXT
     */
    default void onRtt(CongestionWindow window, long rtt, long now, int una, int nxt) {}

    /** The retransmission timer expired. */
    default void onTimeout(CongestionWindow window, long now, int nxt) {}

    /**
     * TCP_CC_INFO: what it tells of itself, as the kernel's struct has it; nothing of most.
     * linux/inet_diag.h.
     */
    default List<Integer> info() {
        return List.of();
    }

    /** Sending begins again after {@code idle} nanoseconds with nothing in flight. */
    default void onIdleEnd(long idle, long now) {}
}
