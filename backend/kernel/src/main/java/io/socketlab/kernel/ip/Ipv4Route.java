package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;

/**
 * The way to a network, as {@code ip route} shows it.
 *
 * @param gateway the next hop; empty for a network of the host's own
 */
public record Ipv4Route(
        Ipv4Address network,
        int prefixLength,
        Optional<Ipv4Address> gateway,
        NetworkInterface out) {

    boolean covers(Ipv4Address destination) {
        return destination.sharesPrefix(network, prefixLength);
    }
}
