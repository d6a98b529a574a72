package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.kernel.wire.NoAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The network layer of one host as the transport protocols see it: one for both families. An
 * address says which of them a packet goes by.
 */
public final class IpLayer {

    /** Of the loopback interface, which takes an octet more than a packet can have: IP_MAX_MTU. */
    static final int LOOPBACK_MTU = 65_535;

    /** ENETUNREACH. */
    static final int NO_ROUTE = 101;

    /** ENODEV. */
    private static final int NO_DEVICE = 19;

    private final String host;
    private final Trace trace;
    private final EventLoop loop;
    private final List<NetworkInterface> interfaces;
    private final List<TransportProtocol> protocols = new ArrayList<>(2);
    private final PathMtus pathMtus;
    private final List<MetricsOf> metrics = new ArrayList<>(0);
    private final Ipv4 ipv4;
    private final Ipv6 ipv6;
    private final EchoRequests echoRequests;
    private int routesVersion;

    /**
     * @param interfaces at least one
     * @param sysctls those that are numbers, by their names
     */
    public IpLayer(
            String host,
            List<NetworkInterface> interfaces,
            EventLoop loop,
            Trace trace,
            IntSupplier packetNumbers,
            ToIntFunction<String> sysctls) {
        this.host = host;
        this.trace = trace;
        this.interfaces = List.copyOf(interfaces);
        this.loop = loop;
        this.pathMtus = new PathMtus(loop);
        this.ipv4 = new Ipv4(this, this.interfaces, loop, trace, packetNumbers, sysctls);
        this.echoRequests = new EchoRequests(this, trace);
        this.ipv6 = new Ipv6(this, interfaces.getFirst(), loop, trace, packetNumbers);
        for (NetworkInterface own : interfaces) {
            own.nic().handler((packet, etherType) -> receive(packet, etherType, own));
        }
    }

    /** Virtual nanoseconds. */
    public long now() {
        return loop.now();
    }

    public String host() {
        return host;
    }

    public void register(TransportProtocol protocol) {
        protocols.add(protocol);
    }

    @Nullable TransportProtocol protocol(int number) {
        for (int i = 0; i < protocols.size(); i++) {
            if (protocols.get(i).number() == number) return protocols.get(i);
        }
        return null;
    }

    /** What programs ask other hosts by ICMP. */
    public EchoRequests echoRequests() {
        return echoRequests;
    }

    void countIcmpSent(int type) {
        ipv4.counters().icmpSent(type);
    }

    /** {@code ip -6 addr add}. */
    public void add(Ipv6Interface address) {
        ipv6.add(address);
    }

    /** {@code ip -6 neigh add … nud permanent}: {@code address} has that MAC address. */
    public void addNeighbour(Ipv6Address address, long mac) {
        ipv6.neighbours().add(address, mac);
    }

    /** Its network cards, the first of which has IPv6 as well. */
    public List<NetworkInterface> interfaces() {
        return interfaces;
    }

    /** Of its first interface. */
    public Neighbours neighbours() {
        return interfaces.getFirst().neighbours();
    }

    /** {@code tap} sees the IPv4 packets that come for this host, until it is taken off. */
    public void tap(IpTap tap) {
        ipv4.taps().add(tap);
    }

    public void untap(IpTap tap) {
        ipv4.taps().remove(tap);
    }

    /** What of IPv4 may come in. */
    public Firewall firewall() {
        return ipv4.firewall();
    }

    /** What routers have said of paths. */
    public PathMtus pathMtus() {
        return pathMtus;
    }

    /** Where packets go that are for no network of ours. */
    public void gateway(IpAddress nextHop) {
        switch (nextHop) {
            case Ipv4Address address -> ipv4.routing().addVia(Ipv4Address.ANY, 0, address);
            case Ipv6Address address -> ipv6.gateway(address);
            case NoAddress none -> throw notAnAddress(none);
        }
        routesHaveChanged();
    }

    private void routesHaveChanged() {
        routesVersion++;
        ipv4.routing().routesHaveChanged();
        ipv6.routesHaveChanged();
    }

    /** Changes with the routing table: who keeps a route need only look at this. */
    public int routesVersion() {
        return routesVersion;
    }

    /** {@code ip route add}: answers false where there is a way to that network already. */
    public boolean addRoute(Ipv4Route route) {
        boolean added = ipv4.routing().table().add(route);
        routesHaveChanged();
        return added;
    }

    /** {@code ip route replace}. */
    public void replaceRoute(Ipv4Route route) {
        ipv4.routing().table().replace(route);
        routesHaveChanged();
    }

    /** {@code ip route del}, of the first that is meant: answers whether there was one. */
    public boolean removeRoute(Predicate<Ipv4Route> which) {
        boolean removed = ipv4.routing().table().remove(which);
        routesHaveChanged();
        return removed;
    }

