package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which way to which network: of those that an address is in the one with the longest prefix
 * counts. RFC 1812 §5.2.4.3, net/ipv4/fib_trie.c. Those of the host's own networks are there from
 * the beginning.
 */
final class RoutingTable {

    /** The longest prefix first, and of equals the newest. */
    private final List<Ipv4Route> routes = new ArrayList<>();

    RoutingTable(List<NetworkInterface> interfaces) {
        for (NetworkInterface own : interfaces) {
            routes.add(
                    new Ipv4Route(
                            network(own.address(), own.prefixLength()),
                            own.prefixLength(),
                            Optional.empty(),
                            own));
        }
        sort();
    }

    private static Ipv4Address network(Ipv4Address address, int prefixLength) {
        return new Ipv4Address(
                prefixLength == 0 ? 0 : address.bits() & -1 << Integer.SIZE - prefixLength);
    }

    private void sort() {
        routes.sort(Comparator.comparingInt(Ipv4Route::prefixLength).reversed());
    }

    /** {@code ip route replace}. */
    void add(Ipv4Address to, int prefixLength, Ipv4Address gateway, NetworkInterface out) {
        Ipv4Address network = network(to, prefixLength);
        routes.removeIf(r ->
                r.gateway().isPresent()
                        && r.network().equals(network)
                        && r.prefixLength() == prefixLength);
        routes.addFirst(new Ipv4Route(network, prefixLength, Optional.of(gateway), out));
        sort();
    }

    /** The way to {@code destination}; null if there is none. */
    @Nullable Ipv4Route find(Ipv4Address destination) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).covers(destination)) return routes.get(i);
        }
        return null;
    }

    /** All of them, the longest prefix first. */
    List<Ipv4Route> all() {
        return List.copyOf(routes);
    }
}
