package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * SEGMENT ARRIVES for a connection. RFC 9293 §3.10.7.3 and §3.10.7.4, with the checks of RFC 5961
 * and RFC 7323; as Linux's tcp_rcv_state_process.
 */
final class SegmentArrival {

    /** RFC 7323 §5.5: a timestamp is trusted for 24 days. */
    private static final long TIMESTAMP_TRUSTED = 24L * 24 * 3600 * 1000 * RttEstimator.MS;

    private final Connection c;
    private boolean sawTimestamp;
    private int timestampEcho;

    SegmentArrival(Connection c) {
        this.c = c;
    }

    /** Whether the segment at hand has a timestamp, and what it echoes. */
    boolean sawTimestamp() {
        return sawTimestamp;
    }

    int timestampEcho() {
        return timestampEcho;
    }

    void process(Segment seg) {
        sawTimestamp = seg.hasTimestamps;
        timestampEcho = seg.timestampEcho;
        if (c.tcb.state == TcpState.SYN_SENT) {
            new HandshakeArrival(c, this).process(seg);
            return;
        }
        if (c.tcb.state == TcpState.CLOSED) return;
        if (c.fastOpenChild != null && !c.fastOpenChild.lets(seg)) return;
        if (!isAcceptable(seg)) return;
        if (!seg.isAck()) {
            drop(seg, DropReason.NO_ACK_FLAG);
            return;
        }
        int firstSeq = seg.seq;
        AckProcessing.Verdict verdict = new AckProcessing(c).process(seg);
        if (verdict == AckProcessing.Verdict.UNACCEPTABLE) {
            drop(seg, DropReason.BAD_ACK);
            if (c.tcb.state == TcpState.SYN_RECEIVED) {
                c.layer.resets().answer(seg, Rule.RFC9293_RESET_BAD_ACK);
            }
            return;
        }
        updateTimestamp(seg, firstSeq);
        if (!advanceState(seg)) return;
        afterAck(seg);
    }

    /** Text, FIN, and what may be sent now. */
    void afterAck(Segment seg) {
        if (seg.isUrgent() || c.urgent.isPending()) c.ownUrgent().arrived(c, seg);
        if (!new TextArrival(c).process(seg)) return;
        if (c.tcb.state == TcpState.CLOSED) return;
        c.sendBuffer.write().pushPending();
        c.sendBuffer.roomHasChanged();
        if (c.tcb.state != TcpState.CLOSED) c.delayedAck.afterSegment();
    }

    /** First to fourth: sequence number, RST, SYN. Answers whether the segment goes on. */
    private boolean isAcceptable(Segment seg) {
        if (c.tcb.timestampsOk && seg.hasTimestamps && isTooOld(seg) && !seg.isRst()) {
            tooOld(seg);
            return false;
        }
        if (!isInWindow(seg)) {
            outOfWindow(seg);
            return false;
        }
        if (seg.isRst()) {
            reset(seg);
            return false;
        }
        if (seg.isSyn() && !isAnswerToCrossedSyn(seg)) {
            drop(seg, DropReason.OUT_OF_WINDOW);
            c.count(TcpCounter.SYN_CHALLENGES);
            c.output.sendChallengeAck(Rule.RFC5961_CHALLENGE_SYN, null);
            return false;
        }
        return true;
    }

    /** RFC 7323 §5.3 R1; an ACK that others have overtaken is nothing to answer. */
    private void tooOld(Segment seg) {
        drop(seg, DropReason.PAWS);
        if (seg.isSyn()) {
            c.count(TcpCounter.SYN_CHALLENGES);
            c.output.sendChallengeAck(Rule.RFC5961_CHALLENGE_SYN, null);
        } else if (seg.isAck() && seg.length() == 0 && SeqNum.before(seg.seq, c.tcb.rcv.nxt)) {
            c.count(TcpCounter.PAWS_OLD_ACK);
        } else {
            c.count(TcpCounter.PAWS_ESTABLISHED);
            if (mayAnswer(seg)) duplicateAck(seg, Rule.RFC7323_PAWS);
            else c.count(TcpCounter.ACK_SKIPPED_PAWS);
        }
    }

    /** The peer's SYN-ACK, where both ends opened at once: its ACK is what we wait for. */
    private boolean isAnswerToCrossedSyn(Segment seg) {
        return c.tcb.state == TcpState.SYN_RECEIVED
                && c.fastOpenChild == null
                && !c.orphan
                && seg.isAck()
                && seg.length() == 1
                && seg.end() == c.tcb.rcv.nxt
                && seg.ack == c.tcb.snd.nxt;
    }

