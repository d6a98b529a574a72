package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
        for (NetworkInterface own : interfaces) routes.add(Ipv4Route.own(own));
        sort();
    }

    private void sort() {
        routes.sort(Comparator.comparingInt(Ipv4Route::prefixLength).reversed());
    }

    /** {@code ip route add}: answers false where there is a way to that network already. */
    boolean add(Ipv4Route route) {
        for (Ipv4Route there : routes) if (there.hasPrefixOf(route)) return false;
        routes.addFirst(route);
        sort();
        return true;
    }

    /** {@code ip route replace}. */
    void replace(Ipv4Route route) {
        routes.removeIf(there -> there.hasPrefixOf(route));
        add(route);
    }

    /** {@code ip route del}: answers whether there was one. */
    boolean remove(Predicate<Ipv4Route> which) {
        for (int i = 0; i < routes.size(); i++) {
            if (!which.test(routes.get(i))) continue;
            routes.remove(i);
            return true;
        }
        return false;
    }

    /**
     * The way to {@code destination}; null if there is none.
     *
     * @param out the index of the interface it goes out by; {@link NetworkInterface#ANY} for any
     */
    @Nullable Ipv4Route find(Ipv4Address destination, int out) {
        for (int i = 0; i < routes.size(); i++) {
            Ipv4Route way = routes.get(i);
            if (way.covers(destination) && way.goesOutBy(out)) return way;
        }
        return null;
    }

    /** All of them, the longest prefix first. */
    List<Ipv4Route> all() {
        return List.copyOf(routes);
    }
}
