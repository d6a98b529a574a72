package io.socketlab.kernel.trace;

/**
 * The variables of a connection that the trace shows, under the names of RFC 9293 §3.3.1 and RFC
 * 5681.
 */
public enum TcbVariable {
    SND_UNA("snd.una", "first octet sent and not acknowledged, absolute"),
    SND_NXT("snd.nxt", "next octet to be sent, absolute"),
    SND_WND("snd.wnd", "octets that the peer offers to take"),
    SND_WL1("snd.wl1", "absolute sequence number of the segment that last changed the window"),
    ISS("snd.iss", "initial sequence number of what is sent, absolute"),
    RCV_NXT("rcv.nxt", "next octet expected, absolute"),
    RCV_WND("rcv.wnd", "octets offered to the peer"),
    IRS("rcv.irs", "the peer's initial sequence number, absolute"),
    SND_MSS("sendMss", "octets of data in a full segment to the peer"),
    RCV_MSS("recvMss", "octets of data in a full segment that may come"),
    SND_WSCALE("snd.wscale", "shift of the peer's window"),
    RCV_WSCALE("rcv.wscale", "shift of the window offered"),
    CWND("cwnd", "congestion window, segments"),
    SSTHRESH("ssthresh", "slow start threshold, segments"),
    IN_FLIGHT("inFlight", "segments sent and not known to have arrived or to be lost"),
    BACKOFF("backoff", "how often the timeout has been doubled"),
    DUP_ACKS("dupAcks", "duplicate acknowledgements in a row"),
    CONGESTION_STATE("congestionState", "0 open, 1 disorder, 2 CWR, 3 recovery, 4 loss"),
    SRTT("srtt", "smoothed round-trip time, a time"),
    RTTVAR("rttvar", "variation of the round-trip time, a time"),
    RTO("rto", "retransmission timeout, a time");

    private final String traceName;

    private final String meaning;

    TcbVariable(String traceName, String meaning) {
        this.traceName = traceName;
        this.meaning = meaning;
    }

    /** Its key in the trace. */
    public String traceName() {
        return traceName;
    }

    /** What it is, in a few words, with its unit. */
    public String meaning() {
        return meaning;
    }
}
