package io.socketlab.kernel.tcp;

import org.jspecify.annotations.Nullable;

/**
 * For how long a connection has had something to send, and what kept it from sending more. Linux's
 * tcp_chrono_start(): of the reasons that hold at a time the last one counts.
 */
final class Chronograph {

    /** What time is counted towards. */
    enum Reason {
        IDLE,
        BUSY,
        PEER_WINDOW,
        SEND_BUFFER
    }

    private final Connection c;

    /** By reason; made when there is something to be counted. */
    private long @Nullable [] spent;

    private Reason present = Reason.IDLE;
    private long since;

    Chronograph(Connection c) {
        this.c = c;
    }

    void start(Reason reason) {
        if (reason.compareTo(present) > 0) become(reason);
    }

    void stop(Reason reason) {
        if (c.sent.isEmpty() && c.sendBuffer.isEmpty()) become(Reason.IDLE);
        else if (reason == present) become(Reason.BUSY);
    }

    private void become(Reason reason) {
        if (reason == present) return;
        if (spent == null) spent = new long[Reason.values().length];
        spent[present.ordinal()] += c.now() - since;
        since = c.now();
        present = reason;
    }

    /** Nanoseconds for this reason so far. */
    long spent(Reason reason) {
        long before = spent == null ? 0 : spent[reason.ordinal()];
        return reason == present ? before + c.now() - since : before;
    }

    /** Nanoseconds with something to send. */
    long busy() {
        return spent(Reason.BUSY) + spent(Reason.PEER_WINDOW) + spent(Reason.SEND_BUFFER);
    }
}
