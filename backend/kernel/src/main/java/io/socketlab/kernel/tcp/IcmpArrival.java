package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;

/** An ICMP error about a segment of a connection. RFC 1122 §4.2.3.9, RFC 5927; tcp_v4_err. */
final class IcmpArrival {

    private IcmpArrival() {}

    static void process(Connection c, Errno errno, int mtu, int seq) {
        boolean open = c.tcb.state == TcpState.CLOSED;
        if (open || !isOfThisFlight(c, seq)) return;
        if (mtu > 0) {
            packetTooBig(c, mtu, seq);
            return;
        }
        boolean inUse = c.fastOpenChild != null && c.fastOpenChild.isAccepted();
        if (!c.tcb.state.isSynchronized() && !inUse) {
            c.fail(errno, Rule.RFC1122_ICMP_ON_CONNECT, null);
        } else if (c.settings.recvErr) {
            c.settings.base.error(errno);
            if (c.isTraced()) {
                c.env.trace()
                        .emit(
                                new SocketError(
                                        c.env.stamp(Rule.RFC1122_SOFT_ERROR, null),
                                        c.number,
                                        errno.name()));
            }
            c.wake(EventMask.ERR);
        } else {
            c.softError = errno;
        }
    }

    /** RFC 5927 §4: it quotes something that is under way. */
    private static boolean isOfThisFlight(Connection c, int seq) {
        int first = c.fastOpenChild != null ? c.tcb.snd.iss : c.tcb.snd.una;
        return SeqNum.between(seq, first, c.tcb.snd.nxt);
    }

    /** RFC 1191 §3: the next hop takes less; what was too big goes again in smaller segments. */
    private static void packetTooBig(Connection c, int mtu, int seq) {
        if (mtu >= c.pathMtu || c.settings.mtuDiscover == 0) return;
        c.pathMtu = Math.max(mtu, 552);
        c.updateMss();
        if (c.sent.isEmpty()) return;
        if (c.tcb.state == TcpState.SYN_SENT) {
            synTooBig(c);
            return;
        }
        int index = c.sent.indexOf(seq);
        if (index < c.sent.size()) c.sent.markLost(index);
        c.recovery.retransmission().sendLost();
    }

    /** The SYN's text made it too big: it goes again, at once and by itself. */
    private static void synTooBig(Connection c) {
        FastOpenSyn syn = c.fastOpenSyn;
        if (syn == null || !syn.hadText()) return;
        c.tcb.rcv.advertisedMss = Connection.advertisedMss(c.pathMtu, c.settings);
        for (int i = 0; i < c.sent.size(); i++) c.sent.markLost(i);
        c.output.because(Rule.RFC7413_PLAIN_SYN, c.isTraced() ? "path MTU " + c.pathMtu : null);
        c.recovery.repairWithoutCongestion();
        c.output.because(null, null);
    }
}
