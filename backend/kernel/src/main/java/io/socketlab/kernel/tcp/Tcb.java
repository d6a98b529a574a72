package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * The variables of a connection. RFC 9293 §3.3.1. Windows are octets, already scaled; times are
 * virtual nanoseconds. The state is changed by {@link Connection#moveTo} alone.
 */
final class Tcb {

    /** The send sequence variables. */
    static final class Send {
        int iss;
        int una;
        int nxt;

        /** The sequence number after the last octet that the program has handed over. */
        int writeSeq;

        int wnd;
        int wl1;

        /** The largest window the peer has ever offered. */
        int maxWnd;

        int wscale;

        /** The largest text that a segment may carry now, options taken off. */
        int mss;

        /** The most that the peer's MSS option allows. */
        int mssClamp = Connection.DEFAULT_MSS;

        /** The end of the last segment smaller than the MSS: Minshall's part of Nagle's rule. */
        int smallEnd;

        /** Up to where PSH has been set. */
        int pushed;

        /** The sequence number after the last urgent octet; SND.UNA if there is none. */
        int urgentPointer;

        /** SND.UP is ahead of what is acknowledged. */
        boolean isUrgent() {
            return urgentPointer != una;
        }

        /** When a segment with text last went out. */
        long lastAt;

        /** What is before {@code ack} has been acknowledged. */
        void acknowledge(int ack) {
            if (SeqNum.between(urgentPointer, una, ack)) urgentPointer = ack;
            una = ack;
        }

        int windowEnd() {
            return una + wnd;
        }
    }

    /** The receive sequence variables. */
    static final class Receive {
        int irs;
        int nxt;

        /** RCV.NXT when the window was last told to the peer. */
        int wup;

        int wnd;
        int wscale;

        /** The next octet that the program will read. */
        int copied;

        /** TS.Recent of RFC 7323 §4.3, and when it was set. */
        int tsRecent;

        long tsRecentAt;

        /** When any segment last came, for keep-alive. */
        long lastAt;

        /** The MSS that we told the peer. */
        int advertisedMss;

        /** What the window still allows of what it allowed when it was last told. */
        int window() {
            return Math.max(wup + wnd - nxt, 0);
        }
    }

    final Send snd = new Send();
    final Receive rcv = new Receive();
    TcpState state = TcpState.CLOSED;
    boolean sackOk;
    boolean timestampsOk;

    /** Our SYN offers timestamps, and nobody has answered yet: room for them is kept. */
    boolean timestampsOffered;

    boolean windowScaleOk;

    /** Added to the millisecond clock in TSval. RFC 7323 §7.1. */
    int timestampOffset;

    /** Octets of options in a segment with text. */
    int optionLength() {
        return timestampsOk || timestampsOffered ? 12 : 0;
    }

    void startSending(int iss) {
        snd.iss = iss;
        snd.una = iss;
        snd.nxt = iss;
        snd.writeSeq = iss;
        snd.smallEnd = iss;
        snd.pushed = iss;
        snd.urgentPointer = iss;
    }

    void startReceiving(int irs) {
        rcv.irs = irs;
        rcv.nxt = irs + 1;
        rcv.wup = rcv.nxt;
        rcv.copied = rcv.nxt;
        snd.wl1 = irs;
    }

    boolean allAcknowledged() {
        return SeqNum.atLeast(snd.una, snd.nxt);
    }
}
