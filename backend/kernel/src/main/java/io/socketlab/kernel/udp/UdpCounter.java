package io.socketlab.kernel.udp;

/** What one host's UDP counts, by the names that nstat(8) prints. RFC 4113, net/ipv4/proc.c. */
enum UdpCounter {
    /** Datagrams that programs received. */
    IN_DATAGRAMS("UdpInDatagrams"),
    /** Datagrams for a port that no socket is bound to. */
    NO_PORTS("UdpNoPorts"),
    /** Datagrams that could not be delivered for another reason. */
    IN_ERRORS("UdpInErrors"),
    OUT_DATAGRAMS("UdpOutDatagrams"),
    /** Of the errors, those for which SO_RCVBUF left no room. */
    RECEIVE_BUFFER_ERRORS("UdpRcvbufErrors"),
    SEND_BUFFER_ERRORS("UdpSndbufErrors"),
    /** Of the errors, those with a wrong checksum. */
    CHECKSUM_ERRORS("UdpInCsumErrors"),
    /** Broadcast datagrams that no socket wanted. */
    IGNORED_MULTI("UdpIgnoredMulti");

    private final String text;

    UdpCounter(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
