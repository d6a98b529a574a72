package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import org.jspecify.annotations.Nullable;

/** Where a datagram socket can send. udpv6_sendmsg(), ip6_datagram_connect(). */
final class DatagramAddressing {

    private DatagramAddressing() {}

    /**
     * Why nothing can be sent to {@code named}; null if it can.
     *
     * @param ipv6Only IPV6_V6ONLY
     * @param local the socket's own address
     */
    static @Nullable Errno unreachable(
            AddressFamily family, boolean ipv6Only, IpAddress local, IpAddress named) {
        // unlike bind(2), these calls take a sockaddr_in on either socket
        boolean both = family == AddressFamily.AF_INET6 && named instanceof Ipv4Address;
        Errno refused = family.refuses(named);
        if (refused != null && !both) return refused;
        IpAddress to = family.inward(named);
        boolean fromIpv4 = local instanceof Ipv4Address;
        if (to instanceof Ipv4Address) {
            boolean possible = !ipv6Only && (fromIpv4 || local.isAny());
            return possible ? null : Errno.ENETUNREACH;
        }
        if (to instanceof Ipv6Address ipv6 && ipv6.isLinkLocal()) {
            return Errno.EINVAL; // which link it is on is not said
        }
        return fromIpv4 ? Errno.EAFNOSUPPORT : null;
    }

    /**
     * The address that {@code named} stands for. None at all means this host: the address the
     * socket is bound to, or else the loopback.
     */
    static IpAddress destination(AddressFamily family, IpAddress local, IpAddress named) {
        IpAddress to = family.inward(named);
        if (!to.isAny()) return to;
        boolean ipv4 = to instanceof Ipv4Address || local instanceof Ipv4Address;
        if (!local.isAny() && ipv4 == local instanceof Ipv4Address) return local;
        return ipv4 ? Ipv4Address.LOOPBACK : Ipv6Address.LOOPBACK;
    }
}