    /** {@code ip route replace NETWORK/PREFIX via GATEWAY}. */
    public void addRoute(Ipv4Address network, int prefixLength, Ipv4Address gateway) {
        ipv4.routing().addVia(network, prefixLength, gateway);
        routesHaveChanged();
    }

    /** Its IPv6 addresses, the link-local one last. */
    public List<Ipv6Interface> ipv6Addresses() {
        return ipv6.addresses();
    }

    /** The next hop to other IPv6 networks, if there is one. */
    public Optional<Ipv6Address> ipv6Gateway() {
        return ipv6.gateway();
    }

    /** Whose MAC addresses are known, in the order in which they were asked for. */
    public Map<Ipv6Address, Long> ipv6Neighbours() {
        return ipv6.neighbours().known();
    }

    /** Its ways to IPv4 networks, the longest prefix first. */
    public List<Ipv4Route> routes() {
        return ipv4.routing().table().all();
    }

    /** What nstat(8) tells of IP and ICMP, by its names. */
    public Map<String, Long> counters() {
        return ipv4.counters().byName();
    }

    public Ipv4Address address() {
        return ipv4.address();
    }

    /**
     * A packet for {@code length} octets of transport header and text, with room for ours in front.
     *
     * @param destination where it will go
     */
    public PacketBuffer newPacket(int length, IpAddress destination) {
        return switch (destination) {
            case Ipv4Address _ -> ipv4.newPacket(length);
            case Ipv6Address _ -> ipv6.newPacket(length);
            case NoAddress none -> throw notAnAddress(none);
        };
    }

    private static IllegalArgumentException notAnAddress(NoAddress none) {
        return new IllegalArgumentException("a packet cannot go to " + none);
    }

    /** As after a loss of power: parts of packets and what was counted are gone. */
    public void forget() {
        ipv4.forget();
        ipv6.input().forget();
    }

    /** Packets of which only some fragments have come. */
    public int incompletePackets() {
        return ipv4.incomplete() + ipv6.input().incomplete();
    }

    /** Whether packets to {@code destination} stay on this host. */
    public boolean isLocal(IpAddress destination) {
        return switch (destination) {
            case Ipv4Address address -> ipv4.isLocal(address);
            case Ipv6Address address -> ipv6.isLocal(address);
            case NoAddress _ -> false;
        };
    }

    /** The same address; of one of the host's own, the object that all share. */
    public IpAddress shared(IpAddress address) {
        return switch (address) {
            case Ipv4Address _ -> address.equals(ipv4.address()) ? ipv4.address() : address;
            case Ipv6Address wanted -> ipv6.shared(wanted);
            case NoAddress _ -> address;
        };
    }

    /** Whether packets to {@code destination} are for all hosts: IPv6 has no such addresses. */
    public boolean isBroadcast(IpAddress destination) {
        return destination instanceof Ipv4Address address && ipv4.isBroadcast(address);
    }

    /** What the interface takes that {@code route} goes out by, whatever is known of the path. */
    public int interfaceMtu(Route route) {
        NetworkInterface out = route.out();
        return out == null ? LOOPBACK_MTU : out.nic().mtu();
    }

    /**
     * Why {@link #route(IpAddress, int)} finds none, as errno(3) numbers it: ENETUNREACH, which is
     * counted, or what the type of the route says; ENODEV where there is no such interface.
     */
    public int routeError(IpAddress destination, int out) {
        if (!hasInterface(out)) return NO_DEVICE;
        if (!(destination instanceof Ipv4Address address)) return NO_ROUTE;
        int error = ipv4.routing().error(address);
        if (error == NO_ROUTE) ipv4.counters().count(IpCounter.OUT_NO_ROUTES);
        return error;
    }

    /** Something was to be sent to {@code destination}, and there is no route. */
    public void countNoRoute(IpAddress destination) {
        boolean counted = destination instanceof Ipv4Address;
        if (counted) ipv4.counters().count(IpCounter.OUT_NO_ROUTES);
    }

    /** How {@code destination} is reached; empty where it is not, see {@link #routeError}. */
    public Optional<Route> route(IpAddress destination) {
        return route(destination, NetworkInterface.ANY);
    }

    /**
     * How {@code destination} is reached by an interface of the host's.
     *
     * @param out its index; {@link NetworkInterface#ANY} for any
     */
    public Optional<Route> route(IpAddress destination, int out) {
        return switch (destination) {
            case Ipv4Address address -> ipv4.routing().find(address, out);
            case Ipv6Address address -> ipv6.route(address, out);
            case NoAddress _ -> Optional.empty();
        };
    }

    /** The network card with this index; null if there is none. */
    @Nullable NetworkInterface interfaceOf(int index) {
        int place = index - NetworkInterface.FIRST_INDEX;
        return place >= 0 && place < interfaces.size() ? interfaces.get(place) : null;
    }

