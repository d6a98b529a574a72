package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.IcmpErrno;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What an ICMP error says about a segment of ours. Linux's icmp_err_convert[] and tcp_v4_err().
 *
 * @param error the message itself
 * @param errno what a program is told
 * @param isTooBig the packet was larger than the next hop takes: {@code mtu}
 * @param isNoPath a network or a host cannot be reached now, or not in time
 * @param isLongOutage of {@code isNoPath}, what RFC 6069 takes for a sign of a broken link
 * @param seq the sequence number of the segment quoted
 */
record IcmpNotice(
        IcmpError error,
        Errno errno,
        boolean isTooBig,
        int mtu,
        boolean isNoPath,
        boolean isLongOutage,
        int seq) {

    private static final int HIGHEST_CODE = 15;

    /** Null for a message that TCP takes no notice of. */
    static @Nullable IcmpNotice of(IcmpError error) {
        int seq = Octets.getInt(error.quoted(), 4);
        return error.message() instanceof Icmpv6Message message
                ? of(error, message, seq)
                : ofIpv4(error, seq);
    }

    /** icmpv6_err_convert() and tcp_v6_err(). */
    private static IcmpNotice of(IcmpError error, Icmpv6Message message, int seq) {
        boolean unreachable = message.type() == Icmpv6Message.UNREACHABLE;
        boolean noRoute = unreachable && message.code() == Icmpv6Message.NO_ROUTE;
        return new IcmpNotice(
                error,
                IcmpErrno.of(message).errno(),
                message.isTooBig(),
                message.isTooBig() ? message.nextHopMtu() : 0,
                !message.isTooBig(),
                noRoute,
                seq);
    }

    private static @Nullable IcmpNotice ofIpv4(IcmpError error, int seq) {
        int code = error.message().code();
        return switch (error.message().type()) {
            case IcmpMessage.UNREACHABLE -> code > HIGHEST_CODE ? null : unreachable(error, seq);
            case IcmpMessage.TIME_EXCEEDED ->
                    new IcmpNotice(error, Errno.EHOSTUNREACH, false, 0, true, false, seq);
            case IcmpMessage.PARAMETER_PROBLEM ->
                    new IcmpNotice(error, Errno.EPROTO, false, 0, true, false, seq);
            default -> null;
        };
    }

    private static IcmpNotice unreachable(IcmpError error, int seq) {
        int code = error.message().code();
        boolean noPath =
                code == IcmpMessage.NET_UNREACHABLE || code == IcmpMessage.HOST_UNREACHABLE;
        if (code == IcmpMessage.FRAGMENTATION_NEEDED) {
            return new IcmpNotice(
                    error, Errno.EMSGSIZE, true, error.message().nextHopMtu(), false, false, seq);
        }
        return new IcmpNotice(
                error, IcmpErrno.of(error.message()).errno(), false, 0, noPath, noPath, seq);
    }
}
