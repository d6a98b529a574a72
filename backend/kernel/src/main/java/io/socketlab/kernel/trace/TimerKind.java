package io.socketlab.kernel.trace;

/** The timers of a connection, by their names in the trace. */
public enum TimerKind {
    RTO("rto"),
    LOSS_PROBE("lossProbe"),
    REORDERING("reordering"),
    PERSIST("persist"),
    SYN_ACK("synAck"),
    DELAYED_ACK("delayedAck"),
    COMPRESSED_ACK("compressedAck"),
    KEEP_ALIVE("keepAlive"),
    FIN_WAIT_2("finWait2"),
    TIME_WAIT("timeWait"),
    LINGER("linger"),
    PACING("pacing");

    private final String traceName;

    TimerKind(String traceName) {
        this.traceName = traceName;
    }

    public String traceName() {
        return traceName;
    }
}
