package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.Delivery;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlFlags;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PacketArrival;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options that all datagram sockets have, of SOL_SOCKET, IPPROTO_IP and IPPROTO_IPV6, and how
 * packets travel by them.
 */
final class DatagramOptions {

    private static final int SOCK_DGRAM = 2;

    private final IpLayer layer;
    private final SocketOptions socket;
    private final DatagramIpOptions ip;
    private final @Nullable Ipv6Options ipv6;
    private final MulticastOptions multicast;
    private ControlFlags controlFlags = ControlFlags.NONE;

    DatagramOptions(AddressFamily family, int protocol, IpLayer layer, Sysctls sysctls) {
        this.layer = layer;
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
        this.multicast = new MulticastOptions(layer, socket);
    }

    SocketOptions socket() {
        return socket;
    }

    MulticastOptions multicast() {
        return multicast;
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
        if (ControlFlags.cover(option)) return setControlFlag(option, value);
        if (MulticastOptions.cover(option)) return multicast.set(option, value);
        return switch (option.level()) {
            case SOL_SOCKET -> setBase(option, value);
            case IPPROTO_IP -> setIp(option, value);
            case IPPROTO_IPV6 -> setIpv6(option, value, bound);
            case IPPROTO_UDP, IPPROTO_TCP -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private Outcome<Integer> setBase(SocketOption option, OptionValue value) {
        return option == SocketOption.SO_BINDTODEVICE
                ? socket.bindToDevice(value, layer::interfaceIndex)
                : socket.set(option, value);
    }

    private Outcome<Integer> setControlFlag(SocketOption option, OptionValue value) {
        if (isOfOtherFamily(option)) return new Failed<>(Errno.ENOPROTOOPT);
        if (!(value instanceof OptionValue.Int(int n))) return new Failed<>(Errno.EINVAL);
        controlFlags = controlFlags.with(option, n != 0);
        return new Outcome.Done<>(0);
    }

    private boolean isOfOtherFamily(SocketOption option) {
        return option.level() == SocketOption.Level.IPPROTO_IPV6 && ipv6 == null;
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
        if (ControlFlags.cover(option) && !isOfOtherFamily(option)) {
            return new Outcome.Done<>(new OptionValue.Int(controlFlags.has(option) ? 1 : 0));
        }
        if (MulticastOptions.cover(option)) return multicast.get(option);
        return switch (option.level()) {
            case SOL_SOCKET ->
                    option == SocketOption.SO_BINDTODEVICE
                            ? new Outcome.Done<>(new OptionValue.Text(device()))
                            : socket.get(option, false);
            case IPPROTO_IP -> ip.get(option);
            case IPPROTO_IPV6 ->
                    ipv6 == null ? new Failed<>(Errno.ENOPROTOOPT) : ipv6.get(option, 0);
            case IPPROTO_UDP, IPPROTO_TCP -> new Failed<>(Errno.EOPNOTSUPP);
        };
    }

    /**
     * Adds what the socket wants to be told of a packet; {@code packet} is positioned behind its IP
     * header.
     *
     * @param port what it has where UDP has its destination port
     */
    void tell(PacketBuffer packet, IpHeader ip, int port, List<ControlMessage> told) {
        if (controlFlags.isNone()) return;
        int index = packet.interfaceIndex();
        Ipv4Address local =
                ip.destination() instanceof Ipv4Address address && layer.isLocal(address)
                        ? address
                        : layer.ipv4AddressOf(index).orElse(Ipv4Address.ANY);
        controlFlags.tell(new PacketArrival(ip, index, local, port), told);
    }

    /** Likewise of an ICMP error. */
    void tellOfError(PacketArrival arrival, List<ControlMessage> told) {
        controlFlags.tell(arrival, told);
    }

    /** SO_BINDTODEVICE; empty for none, and for one that is not there. */
    private String device() {
        return layer.device(socket.boundDevice()).orElse("");
    }

    /** Those of IPv6 count where it goes by IPv6; null where it does not. */
    private @Nullable Ipv6Options ipv6(Destination to) {
        return to.isIpv6() ? ipv6 : null;
    }

    /** The most that a packet to {@code to} may have before it is cut or refused. */
    int mtu(Destination to) {
        Ipv6Options own = ipv6(to);
        boolean ignoresPath = own == null ? ip.ignoresPathMtu() : own.ignoresPathMtu();
        int mtu = ignoresPath ? layer.interfaceMtu(to.route()) : to.route().mtu();
        return own == null || own.mtu() == 0 ? mtu : Math.min(mtu, own.mtu());
    }

    /** Whether a packet larger than that is refused instead of cut into fragments. */
    boolean refusesTooBig(Destination to) {
        Ipv6Options own = ipv6(to);
        return own == null
                ? ip.refusesTooBig()
                : own.refusesTooBig(to.dontFragment(own.dontFragment()));
    }

    /**
     * How {@code packet} travels.
     *
     * @param protocol its number in the IP header
     */
    Delivery delivery(PacketBuffer packet, Destination to, int protocol) {
        Ipv6Options own = ipv6(to);
        if (own != null) {
            return new Delivery(
                    to.source(),
                    to.address(),
                    protocol,
                    to.ttl(own.hopLimit()),
                    to.tos(own.trafficClass()),
                    false,
                    own.ignoresPathMtu(),
                    to.out(),
                    false);
        }
        boolean fits = packet.length() + Ipv4Header.SIZE <= mtu(to);
        boolean locked = layer.pathMtus().isLocked(to.address());
        return new Delivery(
                to.source(),
                to.address(),
                protocol,
                to.ttl(to.address().isMulticast() ? multicast.ttl() : ip.ttl()),
                to.tos(ip.tos()),
                ip.forbidsFragments(fits, locked),
                ip.ignoresPathMtu(),
                to.out(),
                multicast.loops());
    }
}
