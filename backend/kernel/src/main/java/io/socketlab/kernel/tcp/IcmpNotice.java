package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What an ICMP error says about a segment of ours. Linux's icmp_err_convert[] and tcp_v4_err().
 *
 * @param errno what a program is told
 * @param isTooBig the packet was larger than the next hop takes: {@code mtu}
 * @param isNoPath a network or a host cannot be reached now, or not in time
 * @param isLongOutage of {@code isNoPath}, what RFC 6069 takes for a sign of a broken link
 * @param seq the sequence number of the segment quoted
 */
record IcmpNotice(
        Errno errno, boolean isTooBig, int mtu, boolean isNoPath, boolean isLongOutage, int seq) {

    private static final int HIGHEST_CODE = 15;

    /** Null for a message that TCP takes no notice of. */
    static @Nullable IcmpNotice of(IcmpError error) {
        int seq = Octets.getInt(error.quoted(), 4);
        int code = error.message().code();
        return switch (error.message().type()) {
            case IcmpMessage.UNREACHABLE -> code > HIGHEST_CODE ? null : unreachable(error, seq);
            case IcmpMessage.TIME_EXCEEDED ->
                    new IcmpNotice(Errno.EHOSTUNREACH, false, 0, true, false, seq);
            case IcmpMessage.PARAMETER_PROBLEM ->
                    new IcmpNotice(Errno.EPROTO, false, 0, true, false, seq);
            default -> null;
        };
    }

    private static IcmpNotice unreachable(IcmpError error, int seq) {
        int code = error.message().code();
        boolean noPath =
                code == IcmpMessage.NET_UNREACHABLE || code == IcmpMessage.HOST_UNREACHABLE;
        if (code == IcmpMessage.FRAGMENTATION_NEEDED) {
            return new IcmpNotice(Errno.EMSGSIZE, true, error.nextHopMtu(), false, false, seq);
        }
        return new IcmpNotice(errno(code), false, 0, noPath, noPath, seq);
    }

    private static Errno errno(int code) {
        return switch (code) {
            case IcmpMessage.NET_UNREACHABLE, 6, 9, 11 -> Errno.ENETUNREACH;
            case IcmpMessage.PROTOCOL_UNREACHABLE -> Errno.ENOPROTOOPT;
            case IcmpMessage.PORT_UNREACHABLE -> Errno.ECONNREFUSED;
            case 5 -> Errno.EOPNOTSUPP;
            case 7 -> Errno.EHOSTDOWN;
            case 8 -> Errno.ENONET;
            default -> Errno.EHOSTUNREACH;
        };
    }
}
