package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.PathMtus;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.PacketArrival;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.SeqNum;

/** An ICMP error about a segment of a connection. RFC 1122 §4.2.3.9, RFC 5927; tcp_v4_err. */
final class IcmpArrival {

    private IcmpArrival() {}

    static void process(Connection c, IcmpNotice notice) {
        boolean closed = c.tcb.state == TcpState.CLOSED;
        if (closed) return;
        if (!isOfThisFlight(c, notice.seq())) {
            c.layer.count(TcpCounter.OUT_OF_WINDOW_ICMPS);
            return;
        }
        if (notice.isTooBig()) {
            packetTooBig(c, notice.mtu());
            return;
        }
        if (notice.isLongOutage()) c.retransmitTimer.revertBackoff(notice.seq());
        if (c.tcb.state == TcpState.CLOSED) return;
        Errno errno = notice.errno();
        boolean inUse = c.fastOpenChild != null && c.fastOpenChild.isAccepted();
        if (!c.tcb.state.isSynchronized() && !inUse) {
            queue(c, notice);
            c.fail(errno, Rule.RFC1122_ICMP_ON_CONNECT, null);
        } else if (c.receivesErrors()) {
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

    /** An error that ends a connect(2) can be read from the error queue, asked for or not. */
    private static void queue(Connection c, IcmpNotice notice) {
        if (c.orphan) return;
        IcmpError error = notice.error();
        // ip_icmp_error() asks nobody, ipv6_icmp_error() asks the option
        if (error.original() instanceof Ipv6Header && !c.receivesErrors()) return;
        var to = new Endpoint(c.tuple.remote(), c.tuple.remotePort());
        SocketOptions base = c.settings.base;
        long at = base.tellsArrivals() ? c.now() : SocketOptions.NOT_STAMPED;
        var arrival = PacketArrival.ofError(error.carrier(), error.interfaceIndex());
        var entry =
                ErrorQueue.Entry.icmp(
                        error.message(), notice.errno(), error.quoted(), to, arrival, at);
        base.errorQueue().add(entry, base.receiveBuffer());
    }

    /** RFC 5927 §4: it quotes something that is under way. */
    private static boolean isOfThisFlight(Connection c, int seq) {
        int first = c.fastOpenChild != null ? c.tcb.snd.iss : c.tcb.snd.una;
        return SeqNum.between(seq, first, c.tcb.snd.nxt);
    }

    /** RFC 1191 §3: the next hop takes less; what was too big goes again in smaller segments. */
    private static void packetTooBig(Connection c, int mtu) {
        boolean ipv6 = !c.tuple.isIpv4();
        if (ipv6 && !mayShrinkIpv6(c, mtu)) return;
        PathMtus paths = c.env.ip().pathMtus();
        int before = c.pathMtu.mtu();
        paths.learn(c.tuple.remote(), mtu, before);
        int device = c.settings.base.boundDevice();
        int believed = c.env.ip().route(c.tuple.remote(), device).map(Route::mtu).orElse(before);
        if (!ipv6 && mtu < believed && c.isFragmentationForbidden()) c.softError = Errno.EMSGSIZE;
        int mode = c.mtuDiscover();
        boolean heeds = mode >= SocketSettings.PMTU_WANT && mode <= SocketSettings.PMTU_PROBE;
        if (!ipv6 && !heeds || before <= believed) return;
        c.pathMtu.sync(believed);
        if (c.tcb.state == TcpState.SYN_SENT) {
            synTooBig(c);
            return;
        }
        c.output.because(Rule.RFC1191_TOO_BIG, c.isTraced() ? "MTU " + believed : null);
        LossMarks.markTooLarge(c);
        c.output.because(null, null);
    }

    /**
     * Over IPv6 all of it is passed over where the option says so, where no link can be so small,
     * and where segments are no larger already. tcp_v6_err(), tcp_v6_mtu_reduced().
     */
    private static boolean mayShrinkIpv6(Connection c, int mtu) {
        return c.mtuDiscover() <= SocketSettings.PMTU_PROBE
                && mtu >= Ipv6Header.MIN_MTU
                && c.pathMtu.mssFor(mtu) < c.tcb.snd.mss;
    }

    /** The SYN's text made it too big: it goes again, at once and by itself. */
    private static void synTooBig(Connection c) {
        FastOpenSyn syn = c.fastOpenSyn;
        if (syn == null || !syn.hadText()) return;
        c.tcb.rcv.advertisedMss = c.advertisedMss(c.pathMtu.mtu());
        for (int i = 0; i < c.sent.size(); i++) c.sent.markLost(i);
        c.output.because(
                Rule.RFC7413_PLAIN_SYN, c.isTraced() ? "path MTU " + c.pathMtu.mtu() : null);
        c.recovery.repairWithoutCongestion();
        c.output.because(null, null);
    }
}
