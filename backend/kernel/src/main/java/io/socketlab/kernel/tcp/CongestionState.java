package io.socketlab.kernel.tcp;

/** What is going on between the sender and the network. Linux's TCP_CA_ states, in their order. */
enum CongestionState {
    /** Nothing unusual. */
    OPEN,
    /** Duplicate acknowledgements or SACKs have come, no loss is certain yet. */
    DISORDER,
    /** The window is being reduced because of an ECN mark. */
    CWR,
    /** A loss was found and is being repaired. */
    RECOVERY,
    /** The retransmission timer expired. */
    LOSS;

    boolean isReducing() {
        return this == CWR || this == RECOVERY;
    }
}
