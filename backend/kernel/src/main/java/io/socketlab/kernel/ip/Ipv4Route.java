package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a network, as {@code ip route} shows it.
 *
 * @param gateway the next hop; empty where the network's hosts are reached without one
 * @param out by which interface; null where packets go nowhere
 * @param isOwn it is there because an interface has an address in that network
 */
public record Ipv4Route(
        Ipv4Address network,
        int prefixLength,
        RouteType type,
        Optional<Ipv4Address> gateway,
        @Nullable NetworkInterface out,
        boolean isOwn) {

    public Ipv4Route {
        if (type == RouteType.UNICAST == (out == null)) {
            throw new IllegalArgumentException(type + " by " + out);
        }
        network = network(network, prefixLength);
    }

    /** To everything in {@code network} by way of {@code gateway}. */
    public static Ipv4Route via(
            Ipv4Address network, int prefixLength, Ipv4Address gateway, NetworkInterface out) {
        return new Ipv4Route(
                network, prefixLength, RouteType.UNICAST, Optional.of(gateway), out, false);
    }

    /** To everything in {@code network}, whose hosts are on the interface's own link. */
    public static Ipv4Route onLink(Ipv4Address network, int prefixLength, NetworkInterface out) {
        return new Ipv4Route(
                network, prefixLength, RouteType.UNICAST, Optional.empty(), out, false);
    }

    /** Nowhere: another type than {@link RouteType#UNICAST}. */
    public static Ipv4Route nowhere(Ipv4Address network, int prefixLength, RouteType type) {
        return new Ipv4Route(network, prefixLength, type, Optional.empty(), null, false);
    }

    static Ipv4Route own(NetworkInterface out) {
        return new Ipv4Route(
                out.address(), out.prefixLength(), RouteType.UNICAST, Optional.empty(), out, true);
    }

    private static Ipv4Address network(Ipv4Address address, int prefixLength) {
        return new Ipv4Address(
                prefixLength == 0 ? 0 : address.bits() & -1 << Integer.SIZE - prefixLength);
    }

    boolean covers(Ipv4Address destination) {
        return destination.sharesPrefix(network, prefixLength);
    }

    /** Whether it goes by the interface with this index, or any will do. */
    boolean goesOutBy(int index) {
        return index == NetworkInterface.ANY || out != null && out.index() == index;
    }

    /** Whether {@code other} is a way to the same network. */
    boolean hasPrefixOf(Ipv4Route other) {
        return prefixLength == other.prefixLength && network.equals(other.network);
    }
}
