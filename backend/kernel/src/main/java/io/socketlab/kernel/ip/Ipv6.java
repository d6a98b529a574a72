package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.FragmentSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6FragmentHeader;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.kernel.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** IPv6 of one host: addresses, routes and output. RFC 8200, net/ipv6. */
final class Ipv6 {

    /** In front of the transport header; a packet that is cut up has its own for each fragment. */
    private static final int HEADROOM = Ipv6Header.SIZE + EthernetHeader.SIZE;

    private static final int LINK_LOCAL_PREFIX = 64;

    /** Where a header has its source. */
    private static final int SOURCE_AT = 8;

    private final IpLayer layer;
    private final NetworkInterface out;
    private final Nic nic;
    private final EventLoop loop;
    private final Trace trace;
    private final IntSupplier packetNumbers;
    private final PathMtus pathMtus;
    private final Icmpv6Layer icmp;
    private final NeighbourDiscovery neighbours;
    private final Ipv6Input input;
    private final Ipv6Interface linkLocal;
    private final List<Ipv6Interface> addresses = new ArrayList<>(1);
    private @Nullable Ipv6Address gateway;
    private int identification;
    private @Nullable Ipv6Address lastDestination;
    private @Nullable Route lastRoute;

    /**
     * @param out the one interface that has IPv6
     */
    Ipv6(
            IpLayer layer,
            NetworkInterface out,
            EventLoop loop,
            Trace trace,
            IntSupplier packetNumbers) {
        this.layer = layer;
        this.out = out;
        this.nic = out.nic();
        this.loop = loop;
        this.trace = trace;
        this.packetNumbers = packetNumbers;
        this.pathMtus = layer.pathMtus();
        this.linkLocal = new Ipv6Interface(Ipv6Address.linkLocal(nic.address()), LINK_LOCAL_PREFIX);
        this.icmp = new Icmpv6Layer(this, trace);
        this.neighbours = new NeighbourDiscovery(this, nic, loop);
        this.input = new Ipv6Input(this, loop, trace);
    }

    IpLayer layer() {
        return layer;
    }

    Icmpv6Layer icmp() {
        return icmp;
    }

    NeighbourDiscovery neighbours() {
        return neighbours;
    }

    Ipv6Address linkLocal() {
        return linkLocal.address();
    }

    /** {@code ip -6 addr add}. */
    void add(Ipv6Interface address) {
        addresses.add(address);
        lastRoute = null;
    }

    /** Where packets go that are for no network of ours. */
    void gateway(Ipv6Address nextHop) {
        gateway = nextHop;
    }

    Optional<Ipv6Address> gateway() {
        return Optional.ofNullable(gateway);
    }

    /** Its addresses, the link-local one last; none where the link cannot carry IPv6. */
    List<Ipv6Interface> addresses() {
        if (nic.mtu() < Ipv6Header.MIN_MTU) return List.of();
        var all = new ArrayList<>(addresses);
        all.add(linkLocal);
        return all;
    }

    PacketBuffer newPacket(int length) {
        return PacketBuffer.withRoom(packetNumbers.getAsInt(), HEADROOM, length);
    }

    /** Whether packets to {@code destination} stay on this host. */
    boolean isLocal(Ipv6Address destination) {
        return destination.isLoopback() || isOurs(destination);
    }

