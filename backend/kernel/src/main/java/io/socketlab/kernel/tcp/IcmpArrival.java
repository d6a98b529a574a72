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
        if (!c.tcb.state.isSynchronized()) {
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
        return SeqNum.between(seq, c.tcb.snd.una, c.tcb.snd.nxt);
    }

    /** RFC 1191 §3: the next hop takes less; what was too big goes again in smaller segments. */
    private static void packetTooBig(Connection c, int mtu, int seq) {
        if (mtu >= c.pathMtu || c.settings.mtuDiscover == 0) return;
        c.pathMtu = Math.max(mtu, 552);
        c.updateMss();
        if (c.sent.isEmpty() || c.tcb.state == TcpState.SYN_SENT) return;
        int index = c.sent.indexOf(seq);
        if (index < c.sent.size()) c.sent.markLost(index);
        c.recovery.retransmission().sendLost();
    }
}
