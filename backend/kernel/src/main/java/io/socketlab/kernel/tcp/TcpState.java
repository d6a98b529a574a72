package io.socketlab.kernel.tcp;

/** The states of a connection and the moves between them. RFC 9293 §3.3.2, figure 5. */
public enum TcpState {
    CLOSED(7),
    LISTEN(10),
    SYN_SENT(2),
    SYN_RECEIVED(3),
    ESTABLISHED(1),
    FIN_WAIT_1(4),
    FIN_WAIT_2(5),
    CLOSE_WAIT(8),
    CLOSING(11),
    LAST_ACK(9),
    TIME_WAIT(6);

    private final int number;

    TcpState(int number) {
        this.number = number;
    }

    /** {@code tcpi_state} of Linux's struct tcp_info. */
    public int number() {
        return number;
    }

    /** Whether figure 5 has an arrow to {@code next}. Every state may be given up: CLOSED. */
    public boolean mayBecome(TcpState next) {
        return next == CLOSED
                || switch (this) {
                    case CLOSED -> next == LISTEN || next == SYN_SENT;
                    case LISTEN -> next == SYN_SENT || next == SYN_RECEIVED;
                    case SYN_SENT -> next == SYN_RECEIVED || next == ESTABLISHED;
                    case SYN_RECEIVED ->
                            next == LISTEN
                                    || next == ESTABLISHED
                                    || next == FIN_WAIT_1
                                    || next == CLOSE_WAIT;
                    case ESTABLISHED -> next == FIN_WAIT_1 || next == CLOSE_WAIT;
                    case FIN_WAIT_1 -> next == FIN_WAIT_2 || next == CLOSING || next == TIME_WAIT;
                    case FIN_WAIT_2, CLOSING -> next == TIME_WAIT;
                    case CLOSE_WAIT -> next == LAST_ACK;
                    case LAST_ACK, TIME_WAIT -> false;
                };
    }

    /** Both ends have each other's sequence numbers. */
    boolean isSynchronized() {
        return switch (this) {
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED -> false;
            case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT ->
                    true;
        };
    }

    /** What has been handed over may still be sent. */
    boolean mayTransmit() {
        return switch (this) {
            case ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK -> true;
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, FIN_WAIT_2, TIME_WAIT -> false;
        };
    }

    /** The program may still hand over octets to be sent. */
    boolean maySend() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }
}
