package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketAddressOctets;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.SocketBound;
import io.socketlab.kernel.trace.TraceEvent.SocketConnected;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket's own address and its peer's. inet_bind(), __ip4_datagram_connect(),
 * __udp_disconnect().
 */
final class DatagramAddresses {

    private static final int MAX_MTU = 0xFFFF;

    /** Who gives a socket its port. */
    interface Ports {

        /** Gives the socket {@code wanted}, of which port 0 means any free one. */
        @Nullable Errno bind(Endpoint wanted);

        void unbind();
    }

    private final int socket;
    private final IpLayer ip;
    private final Trace trace;
    private final DatagramOptions options;
    private final Ports ports;
    private Endpoint local;
    private @Nullable Endpoint remote;

    /** bind(2) said so, not the kernel: kept when a connect(2) is undone. */
    private boolean addressIsBound;

    private boolean portIsBound;

    DatagramAddresses(int socket, IpLayer ip, Trace trace, DatagramOptions options, Ports ports) {
        this.socket = socket;
        this.ip = ip;
        this.trace = trace;
        this.options = options;
        this.ports = ports;
        this.local = options.family().unbound();
    }

    /** As the network layer has it. */
    Endpoint local() {
        return local;
    }

    @Nullable Endpoint remote() {
        return remote;
    }

    boolean isConnected() {
        return remote != null;
    }

    /** As programs see them. */
    Endpoint outwardLocal() {
        return options.family().outward(local);
    }

    /** Nobody, as getpeername(2) has it, is a peer without a port: inet_getname(). */
    Optional<Endpoint> outwardRemote() {
        return Optional.ofNullable(remote)
                .filter(peer -> peer.port() != 0)
                .map(options.family()::outward);
    }

    Outcome<Integer> bind(Endpoint address) {
        AddressFamily family = options.family();
        Errno refused = family.refuses(address.address());
        if (refused != null) return new Failed<>(refused);
        IpAddress wanted = family.inward(address.address());
        if (wanted instanceof Ipv4Address && options.ipv6Only()) return new Failed<>(Errno.EINVAL);
        if (!options.ip().mayBindAny() && !isOurs(wanted)) {
            return new Failed<>(Errno.EADDRNOTAVAIL);
        }
        if (local.port() != 0) return new Failed<>(Errno.EINVAL);
        boolean addressAlone = address.port() == 0 && options.ip().bindsNoPort();
        if (addressAlone) {
            bound(new Endpoint(wanted, 0));
        } else {
            Errno failure = ports.bind(new Endpoint(wanted, address.port()));
            if (failure != null) return new Failed<>(failure);
        }
        addressIsBound = !wanted.isAny();
        portIsBound = address.port() != 0;
        return new Done<>(0);
    }

    private boolean isOurs(IpAddress address) {
        return address.isAny()
                || ip.isLocal(address)
                || ip.isBroadcast(address)
                || address.isMulticast();
    }

    /** A first send or connect(2) binds a socket that is not bound yet: inet_autobind(). */
    boolean autobind() {
        return local.port() != 0 || ports.bind(new Endpoint(local.address(), 0)) == null;
    }

    /** It has been given its address. */
    void bound(Endpoint address) {
        local = address;
        if (trace.isOn()) {
            trace.emit(new SocketBound(trace.stamp(ip.host()), socket, address));
        }
    }

    /** Nothing is sent: from now on datagrams go to this address. */
    Outcome<Integer> connect(Endpoint peer) {
        if (peer.address() instanceof NoAddress) return disconnect();
        if (!autobind()) return new Failed<>(Errno.EAGAIN);
        Errno unreachable = unreachable(peer.address());
        if (unreachable != null) return new Failed<>(unreachable);
        IpAddress destination = destination(peer.address());
        int device = device(destination);
        Optional<Route> route = ip.route(destination, device);
        if (route.isEmpty()) return new Failed<>(noRoute(destination, device));
        if (!route.get().isOpenTo(local.address())) return new Failed<>(Errno.EINVAL);
        if (isForbiddenBroadcast(destination)) return new Failed<>(Errno.EACCES);
        if (local.address().isAny()) {
            local = new Endpoint(source(destination, route.get()), local.port());
        }
        remote = new Endpoint(destination, peer.port());
        if (trace.isOn()) {
            trace.emit(
                    new SocketConnected(
                            trace.stamp(ip.host(), Rule.UDP_CONNECT), socket, local, remote));
        }
        return new Done<>(0);
    }

    /** connect(2) to AF_UNSPEC: what bind(2) gave stays, the rest is gone. __udp_disconnect(). */
    private Outcome<Integer> disconnect() {
        remote = null;
        int port = local.port();
        if (!portIsBound && port != 0) {
            ports.unbind();
            port = 0;
        }
        IpAddress address = addressIsBound ? local.address() : options.family().any();
        if (!local.equals(new Endpoint(address, port))) bound(new Endpoint(address, port));
        return new Done<>(0);
    }

    private Errno noRoute(IpAddress destination, int out) {
        return Errno.of(ip.routeError(destination, out));
    }

    private @Nullable Errno unreachable(IpAddress named) {
        return DatagramAddressing.unreachable(
                options.family(), options.ipv6Only(), local.address(), named);
    }

    private IpAddress destination(IpAddress named) {
        return DatagramAddressing.destination(options.family(), local.address(), named);
    }

    private boolean isForbiddenBroadcast(IpAddress destination) {
        return ip.isBroadcast(destination) && !options.socket().broadcast();
    }

