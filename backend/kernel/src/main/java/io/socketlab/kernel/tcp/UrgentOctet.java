package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;

/**
 * The one octet that counts as urgent: the last of the peer's urgent data, as BSD and Linux take
 * the pointer (one before where RFC 9293 §3.8.5 has it). Linux's tcp_urg() and tcp_check_urg().
 */
final class UrgentOctet {

    private enum State {
        NONE,
        ANNOUNCED,
        HERE,
        READ
    }

    /** Of connections that never had any: nothing is ever put into it. */
    static final UrgentOctet NONE = new UrgentOctet();

    private State state = State.NONE;
    private int seq;
    private byte value;

    /** A segment has come; its text has not been taken in yet. */
    void arrived(Connection c, Segment seg) {
        if (seg.isUrgent()) announced(c, seg);
        if (state != State.ANNOUNCED) return;
        int at = seq - seg.seq - (seg.isSyn() ? 1 : 0);
        if (at < 0 || at >= seg.textLength()) return;
        value = seg.octets()[seg.textAt() + at];
        state = State.HERE;
        if (!c.orphan) c.wake(EventMask.READABLE);
    }

    private void announced(Connection c, Segment seg) {
        int pointer = seg.seq + (seg.urgentPointer == 0 ? 0 : seg.urgentPointer - 1);
        if (SeqNum.after(c.tcb.rcv.copied, pointer)) return;
        if (SeqNum.before(pointer, c.tcb.rcv.nxt)) return;
        if (state != State.NONE && !SeqNum.after(pointer, seq)) return;
        boolean passedOver =
                state != State.NONE
                        && seq == c.tcb.rcv.copied
                        && !c.settings.base.urgentInline()
                        && c.tcb.rcv.copied != c.tcb.rcv.nxt;
        if (passedOver) {
            c.tcb.rcv.copied++;
            c.receiveBuffer.skip(1);
        }
        state = State.ANNOUNCED;
        seq = pointer;
        if (!c.orphan) c.wake(EventMask.MSG); // sk_send_sigurg()
    }

    /** POLLPRI. */
    boolean isHere() {
        return state == State.HERE;
    }

    /** There is a mark that has not been passed. */
    boolean isPending() {
        return state != State.NONE;
    }

    /** SIOCATMARK, where {@code copied} is the next octet that the program will read. */
    boolean isAtMark(int copied) {
        return isPending() && seq == copied;
    }

    /** Where the mark is. */
    int seq() {
        return seq;
    }

    boolean isRead() {
        return state == State.READ;
    }

    byte value() {
        return value;
    }

    void markRead() {
        state = State.READ;
    }

    /** The program has read up to {@code copied}. */
    void forgetIfPassed(int copied) {
        if (isPending() && SeqNum.after(copied, seq)) state = State.NONE;
    }
}
