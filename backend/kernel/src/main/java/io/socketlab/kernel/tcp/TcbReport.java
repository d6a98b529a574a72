package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SendBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.TcbChanged;
import io.socketlab.kernel.wire.SeqNum;

/** Tells the trace what of a connection has changed: its variables and its buffers. */
final class TcbReport {

    /**
     * The times come last: they do not fit in an int, and every connection pays for what is here.
     */
    private static final int TIMES = TcbVariable.SRTT.ordinal();

    /** Runs of octets ahead of a hole that are told at most. */
    private static final int MOST_RANGES = 64;

    private final Connection c;

    /** What was told last, unsigned; times have their own fields, for they do not fit. */
    private final int[] told = new int[TIMES];

    private long toldSrtt;
    private long toldRttvar;
    private long toldRto;

    /** Which variables have been told at all, as bits. */
    private int known;

    private int unacknowledged;
    private int unsent;
    private int sendSize;
    private int readable;
    private int outOfOrder;
    private int receiveSize;

    TcbReport(Connection c) {
        this.c = c;
    }

    void tellChanges() {
        if (c.tcb.state == TcpState.CLOSED && c.timeWait == null && known == 0) return;
        tellVariables();
        tellSendBuffer();
        tellReceiveBuffer();
    }

    private void tellVariables() {
        int changed = takeOver();
        if (changed == 0) return;
        c.env.trace()
                .emit(new TcbChanged(c.env.stamp(), c.number, TcbValues.of(changed, this::told)));
    }

    /** Takes over the present values; answers which of them are not what was told, as bits. */
    private int takeOver() {
        Tcb.Send snd = c.tcb.snd;
        Tcb.Receive rcv = c.tcb.rcv;
        int changed = differs(TcbVariable.SND_UNA, SeqNum.unsigned(snd.una));
        changed |= differs(TcbVariable.SND_NXT, SeqNum.unsigned(snd.nxt));
        changed |= differs(TcbVariable.SND_WND, snd.wnd);
        changed |= differs(TcbVariable.ISS, SeqNum.unsigned(snd.iss));
        changed |= differs(TcbVariable.SND_MSS, snd.mss);
        changed |= differs(TcbVariable.SND_WSCALE, snd.wscale);
        if (c.tcb.state != TcpState.SYN_SENT) {
            changed |= differs(TcbVariable.SND_WL1, SeqNum.unsigned(snd.wl1));
            changed |= differs(TcbVariable.RCV_NXT, SeqNum.unsigned(rcv.nxt));
            changed |= differs(TcbVariable.IRS, SeqNum.unsigned(rcv.irs));
            changed |= differs(TcbVariable.RCV_MSS, c.delayedAck.receivedMss());
        }
        changed |= differs(TcbVariable.RCV_WND, rcv.window());
        changed |= differs(TcbVariable.RCV_WSCALE, rcv.wscale);
        changed |= differs(TcbVariable.CWND, c.window.cwnd());
        changed |= differs(TcbVariable.SSTHRESH, c.window.ssthresh());
        changed |= differs(TcbVariable.IN_FLIGHT, c.inFlight());
        if (c.rtt.hasSample()) {
            changed |= differs(TcbVariable.SRTT, c.rtt.srtt());
            changed |= differs(TcbVariable.RTTVAR, c.rtt.rttvar() / 4);
        }
        changed |= differs(TcbVariable.RTO, c.rtt.rto());
        changed |= differs(TcbVariable.BACKOFF, c.rtt.backoff());
        changed |= differs(TcbVariable.DUP_ACKS, c.recovery.duplicates() + c.sent.sacked());
        changed |= differs(TcbVariable.CONGESTION_STATE, c.recovery.state().ordinal());
        return changed;
    }

    private int differs(TcbVariable variable, long value) {
        int bit = 1 << variable.ordinal();
        if ((known & bit) != 0 && told(variable.ordinal()) == value) return 0;
        known |= bit;
        switch (variable) {
            case SRTT -> toldSrtt = value;
            case RTTVAR -> toldRttvar = value;
            case RTO -> toldRto = value;
            default -> told[variable.ordinal()] = (int) value;
        }
        return bit;
    }

    private long told(int ordinal) {
        if (ordinal == TcbVariable.SRTT.ordinal()) return toldSrtt;
        if (ordinal == TcbVariable.RTTVAR.ordinal()) return toldRttvar;
        if (ordinal == TcbVariable.RTO.ordinal()) return toldRto;
        return Integer.toUnsignedLong(told[ordinal]);
    }

    private void tellSendBuffer() {
        Tcb.Send snd = c.tcb.snd;
        int newUnacknowledged = Math.max(textBetween(snd.una, snd.nxt), 0);
        int newUnsent = Math.max(textBetween(snd.nxt, snd.writeSeq), 0);
        int size = c.settings.sndbuf();
        if (newUnacknowledged == unacknowledged && newUnsent == unsent && size == sendSize) return;
        unacknowledged = newUnacknowledged;
        unsent = newUnsent;
        sendSize = size;
        Rule held = unsent == 0 ? null : c.sendBuffer.write().heldBy();
        Stamp stamp = c.env.stamp(held, held == null ? null : whyHeld(held));
        int memory = c.sendBuffer.memory();
        c.env.trace()
                .emit(new SendBufferChanged(stamp, c.number, unacknowledged, unsent, size, memory));
    }

    private String whyHeld(Rule held) {
        return switch (held) {
            case RFC5681_CWND -> "cwnd " + c.window.cwnd() + " segments, in flight " + c.inFlight();
            case RFC9293_SEND_WINDOW ->
                    "window " + c.tcb.snd.wnd + ", unacknowledged " + unacknowledged;
            default -> unsent + " octets, less than the MSS of " + c.tcb.snd.mss;
        };
    }

    /** Octets of text in a range of sequence numbers: SYN and FIN are none. */
    private int textBetween(int from, int to) {
        int count = to - from;
        Tcb.Send snd = c.tcb.snd;
        boolean synIn = from == snd.iss && count > 0;
        if (synIn) count--;
        boolean finIn = c.finQueued && count > 0 && to == snd.writeSeq;
        return finIn ? count - 1 : count;
    }

    private void tellReceiveBuffer() {
        int newReadable = c.receiveBuffer.readable();
        int newOutOfOrder = c.reassembly.octets();
        int size = c.settings.rcvbuf();
        boolean moved = c.reassembly.takeChanged();
        if (newReadable == readable && newOutOfOrder == outOfOrder && size == receiveSize && !moved)
            return;
        readable = newReadable;
        outOfOrder = newOutOfOrder;
        receiveSize = size;
        c.env.trace()
                .emit(
                        new ReceiveBufferChanged(
                                c.env.stamp(),
                                c.number,
                                readable,
                                outOfOrder,
                                0,
                                size,
                                c.receiveBuffer.memory() + c.reassembly.memory(),
                                c.reassembly.ranges(c.tcb.rcv.irs, MOST_RANGES)));
    }
}