    /**
     * Where a send goes: where it says, or to the peer.
     *
     * @param isUdp and not an echo request: one that names port 0 fails, and there are control
     *     messages of UDP
     */
    Outcome<Destination> destination(Transmission out, boolean isUdp) {
        if (isUdp && out.to().isPresent() && out.to().get().equals(Endpoint.UNSPECIFIED)) {
            return toNowhere(out);
        }
        Endpoint to = out.to().orElse(remote);
        if (to == null) return new Failed<>(Errno.EDESTADDRREQ);
        Errno unreachable = out.to().isPresent() ? unreachable(to.address()) : null;
        if (unreachable != null) return new Failed<>(unreachable);
        if (isUdp && to.port() == 0 && out.to().isPresent()) {
            return new Failed<>(Errno.EINVAL);
        }
        return destination(to, out, isUdp);
    }

    private Outcome<Destination> destination(Endpoint to, Transmission out, boolean isUdp) {
        IpAddress destination = destination(to.address());
        DatagramControl control = null;
        if (!out.control().isEmpty()) {
            boolean byIpv6 = destination instanceof Ipv6Address;
            control = new DatagramControl(options.socket(), byIpv6);
            Errno wrong = control.take(out.control(), isUdp);
            if (wrong == null) wrong = wrongSource(control);
            if (wrong != null) return new Failed<>(wrong);
        }
        Outcome<Destination> routed = routed(new Endpoint(destination, to.port()), control);
        boolean onLink = options.socket().staysOnLink();
        if (isUdp && (onLink || (out.flags() & MessageFlags.MSG_DONTROUTE) != 0)) {
            return withoutGateway(routed);
        }
        return routed;
    }

    /** MSG_DONTROUTE and SO_DONTROUTE: nothing for others to forward. IPv6 does not ask. */
    private static Outcome<Destination> withoutGateway(Outcome<Destination> routed) {
        boolean forwarded =
                routed instanceof Done<Destination>(Destination to)
                        && to.address() instanceof Ipv4Address address
                        && !address.isMulticast()
                        && !to.route().nextHop().equals(address);
        return forwarded ? new Failed<>(Errno.ENETUNREACH) : routed;
    }

    /**
     * A send whose address is of no family. udp_sendmsg() takes that for AF_INET, with no port;
     * udpv6_sendmsg() for none at all, and then looks for a way to the peer by IPv6.
     */
    private Outcome<Destination> toNowhere(Transmission out) {
        if (options.family() == AddressFamily.AF_INET) return new Failed<>(Errno.EINVAL);
        if (remote == null) return new Failed<>(Errno.EDESTADDRREQ);
        if (remote.address() instanceof Ipv4Address) return new Failed<>(Errno.ENETUNREACH);
        return destination(remote, out, true);
    }

    /** An address that the host does not have. RFC 3542 §6.6; net/ipv4/route.c. */
    private @Nullable Errno wrongSource(DatagramControl control) {
        IpAddress source = control.source();
        if (source == null || ip.isLocal(source)) return null;
        boolean byIpv6 = source instanceof Ipv6Address;
        if (byIpv6 && !ip.hasInterface(control.out())) return Errno.ENODEV;
        boolean ofMany = source.isMulticast() || source.equals(Ipv4Address.BROADCAST);
        return byIpv6 || ofMany ? Errno.EINVAL : Errno.ENETUNREACH;
    }

    /** SO_BINDTODEVICE, or for a group IP_MULTICAST_IF. */
    private int device(IpAddress destination) {
        int bound = options.socket().boundDevice();
        boolean byGroup = bound == NetworkInterface.ANY && destination.isMulticast();
        return byGroup && destination instanceof Ipv4Address
                ? options.multicast().interfaceIndex()
                : bound;
    }

    /** What a socket without an address of its own sends from. */
    private IpAddress source(IpAddress destination, Route route) {
        Ipv4Address ofGroups = options.multicast().address();
        boolean named = destination instanceof Ipv4Address && destination.isMulticast();
        return named && !ofGroups.isAny() ? ofGroups : route.source();
    }

    private Outcome<Destination> routed(Endpoint to, @Nullable DatagramControl control) {
        IpAddress destination = to.address();
        int out = control == null ? NetworkInterface.ANY : control.out();
        if (out == NetworkInterface.ANY) out = device(destination);
        Optional<Route> route = ip.route(destination, out);
        if (route.isEmpty()) return new Failed<>(noRoute(destination, out));
        if (isForbiddenBroadcast(destination)) return new Failed<>(Errno.EACCES);
        IpAddress named = control == null ? null : control.source();
        if (named == null && !local.address().isAny()) named = local.address();
        IpAddress source = named == null ? source(destination, route.get()) : named;
        if (!route.get().isOpenTo(source)) return new Failed<>(Errno.EINVAL);
        return new Done<>(new Destination(source, to, route.get(), out, control));
    }

    /** SO_PEERNAME: what getpeername(2) gives. */
    Outcome<OptionValue> peerName() {
        return outwardRemote()
                .<Outcome<OptionValue>>map(
                        peer -> new Done<>(new OptionValue.Octets(SocketAddressOctets.of(peer))))
                .orElseGet(() -> new Failed<>(Errno.ENOTCONN));
    }

    /** IP_MTU: what is known of the path, for a connected socket only. */
    Outcome<OptionValue> mtu() {
        if (remote == null) return new Failed<>(Errno.ENOTCONN);
        return ip.route(remote.address(), device(remote.address()))
                .<Outcome<OptionValue>>map(
                        r -> new Done<>(new OptionValue.Int(Math.min(r.mtu(), MAX_MTU))))
                .orElseGet(() -> new Failed<>(Errno.ENOTCONN));
    }
}