    /** if_nametoindex(3); {@link NetworkInterface#ANY} if there is none of that name. */
    public int interfaceIndex(String device) {
        if (device.equals(NetworkInterface.LOOPBACK)) return NetworkInterface.LOOPBACK_INDEX;
        for (NetworkInterface own : interfaces) if (own.device().equals(device)) return own.index();
        return NetworkInterface.ANY;
    }

    /** if_indextoname(3). */
    public Optional<String> device(int index) {
        if (index == NetworkInterface.LOOPBACK_INDEX) return Optional.of(NetworkInterface.LOOPBACK);
        return Optional.ofNullable(interfaceOf(index)).map(NetworkInterface::device);
    }

    /** The groups that the host is in. */
    public MulticastGroups multicastGroups() {
        return ipv4.groups();
    }

    /** The interface that has this address; {@link NetworkInterface#ANY} if none has. */
    public int interfaceWith(Ipv4Address address) {
        if (address.isLoopback()) return NetworkInterface.LOOPBACK_INDEX;
        NetworkInterface owner = ipv4.routing().owner(address.bits());
        return owner == null ? NetworkInterface.ANY : owner.index();
    }

    /** Whether there is one with this index, or it is {@link NetworkInterface#ANY}. */
    public boolean hasInterface(int index) {
        return index == NetworkInterface.ANY || device(index).isPresent();
    }

    /** IPv4's own address on an interface; nothing of one that is not there. */
    public Optional<Ipv4Address> ipv4AddressOf(int index) {
        if (index == NetworkInterface.LOOPBACK_INDEX) return Optional.of(Ipv4Address.LOOPBACK);
        return Optional.ofNullable(interfaceOf(index)).map(NetworkInterface::address);
    }

    /** {@code ip route change}: what is known beforehand of the way to a network. */
    public void routeMetrics(IpAddress network, int prefixLength, RouteMetrics known) {
        metrics.removeIf(r -> r.network.equals(network) && r.prefixLength == prefixLength);
        metrics.add(new MetricsOf(network, prefixLength, known));
        routesHaveChanged();
    }

    private record MetricsOf(IpAddress network, int prefixLength, RouteMetrics metrics) {

        boolean covers(IpAddress address) {
            if (address instanceof Ipv4Address a && network instanceof Ipv4Address n) {
                return a.sharesPrefix(n, prefixLength);
            }
            return address instanceof Ipv6Address a
                    && network instanceof Ipv6Address n
                    && a.sharesPrefix(n, prefixLength);
        }
    }

    /** What is known beforehand of the way to {@code destination}: what was said last. */
    RouteMetrics metrics(IpAddress destination) {
        for (int i = metrics.size() - 1; i >= 0; i--) {
            if (metrics.get(i).covers(destination)) return metrics.get(i).metrics;
        }
        return RouteMetrics.NONE;
    }

    /**
     * Sends a packet that begins at its transport header. One larger than the route's MTU is sent
     * in fragments, or, where that is forbidden, not at all; one with no route is dropped and
     * traced. Answers false where the host's own queueing discipline refused it.
     */
    public boolean send(PacketBuffer packet, Delivery delivery) {
        return switch (delivery.dst()) {
            case Ipv4Address address -> ipv4.send(packet, delivery, address);
            case Ipv6Address address -> ipv6.send(packet, delivery, address);
            case NoAddress none -> throw notAnAddress(none);
        };
    }

    private void receive(PacketBuffer packet, int etherType, NetworkInterface in) {
        if (etherType == EthernetHeader.IPV4) ipv4.receive(packet, in);
        else if (etherType == EthernetHeader.IPV6) ipv6.receive(packet, in);
        else drop(packet, DropReason.NO_PROTOCOL);
    }

    /**
     * Answers {@code packet}, which is positioned after its IP header, with a message that says
     * that its port is unreachable. RFC 1122 §3.2.2.1, RFC 4443 §3.1.
     */
    public void sendPortUnreachable(IpHeader header, PacketBuffer packet) {
        switch (header) {
            case Ipv4Header of -> ipv4.sendUnreachable(IcmpMessage.PORT_UNREACHABLE, of, packet);
            case Ipv6Header of -> ipv6.icmp().sendPortUnreachable(of, packet);
        }
    }

    void drop(PacketBuffer packet, DropReason reason, Rule rule) {
        packet.released();
        if (trace.isOn()) {
            trace.emit(new PacketDropped(trace.stamp(host, rule), packet.number(), "ip", reason));
        }
    }

    void drop(PacketBuffer packet, DropReason reason) {
        packet.released();
        if (trace.isOn()) {
            trace.emit(new PacketDropped(trace.stamp(host), packet.number(), "ip", reason));
        }
    }
}