    /** RFC 7323 §5.3 R1. */
    private boolean isTooOld(Segment seg) {
        int age = seg.timestamp - c.tcb.rcv.tsRecent;
        // one behind is let pass, as clocks of a host's connections may differ by so much
        if (age >= -1) return false;
        if (c.now() - c.tcb.rcv.tsRecentAt >= TIMESTAMP_TRUSTED) return false;
        // A pure ACK overtaken by another is no harm. Linux's tcp_disordered_ack.
        boolean disordered =
                seg.isAck()
                        && seg.length() == 0
                        && seg.seq == c.tcb.rcv.nxt
                        && seg.ack == c.tcb.snd.una
                        && !AckProcessing.isNewerWindow(c, seg)
                        && -age <= c.rtt.rto() * 1200 / 1000 / RttEstimator.MS;
        return !disordered;
    }

    /**
     * RFC 9293 §3.10.7.4, first; a segment before the window is looked at for its ACK, and one that
     * runs over its end is taken only while nothing waits to be read.
     */
    private boolean isInWindow(Segment seg) {
        Tcb.Receive rcv = c.tcb.rcv;
        if (SeqNum.before(seg.end(), rcv.wup)) return false;
        int windowEnd = rcv.nxt + rcv.window();
        // Some send FIN though the window is closed: it need not fit. Linux's tcp_sequence().
        int end = seg.isFin() ? seg.end() - 1 : seg.end();
        if (SeqNum.atMost(end, windowEnd)) return true;
        return SeqNum.atMost(seg.seq, windowEnd) && c.receiveBuffer.readable() == 0;
    }

    /**
     * Text is no part of a loop of ACKs: only what has none waits. Linux's tcp_oow_rate_limited.
     */
    private boolean mayAnswer(Segment seg) {
        return seg.length() > 0 && !seg.isSyn() || !c.output.isTooSoonAfterLast();
    }

    private void outOfWindow(Segment seg) {
        boolean old = SeqNum.before(seg.end(), c.tcb.rcv.wup);
        if (!old) c.count(TcpCounter.BEYOND_WINDOW);
        drop(seg, old ? DropReason.OLD_DUPLICATE : DropReason.OUT_OF_WINDOW);
        if (seg.isRst()) {
            if (isResetOfClosed(seg)) resetAccepted();
            return;
        }
        if (seg.isSyn()) {
            c.count(TcpCounter.SYN_CHALLENGES);
            c.output.sendChallengeAck(Rule.RFC5961_CHALLENGE_SYN, null);
        } else if (mayAnswer(seg)) {
            duplicateAck(seg, Rule.RFC9293_ACK_UNACCEPTABLE);
        } else {
            c.count(TcpCounter.ACK_SKIPPED_SEQ);
        }
    }

    /** Linux's tcp_send_dupack: with what came twice in a SACK block. */
    private void duplicateAck(Segment seg, Rule rule) {
        Tcb.Receive rcv = c.tcb.rcv;
        if (seg.length() > 0 && SeqNum.before(seg.seq, rcv.nxt)) {
            c.count(TcpCounter.DELAYED_ACK_LOST);
            c.delayedAck.enterQuick(DelayedAck.MAX_QUICK);
            if (c.tcb.sackOk && c.tunables().dsack) {
                c.count(TcpCounter.DSACK_OLD_SENT);
                c.ownSackBlocks().duplicate(seg.seq, SeqNum.min(seg.end(), rcv.nxt));
            }
        }
        c.output.sendAck(rule, windowWhy(seg));
    }

    private @Nullable String windowWhy(Segment seg) {
        if (!c.isTraced()) return null;
        Tcb.Receive rcv = c.tcb.rcv;
        return "octets "
                + (seg.seq - rcv.irs)
                + " to "
                + (seg.end() - rcv.irs)
                + ", window "
                + (rcv.nxt - rcv.irs)
                + " to "
                + (rcv.nxt + rcv.window() - rcv.irs);
    }

    /** A reset one before RCV.NXT, from a peer that had sent FIN: what some stacks do. */
    private boolean isResetOfClosed(Segment seg) {
        return seg.seq == c.tcb.rcv.nxt - 1
                && (c.tcb.state == TcpState.CLOSE_WAIT
                        || c.tcb.state == TcpState.LAST_ACK
                        || c.tcb.state == TcpState.CLOSING);
    }

    /** RFC 5961 §3: only one at RCV.NXT exactly is believed; others have to be repeated. */
    private void reset(Segment seg) {
        boolean exact = seg.seq == c.tcb.rcv.nxt || isResetOfClosed(seg);
        if (!exact && c.tcb.sackOk && !c.reassembly.isEmpty())
            exact = seg.seq == c.reassembly.end();
        if (exact) {
            resetAccepted();
        } else {
            FastOpenLosses.oddReset(c);
            c.output.sendChallengeAck(Rule.RFC5961_CHALLENGE_RST, windowWhy(seg));
        }
    }

