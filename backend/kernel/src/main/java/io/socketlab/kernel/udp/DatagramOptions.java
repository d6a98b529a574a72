package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.Delivery;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wire.Ipv4Header;
import org.jspecify.annotations.Nullable;

/**
 * The options that all datagram sockets have, of SOL_SOCKET, IPPROTO_IP and IPPROTO_IPV6, and how
 * packets travel by them.
 */
final class DatagramOptions {

    private static final int SOCK_DGRAM = 2;

    private final SocketOptions socket;
    private final DatagramIpOptions ip;
    private final @Nullable Ipv6Options ipv6;

    DatagramOptions(AddressFamily family, int protocol, Sysctls sysctls) {
        this.ipv6 = family == AddressFamily.AF_INET6 ? new Ipv6Options(sysctls) : null;
        this.socket =
                new SocketOptions(
                        family,
                        SOCK_DGRAM,
                        protocol,
                        sysctls.integer("net.core.wmem_default"),
                        sysctls.integer("net.core.rmem_default"),
                        sysctls);
        this.ip = new DatagramIpOptions(socket, sysctls);
    }

    SocketOptions socket() {
        return socket;
    }

    DatagramIpOptions ip() {
        return ip;
    }

    @Nullable Ipv6Options ipv6() {
        return ipv6;
    }

    AddressFamily family() {
        return socket.family();
    }

    /** IPV6_V6ONLY. */
    boolean ipv6Only() {
        return ipv6 != null && ipv6.only();
    }

    /**
     * @param bound the socket has a port
     */
    Outcome<Integer> set(SocketOption option, OptionValue value, boolean bound) {
        return switch (option.level()) {
            case SOL_SOCKET -> socket.set(option, value);
            case IPPROTO_IP -> setIp(option, value);
            case IPPROTO_IPV6 -> setIpv6(option, value, bound);
            case IPPROTO_UDP, IPPROTO_TCP -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private Outcome<Integer> setIp(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = ip.set(option, value);
        if (!ip.receivesErrors() && socket.hasQueuedErrors()) socket.errorQueue().clear();
        return outcome;
    }

    private Outcome<Integer> setIpv6(SocketOption option, OptionValue value, boolean bound) {
        if (ipv6 == null) return new Failed<>(Errno.ENOPROTOOPT);
        Outcome<Integer> outcome = ipv6.set(option, value, bound, false);
        if (option == SocketOption.IPV6_RECVERR && !ipv6.receivesErrors()) {
            socket.errorQueue().clear();
        }
        return outcome;
    }

    /** What does not depend on the peer, as IP_MTU does. */
    Outcome<OptionValue> get(SocketOption option) {
        return switch (option.level()) {
            case SOL_SOCKET -> socket.get(option, false);
            case IPPROTO_IP -> ip.get(option);
            case IPPROTO_IPV6 ->
                    ipv6 == null ? new Failed<>(Errno.ENOPROTOOPT) : ipv6.get(option, 0);
            case IPPROTO_UDP, IPPROTO_TCP -> new Failed<>(Errno.EOPNOTSUPP);
        };
    }

    /** Those of IPv6 count where it goes by IPv6; null where it does not. */
    private @Nullable Ipv6Options ipv6(Destination to) {
        return to.isIpv6() ? ipv6 : null;
    }

    /** The most that a packet to {@code to} may have before it is cut or refused. */
    int mtu(Destination to, IpLayer layer) {
        Ipv6Options own = ipv6(to);
        boolean ignoresPath = own == null ? ip.ignoresPathMtu() : own.ignoresPathMtu();
        int mtu = ignoresPath ? layer.interfaceMtu(to.route()) : to.route().mtu();
        return own == null || own.mtu() == 0 ? mtu : Math.min(mtu, own.mtu());
    }

    /** Whether a packet larger than that is refused instead of cut into fragments. */
    boolean refusesTooBig(Destination to) {
        Ipv6Options own = ipv6(to);
        return own == null ? ip.refusesTooBig() : own.refusesTooBig();
    }

    /**
     * How {@code packet} travels.
     *
     * @param protocol its number in the IP header
     */
    Delivery delivery(PacketBuffer packet, Destination to, int protocol, IpLayer layer) {
        Ipv6Options own = ipv6(to);
        if (own != null) {
            return new Delivery(
                    to.source(),
                    to.address(),
                    protocol,
                    own.hopLimit(),
                    own.trafficClass(),
                    false,
                    own.ignoresPathMtu());
        }
        boolean fits = packet.length() + Ipv4Header.SIZE <= mtu(to, layer);
        boolean locked = layer.pathMtus().isLocked(to.address());
        return new Delivery(
                to.source(),
                to.address(),
                protocol,
                ip.ttl(),
                ip.tos(),
                ip.forbidsFragments(fits, locked),
                ip.ignoresPathMtu());
    }
}
