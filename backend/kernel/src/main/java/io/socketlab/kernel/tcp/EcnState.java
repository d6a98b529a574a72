package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.CWR;
import static io.socketlab.kernel.wire.TcpHeader.ECE;
import static io.socketlab.kernel.wire.TcpHeader.SYN;

/**
 * Explicit congestion notification of one connection: whether both ends do it, whether the peer is
 * to be told of a mark, and whether the peer has yet to be told of our reduction. RFC 3168 §6.1, as
 * Linux's net/ipv4/tcp_input.c and tcp_output.c, tcp_ecn_*().
 */
final class EcnState {

    /** The codepoints of RFC 3168 §5, the last two bits of the IP header's second octet. */
    static final int NOT_ECT = 0;

    static final int ECT_0 = 2;
    static final int CE = 3;

    /** Segments that are acknowledged at once after a mark, at least. */
    private static final int QUICK = 2;

    private final Connection c;
    private boolean on;
    private boolean seen;
    private boolean echo;
    private boolean announceReduction;
    private int deliveredMarked;

    EcnState(Connection c) {
        this.c = c;
    }

    /** Both ends have agreed to it. */
    boolean isOn() {
        return on;
    }

    /** A segment with text has come with an ECN codepoint. */
    boolean isSeen() {
        return seen;
    }

    /** Segments go out with ECE until the peer has reduced. */
    boolean isEchoing() {
        return echo;
    }

    // ---- agreeing on it

    /** What the first SYN of an active open asks for; net.ipv4.tcp_ecn. */
    int askInSyn() {
        int mode = c.tunables().ecn;
        on = mode == 1 || mode == 4;
        return on ? ECE | CWR : 0;
    }

    /**
     * A SYN that comes again asks for nothing: something on the path may drop those that do. RFC
     * 3168 §6.1.1.1; net.ipv4.tcp_ecn_fallback.
     */
    void fallBack(SegmentRecord syn) {
        if (c.tunables().ecnFallback && syn.has(SYN) && syn.has(CWR)) syn.flags &= ~(ECE | CWR);
    }

    /** The SYN-ACK agrees by ECE without CWR. */
    void synAckArrived(Segment seg) {
        if (on && (!seg.has(ECE) || seg.has(CWR))) on = false;
    }

    /** A SYN that crossed ours: it agrees if it asks as well. */
    void synCrossed(Segment seg) {
        if (on && !(seg.has(ECE) && seg.has(CWR))) on = false;
    }

    /** What our own SYN becomes when it goes out again as a SYN-ACK. */
    void becomeSynAck(SegmentRecord syn) {
        syn.flags &= ~CWR;
        if (!on) syn.flags &= ~ECE;
    }

    /**
     * A SYN to a listener; it is taken at its word only with the IP header's ECN field clear, as
     * RFC 3168 §6.1.1 has it.
     */
    void synArrived(Segment seg) {
        boolean asks = seg.has(ECE) && seg.has(CWR);
        on = asks && seg.ecn == NOT_ECT && c.tunables().ecn != 0;
    }

    /** From a SYN cookie's timestamp. */
    void restore(boolean agreed) {
        on = agreed;
    }

    /** Flags of the SYN-ACK. */
    int answerInSynAck() {
        return on ? ECE : 0;
    }

    // ---- as the receiver of data

    /** A segment with text has come. */
    void textArrived(int codepoint) {
        if (!on) return;
        if (codepoint == NOT_ECT) {
            // Others had one: this is sent again, and its sender waits for the ACK.
            if (seen) c.delayedAck.enterQuick(QUICK);
            return;
        }
        seen = true;
        if (codepoint == CE && !echo) {
            c.delayedAck.enterQuick(QUICK);
            echo = true;
        }
    }

    /** The peer says that it has reduced; its window may be so small that it waits for the ACK. */
    void reductionAnnounced(Segment seg) {
        echo = false;
        if (seg.length() > 0) c.delayedAck.now();
    }

    // ---- as the sender

    /** An acknowledgement that tells of a mark says that {@code segments} more have arrived. */
    void deliveredMarked(int segments) {
        deliveredMarked += segments;
    }

    /** Segments whose arrival was told together with a mark: tcpi_delivered_ce. */
    int deliveredMarked() {
        return deliveredMarked;
    }

    /** Whether an acknowledgement tells of a mark. */
    boolean tellsOfMark(Segment seg) {
        return on && seg.has(ECE) && !seg.isSyn();
    }

    /** The congestion window is being reduced, for whatever reason. */
    void reduced() {
        if (on) announceReduction = true;
    }

    void reductionTakenBack() {
        announceReduction = false;
    }

    /** Marks a segment that goes out: only text that was never sent before may be marked CE. */
    void mark(SegmentDraft draft, boolean newText) {
        if (!on) return;
        if (newText) {
            draft.tos |= ECT_0;
            if (announceReduction) {
                announceReduction = false;
                draft.flags |= CWR;
            }
        }
        if (echo) draft.flags |= ECE;
    }
}