    /** The peer has given the connection up. */
    void resetAccepted() {
        Errno errno =
                switch (c.tcb.state) {
                    case SYN_SENT -> Errno.ECONNREFUSED;
                    case CLOSE_WAIT -> Errno.EPIPE;
                    default -> Errno.ECONNRESET;
                };
        Rule rule =
                errno == Errno.ECONNREFUSED ? Rule.RFC9293_CONNECTION_REFUSED : Rule.RFC9293_RESET;
        c.fail(errno, rule, null);
    }

    /** RFC 7323 §4.3 (2). */
    private void updateTimestamp(Segment seg, int firstSeq) {
        if (!c.tcb.timestampsOk || !seg.hasTimestamps) return;
        if (SeqNum.after(firstSeq, c.tcb.rcv.wup)) return;
        if (seg.timestamp - c.tcb.rcv.tsRecent < 0) return;
        rememberTimestamp(seg);
    }

    void rememberTimestamp(Segment seg) {
        c.tcb.rcv.tsRecent = seg.timestamp;
        c.tcb.rcv.tsRecentAt = c.now();
    }

    /** Fifth: what the acknowledgement of our SYN or FIN leads to. Answers whether to go on. */
    private boolean advanceState(Segment seg) {
        boolean allAcked = c.tcb.snd.una == c.tcb.snd.writeSeq;
        return switch (c.tcb.state) {
            case SYN_RECEIVED -> {
                synAcknowledged(seg);
                yield true;
            }
            case FIN_WAIT_1 -> {
                if (c.fastOpenChild != null) c.fastOpenChild.complete();
                yield !allAcked || finAcknowledged(seg);
            }
            case CLOSING -> {
                if (!allAcked) yield true;
                new TimeWait(c, TcpState.TIME_WAIT).begin();
                yield false;
            }
            case LAST_ACK -> {
                if (!allAcked) yield true;
                c.close(Rule.RFC9293_LAST_ACK, null);
                yield false;
            }
            default -> true;
        };
    }

    /** SYN_RECEIVED: the handshake is over. */
    private void synAcknowledged(Segment seg) {
        c.recovery.countDelivered(1); // our SYN-ACK
        FastOpenChild openBefore = c.fastOpenChild;
        if (openBefore != null) openBefore.complete();
        c.moveTo(TcpState.ESTABLISHED, Rule.RFC9293_ESTABLISHED, null);
        c.tcb.snd.wl1 = seg.seq;
        c.tcb.snd.wnd = seg.window << c.tcb.snd.wscale;
        if (openBefore == null) c.established();
        else c.handshakeOver();
        Pacing.update(c);
        c.stateHasChanged();
        if (c.sendShutdown) Closing.sendFin(c, Rule.RFC9293_SHUTDOWN);
    }

    /** Text and FIN of the SYN or SYN-ACK that has been taken in. */
    void takeSynText(Segment seg) {
        new TextArrival(c).withSyn(seg);
    }

    /** FIN_WAIT_1: our FIN has been acknowledged. */
    private boolean finAcknowledged(Segment seg) {
        c.moveTo(TcpState.FIN_WAIT_2, Rule.RFC9293_FIN_ACKED, null);
        c.sendShutdown = true;
        if (!c.orphan) {
            c.stateHasChanged();
            return true;
        }
        int end = seg.end() - (seg.isFin() ? 1 : 0);
        boolean moreText = seg.length() > 0 && SeqNum.after(end, c.tcb.rcv.nxt);
        if (c.settings.times().linger2Seconds < 0 || moreText) {
            c.count(TcpCounter.ABORT_ON_DATA);
            Rule rule = moreText ? Rule.RFC1122_DATA_AFTER_CLOSE : Rule.LINUX_FIN_WAIT_2;
            c.layer.resets().answer(seg, rule);
            c.close(rule, null);
            return false;
        }
        if (seg.isFin()) {
            c.keepAlive().waitForFinAsConnection();
            return true;
        }
        c.keepAlive().waitForFin();
        return c.tcb.state != TcpState.CLOSED;
    }

    void drop(Segment seg, DropReason reason) {
        c.drops++;
        c.layer.drop(seg, reason);
    }

    /** Wakes whoever waits for the connection to become usable. */
    void connected() {
        c.wake(EventMask.OUT | EventMask.WRNORM);
    }
}
