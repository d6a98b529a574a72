package io.socketlab.kernel.trace;

/**
 * The variables of a connection that the trace shows, under the names of RFC 9293 §3.3.1 and RFC
 * 5681.
 */
public enum TcbVariable {
    SND_UNA("snd.una"),
    SND_NXT("snd.nxt"),
    SND_WND("snd.wnd"),
    SND_WL1("snd.wl1"),
    SND_WL2("snd.wl2"),
    ISS("snd.iss"),
    RCV_NXT("rcv.nxt"),
    RCV_WND("rcv.wnd"),
    IRS("rcv.irs"),
    SND_MSS("sendMss"),
    RCV_MSS("recvMss"),
    SND_WSCALE("snd.wscale"),
    RCV_WSCALE("rcv.wscale"),
    CWND("cwnd"),
    SSTHRESH("ssthresh"),
    IN_FLIGHT("inFlight"),
    SRTT("srtt"),
    RTTVAR("rttvar"),
    RTO("rto"),
    BACKOFF("backoff"),
    DUP_ACKS("dupAcks"),
    CONGESTION_STATE("congestionState");

    private final String traceName;

    TcbVariable(String traceName) {
        this.traceName = traceName;
    }

    /** Its key in the trace. */
    public String traceName() {
        return traceName;
    }
}
