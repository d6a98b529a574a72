package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SendBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.TcbChanged;
import io.socketlab.kernel.wire.SeqNum;

/** Tells the trace what of a connection has changed: its variables and its buffers. */
final class TcbReport {

    private final Connection c;
    private TcbValues told = new TcbValues();
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
        if (c.tcb.state == TcpState.CLOSED && c.timeWait == null && told.isEmpty()) return;
        tellVariables();
        tellSendBuffer();
        tellReceiveBuffer();
    }

    private void tellVariables() {
        TcbValues present = values();
        TcbValues changed = told.changedIn(present);
        if (changed.isEmpty()) return;
        told = present;
        c.env.trace().emit(new TcbChanged(c.env.stamp(), c.number, changed));
    }

    private TcbValues values() {
        var v = new TcbValues();
        Tcb.Send snd = c.tcb.snd;
        Tcb.Receive rcv = c.tcb.rcv;
        v.put(TcbVariable.SND_UNA, SeqNum.unsigned(snd.una));
        v.put(TcbVariable.SND_NXT, SeqNum.unsigned(snd.nxt));
        v.put(TcbVariable.SND_WND, snd.wnd);
        v.put(TcbVariable.ISS, SeqNum.unsigned(snd.iss));
        v.put(TcbVariable.SND_MSS, snd.mss);
        v.put(TcbVariable.SND_WSCALE, snd.wscale);
        if (c.tcb.state != TcpState.SYN_SENT) {
            v.put(TcbVariable.SND_WL1, SeqNum.unsigned(snd.wl1));
            v.put(TcbVariable.RCV_NXT, SeqNum.unsigned(rcv.nxt));
            v.put(TcbVariable.IRS, SeqNum.unsigned(rcv.irs));
            v.put(TcbVariable.RCV_MSS, c.delayedAck.receivedMss());
        }
        v.put(TcbVariable.RCV_WND, rcv.window());
        v.put(TcbVariable.RCV_WSCALE, rcv.wscale);
        v.put(TcbVariable.CWND, c.window.cwnd());
        v.put(TcbVariable.SSTHRESH, c.window.ssthresh());
        v.put(TcbVariable.IN_FLIGHT, c.inFlight());
        if (c.rtt.hasSample()) {
            v.put(TcbVariable.SRTT, c.rtt.srtt());
            v.put(TcbVariable.RTTVAR, c.rtt.rttvar() / 4);
        }
        v.put(TcbVariable.RTO, c.rtt.rto());
        v.put(TcbVariable.BACKOFF, c.rtt.backoff());
        v.put(TcbVariable.DUP_ACKS, c.recovery.duplicates() + c.sent.sacked());
        v.put(TcbVariable.CONGESTION_STATE, c.recovery.state().ordinal());
        return v;
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
        c.env.trace()
                .emit(new SendBufferChanged(c.env.stamp(), c.number, unacknowledged, unsent, size));
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
        if (newReadable == readable && newOutOfOrder == outOfOrder && size == receiveSize) return;
        readable = newReadable;
        outOfOrder = newOutOfOrder;
        receiveSize = size;
        c.env.trace()
                .emit(
                        new ReceiveBufferChanged(
                                c.env.stamp(), c.number, readable, outOfOrder, 0, size));
    }
}
