package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which way the packets of one host go. net/ipv4/route.c, ip_route_output_key_hash_rcu(). */
final class Ipv4Routing {

    /** 224.0.0.0/4. */
    private static final int GROUP_PREFIX = 4;

    private final IpLayer layer;
    private final List<NetworkInterface> interfaces;
    private final RoutingTable table;
    private int lastDestination;
    private @Nullable Route lastRoute;

    Ipv4Routing(IpLayer layer, List<NetworkInterface> interfaces) {
        this.layer = layer;
        this.interfaces = interfaces;
        this.table = new RoutingTable(interfaces);
    }

    RoutingTable table() {
        return table;
    }

    /** {@code ip route replace … via}; by the interface that reaches the gateway. */
    void addVia(Ipv4Address network, int prefixLength, Ipv4Address gateway) {
        NetworkInterface out = interfaces.getFirst();
        for (NetworkInterface own : interfaces.reversed()) if (own.reaches(gateway)) out = own;
        table.replace(Ipv4Route.via(network, prefixLength, gateway, out));
    }

    void routesHaveChanged() {
        lastRoute = null;
    }

    /** The interface that has this address; null if it is no address of the host's. */
    @Nullable NetworkInterface owner(int address) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).address().bits() == address) return interfaces.get(i);
        }
        return null;
    }

    /** Why there is no route to {@code destination}, as errno(3) numbers it. */
    int error(Ipv4Address destination) {
        Ipv4Route way = table.find(destination, NetworkInterface.ANY);
        return way == null ? IpLayer.NO_ROUTE : way.type().error();
    }

    /** How {@code destination} is reached; empty where connect(2) says ENETUNREACH. */
    Optional<Route> find(Ipv4Address destination) {
        Optional<Route> local = local(destination, NetworkInterface.ANY);
        if (local.isPresent()) return local;
        Ipv4Route way = table.find(destination, NetworkInterface.ANY);
        NetworkInterface out = way == null ? null : way.out();
        return way == null || out == null
                ? Optional.empty()
                : Optional.of(remote(destination, nextHop(destination, way), out));
    }

    /**
     * How {@code destination} is reached by an interface: where the table knows no way that goes
     * out by it, the destination is taken to be on its link. Empty where there is none: ENODEV.
     */
    Optional<Route> find(Ipv4Address destination, int out) {
        if (out == NetworkInterface.ANY) return find(destination);
        Optional<Route> local = local(destination, out);
        if (local.isPresent()) return local;
        if (out == NetworkInterface.LOOPBACK_INDEX) {
            return Optional.of(local(Ipv4Address.LOOPBACK, destination));
        }
        NetworkInterface own = layer.interfaceOf(out);
        if (own == null) return Optional.empty();
        Ipv4Route way = table.find(destination, out);
        Ipv4Address nextHop = way == null ? destination : nextHop(destination, way);
        return Optional.of(remote(destination, nextHop, own));
    }

    /** What is for a group does not go to a gateway by way of a default route. */
    private static Ipv4Address nextHop(Ipv4Address destination, Ipv4Route way) {
        boolean onLink = destination.isMulticast() && way.prefixLength() < GROUP_PREFIX;
        return onLink ? destination : way.gateway().orElse(destination);
    }

    private Optional<Route> local(Ipv4Address destination, int out) {
        int index = NetworkInterface.LOOPBACK_INDEX;
        if (!destination.isLoopback()) {
            NetworkInterface owner = owner(destination.bits());
            if (owner == null) return Optional.empty();
            index = owner.index();
        }
        if (out != NetworkInterface.ANY && out != index) return Optional.empty();
        Ipv4Address source = destination.isLoopback() ? Ipv4Address.LOOPBACK : destination;
        return Optional.of(local(source, destination));
    }

    private static Route local(Ipv4Address source, Ipv4Address destination) {
        return new Route(source, destination, IpLayer.LOOPBACK_MTU, RouteMetrics.NONE, null);
    }

    private Route remote(Ipv4Address destination, Ipv4Address nextHop, NetworkInterface out) {
        RouteMetrics metrics = layer.metrics(destination);
        int mtu =
                metrics.mtu() > 0
                        ? metrics.mtu()
                        : layer.pathMtus().mtu(destination, out.nic().mtu());
        return new Route(out.address(), nextHop, mtu, metrics, out);
    }

    /** The route of the packet before, if this one has the same destination, as most have. */
    @Nullable Route asBefore(Ipv4Address destination) {
        boolean same = lastRoute != null && destination.bits() == lastDestination;
        if (!same || !layer.pathMtus().isEmpty()) {
            lastRoute = find(destination).orElse(null);
            lastDestination = destination.bits();
        }
        return lastRoute;
    }
}
