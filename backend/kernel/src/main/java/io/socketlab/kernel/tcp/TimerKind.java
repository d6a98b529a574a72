package io.socketlab.kernel.tcp;

/** The timers of a connection, by their names in the trace. */
enum TimerKind {
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

    String traceName() {
        return traceName;
    }
}
