package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Icmpv6Message;

/**
 * What an ICMP error message means to a program. icmp(7), Linux's icmp_err_convert[].
 *
 * @param isFinal told even where IP_RECVERR is off; others may pass
 */
public record IcmpErrno(Errno errno, boolean isFinal) {

    private static final int HIGHEST_CODE = 15;

    /** Of a message that is an error. */
    public static IcmpErrno of(IcmpReport report) {
        return switch (report) {
            case IcmpMessage message -> of(message);
            case Icmpv6Message message -> of(message);
        };
    }

    /** icmpv6_err_convert(). */
    private static IcmpErrno of(Icmpv6Message message) {
        return switch (message.type()) {
            case Icmpv6Message.UNREACHABLE -> unreachableIpv6(message.code());
            case Icmpv6Message.PACKET_TOO_BIG -> new IcmpErrno(Errno.EMSGSIZE, false);
            case Icmpv6Message.TIME_EXCEEDED -> new IcmpErrno(Errno.EHOSTUNREACH, false);
            case Icmpv6Message.PARAMETER_PROBLEM -> new IcmpErrno(Errno.EPROTO, true);
            default -> new IcmpErrno(Errno.EPROTO, false);
        };
    }

    private static IcmpErrno unreachableIpv6(int code) {
        return switch (code) {
            case Icmpv6Message.NO_ROUTE -> new IcmpErrno(Errno.ENETUNREACH, false);
            case Icmpv6Message.ADMIN_PROHIBITED,
                    Icmpv6Message.POLICY_FAIL,
                    Icmpv6Message.REJECT_ROUTE ->
                    new IcmpErrno(Errno.EACCES, true);
            case 2, Icmpv6Message.ADDRESS_UNREACHABLE -> new IcmpErrno(Errno.EHOSTUNREACH, false);
            case Icmpv6Message.PORT_UNREACHABLE -> new IcmpErrno(Errno.ECONNREFUSED, true);
            default -> new IcmpErrno(Errno.EPROTO, true);
        };
    }

    private static IcmpErrno of(IcmpMessage message) {
        return switch (message.type()) {
            case IcmpMessage.UNREACHABLE -> unreachable(message.code());
            case IcmpMessage.PARAMETER_PROBLEM -> new IcmpErrno(Errno.EPROTO, true);
            default -> new IcmpErrno(Errno.EHOSTUNREACH, false);
        };
    }

    private static IcmpErrno unreachable(int code) {
        return switch (code) {
            case IcmpMessage.NET_UNREACHABLE, 11 -> new IcmpErrno(Errno.ENETUNREACH, false);
            case IcmpMessage.PROTOCOL_UNREACHABLE -> new IcmpErrno(Errno.ENOPROTOOPT, true);
            case IcmpMessage.PORT_UNREACHABLE -> new IcmpErrno(Errno.ECONNREFUSED, true);
            case IcmpMessage.FRAGMENTATION_NEEDED -> new IcmpErrno(Errno.EMSGSIZE, false);
            case 5 -> new IcmpErrno(Errno.EOPNOTSUPP, false); // source route failed
            case 6, 9 -> new IcmpErrno(Errno.ENETUNREACH, true);
            case 7 -> new IcmpErrno(Errno.EHOSTDOWN, true);
            case 8 -> new IcmpErrno(Errno.ENONET, true);
            case IcmpMessage.HOST_UNREACHABLE, 12 -> new IcmpErrno(Errno.EHOSTUNREACH, false);
            default -> new IcmpErrno(Errno.EHOSTUNREACH, code <= HIGHEST_CODE);
        };
    }
}