    private boolean isOurs(Ipv6Address address) {
        if (address.equals(linkLocal.address())) return true;
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).address().equals(address)) return true;
        }
        return false;
    }

    /** The object that all share for an address of ours; {@code address} itself if it is none. */
    Ipv6Address shared(Ipv6Address address) {
        for (int i = 0; i < addresses.size(); i++) {
            Ipv6Address own = addresses.get(i).address();
            if (own.equals(address)) return own;
        }
        return address;
    }

    /** Whether a packet to {@code destination} is for us: also those to groups we are in. */
    boolean isForUs(Ipv6Address destination) {
        if (isLocal(destination) || destination.equals(Ipv6Address.ALL_NODES)) return true;
        if (!destination.isMulticast()) return false;
        if (destination.equals(linkLocal.address().solicitedNode())) return true;
        return addresses.stream().anyMatch(a -> destination.equals(a.address().solicitedNode()));
    }

    /** How {@code destination} is reached; empty where connect(2) says ENETUNREACH. */
    Optional<Route> route(Ipv6Address destination) {
        return route(destination, NetworkInterface.ANY);
    }

    /**
     * Likewise by an interface.
     *
     * @param by its index; {@link NetworkInterface#ANY} for any
     */
    Optional<Route> route(Ipv6Address destination, int by) {
        int wanted = destination.isLoopback() ? NetworkInterface.LOOPBACK_INDEX : out.index();
        if (by != NetworkInterface.ANY && by != wanted) return Optional.empty();
        if (isLocal(destination)) {
            Ipv6Address source = destination.isLoopback() ? Ipv6Address.LOOPBACK : destination;
            return Optional.of(
                    new Route(source, destination, IpLayer.LOOPBACK_MTU, RouteMetrics.NONE, null));
        }
        // a link that cannot carry the smallest packet has no IPv6
        if (nic.mtu() < Ipv6Header.MIN_MTU) return Optional.empty();
        if (destination.isLinkLocal() || destination.isMulticast()) {
            return Optional.of(remote(linkLocal.address(), destination, destination));
        }
        for (Ipv6Interface own : addresses) {
            if (own.isOnLink(destination)) {
                return Optional.of(remote(own.address(), destination, destination));
            }
        }
        if (gateway == null || addresses.isEmpty()) return Optional.empty();
        return Optional.of(remote(addresses.getFirst().address(), destination, gateway));
    }

    private Route remote(Ipv6Address source, Ipv6Address destination, Ipv6Address nextHop) {
        RouteMetrics metrics = layer.metrics(destination);
        int mtu = metrics.mtu() > 0 ? metrics.mtu() : pathMtus.mtu(destination, nic.mtu());
        return new Route(source, nextHop, mtu, metrics, out);
    }

    /** The route of the packet before, if this one has the same destination, as most have. */
    private @Nullable Route routeAsBefore(Ipv6Address destination) {
        boolean same = lastRoute != null && destination.equals(lastDestination);
        if (!same || !pathMtus.isEmpty()) {
            lastRoute = route(destination).orElse(null);
            lastDestination = destination;
        }
        return lastRoute;
    }

    void routesHaveChanged() {
        lastRoute = null;
    }

    /**
     * Sends a packet that begins at its transport header. Answers false where the host's own
     * queueing discipline refused it.
     */
    boolean send(PacketBuffer packet, Delivery delivery, Ipv6Address dst) {
        Route route =
                delivery.out() == NetworkInterface.ANY
                        ? routeAsBefore(dst)
                        : route(dst, delivery.out()).orElse(null);
        if (route == null) {
            layer.drop(packet, DropReason.NO_ROUTE);
            return true;
        }
        var header =
                new Ipv6Header(
                        delivery.tos(),
                        flowLabel(packet, delivery),
                        packet.length(),
                        delivery.protocol(),
                        delivery.ttl(),
                        (Ipv6Address) delivery.src(),
                        dst);
        int mtu = delivery.ignoresPathMtu() ? layer.interfaceMtu(route) : route.mtu();
        if (packet.length() + Ipv6Header.SIZE <= mtu) {
            return sendWhole(packet, header, route);
        }
        if (delivery.dontFragment()) {
            layer.drop(packet, DropReason.TOO_BIG);
        } else {
            sendFragments(packet, header, route);
            packet.released();
        }
        return true;
    }

    /** One for all packets of a flow: RFC 6437 §3, net.ipv6.auto_flowlabels. */
    private static int flowLabel(PacketBuffer packet, Delivery delivery) {
        boolean hasPorts =
                delivery.protocol() == Ipv4Header.TCP || delivery.protocol() == Ipv4Header.UDP;
        if (!hasPorts) return 0;
        int ports = Octets.getInt(packet.octets(), packet.start());
        int hash = (delivery.src().folded() * 31 + delivery.dst().folded()) * 31 + ports;
        return (hash * 0x9E37_79B9 >>> 12);
    }

    private boolean sendWhole(PacketBuffer packet, Ipv6Header header, Route route) {
        packet.push(Ipv6Header.SIZE);
        header.writeTo(packet.octets(), packet.start());
        if (route.isLocal()) {
            packet.released();
            boolean toLoopback = header.destination().isLoopback();
            packet.arrivedBy(toLoopback ? NetworkInterface.LOOPBACK_INDEX : out.index());
            loop.defer(() -> receiveLocal(packet));
            return true;
        }
        return neighbours.send(packet, (Ipv6Address) route.nextHop());
    }

    private void receiveLocal(PacketBuffer packet) {
        int before = trace.because(packet.cause());
        input.receive(packet);
        trace.because(before);
    }

    /**
     * Only the source cuts up packets; all parts but the last carry as many octets as fit, a
     * multiple of 8. RFC 8200 §4.5.
     */
    private void sendFragments(PacketBuffer whole, Ipv6Header header, Route route) {
        int id = ++identification;
        int headers = Ipv6Header.SIZE + Ipv6FragmentHeader.SIZE;
        int most = (route.mtu() - headers) / 8 * 8;
        int before = trace.because(whole.cause());
        for (int offset = 0; offset < whole.length(); offset += most) {
            int length = Math.min(most, whole.length() - offset);
            PacketBuffer part = newPacket(Ipv6FragmentHeader.SIZE + length);
            boolean moreFollow = offset + length < whole.length();
            new Ipv6FragmentHeader(header.nextHeader(), offset, moreFollow, id)
                    .writeTo(part.octets(), part.start());
            System.arraycopy(
                    whole.octets(),
                    whole.start() + offset,
                    part.octets(),
                    part.start() + Ipv6FragmentHeader.SIZE,
                    length);
            if (offset == 0) part.as(whole);
            if (trace.isOn()) {
                part.causedBy(
                        trace.emit(
                                new FragmentSent(
                                        trace.stamp(layer.host(), Rule.RFC8200_FRAGMENTATION),
                                        part.number(),
                                        whole.number(),
                                        offset,
                                        length)));
            }
            sendWhole(part, header.carrying(Ipv6Header.FRAGMENT, part.length()), route);
        }
        trace.because(before);
    }

    void receive(PacketBuffer packet, NetworkInterface in) {
        packet.arrivedBy(in.index());
        input.receive(packet);
    }

    /** Nobody on the link has the address: the sender's own kernel reports it. */
    void unresolved(PacketBuffer packet) {
        packet.released();
        int before = trace.because(packet.cause());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new PacketDropped(
                                    trace.stamp(layer.host(), Rule.LINUX_NEIGHBOUR_UNRESOLVED),
                                    packet.number(),
                                    "ip",
                                    DropReason.NO_NEIGHBOUR)));
            trace.because(packet.cause());
        }
        var message =
                new Icmpv6Message(Icmpv6Message.UNREACHABLE, Icmpv6Message.ADDRESS_UNREACHABLE, 0);
        Ipv6Address source = Ipv6Address.read(packet.octets(), packet.start() + SOURCE_AT);
        packet.arrivedBy(out.index());
        input.reportError(message, Icmpv6Layer.ownError(source), packet);
        trace.because(before);
    }

    Ipv6Input input() {
        return input;
    }
}
