package io.socketlab.kernel.trace;

/** Why a packet went no further. */
public enum DropReason {
    LINK_LOSS("lost on the link"),
    LINK_CUT("the link was cut"),
    HOST_DOWN("the host was down"),
    LINK_QUEUE_FULL("the link's queue was full"),
    QDISC_FULL("the sender's queueing discipline took no more"),
    QDISC_EARLY("the queueing discipline lets senders know that it fills up"),
    QDISC_REPLACED("the queueing discipline it waited in was replaced"),
    RX_RING_FULL("the receiver's RX ring was full"),
    RING_RESET("its ring was made anew"),
    MALFORMED("its header could not be read"),
    BAD_CHECKSUM("its checksum was wrong"),
    NOT_OURS("it was for another host"),
    NO_ROUTE("there was no route to its destination"),
    NO_NEIGHBOUR("nobody on the network has its next address"),
    TTL_EXCEEDED("its time to live was over"),
    TOO_BIG("it was larger than the MTU and must not be fragmented"),
    NO_PROTOCOL("nothing handles its protocol"),
    NO_SOCKET("no socket was there for it"),
    OUT_OF_WINDOW("it was outside the receive window"),
    OLD_DUPLICATE("all of it had been received before"),
    PAWS("its timestamp was too old"),
    BAD_ACK("it acknowledged what was never sent"),
    NO_ACK_FLAG("it had no ACK where one is needed"),
    SYN_QUEUE_FULL("the SYN queue was full"),
    ACCEPT_QUEUE_FULL("the accept queue was full"),
    RECEIVE_BUFFER_FULL("the socket's receive buffer was full"),
    REASSEMBLY_TIMEOUT("its other fragments never came"),
    CLOSED_FOR_READING("the program had said it would read no more"),
    UNEXPECTED_SIGNATURE("it was signed (RFC 2385), and no key has been agreed on"),
    TTL_TOO_LOW("its TTL was lower than the socket takes (IP_MINTTL)"),
    FIREWALL("a rule of its firewall refused it"),
    DEFERRED("the listener waits for data (TCP_DEFER_ACCEPT)");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** For a learner, after "The packet was dropped: ". */
    public String text() {
        return text;
    }
}
