package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import org.jspecify.annotations.Nullable;

/** Which addresses a stream socket can have and reach. tcp_v4_connect(), tcp_v6_connect(). */
final class Addressing {

    private Addressing() {}

    /**
     * __inet6_bind(): no IPv4 where there is only IPv6, no stream from a group, and no address of a
     * link where it is not said which link.
     */
    static boolean isBindable(SocketSettings settings, IpAddress local) {
        return local instanceof Ipv6Address ipv6
                ? !ipv6.isMulticast() && !ipv6.isLinkLocal()
                : !settings.ipv6Only();
    }

    /**
     * Why no connection can be opened to {@code remote}; null if one can.
     *
     * @param bound the socket's own address, null if it has none
     */
    static @Nullable Errno unreachable(
            SocketSettings settings, @Nullable IpAddress bound, IpAddress remote) {
        boolean hasOne =
                switch (remote) {
                    case Ipv4Address ipv4 ->
                            !ipv4.equals(Ipv4Address.BROADCAST) && !settings.ipv6Only();
                    case Ipv6Address ipv6 -> !ipv6.isMulticast();
                    case NoAddress _ -> false;
                };
        if (!hasOne) return Errno.ENETUNREACH;
        boolean linkUnsaid = remote instanceof Ipv6Address ipv6 && ipv6.isLinkLocal();
        if (linkUnsaid) return Errno.EINVAL;
        return canReach(bound, remote) ? null : Errno.EAFNOSUPPORT;
    }

    /**
     * To no address at all means to this host, as on every Unix.
     *
     * @param bound the socket's own address, null if it has none
     */
    static IpAddress destination(IpAddress remote, @Nullable IpAddress bound) {
        if (!remote.isAny()) return remote;
        boolean ipv4 = remote instanceof Ipv4Address || bound instanceof Ipv4Address;
        return ipv4 ? Ipv4Address.LOOPBACK : Ipv6Address.LOOPBACK;
    }

    /** From an address of the one family nothing goes to the other. */
    private static boolean canReach(@Nullable IpAddress bound, IpAddress remote) {
        if (bound == null || bound.equals(Ipv6Address.ANY)) return true;
        return bound instanceof Ipv4Address == remote instanceof Ipv4Address;
    }
}
