package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * How a destination is reached.
 *
 * @param source the address that packets to it carry
 * @param nextHop the neighbour they go to; the destination itself on its own network
 * @param mtu octets of the largest packet
 * @param metrics what is known of it beforehand
 * @param out by which interface; null if it is this host
 */
public record Route(
        IpAddress source,
        IpAddress nextHop,
        int mtu,
        RouteMetrics metrics,
        @Nullable NetworkInterface out) {

    /** It is this host. */
    public boolean isLocal() {
        return out == null;
    }

    /** Whether packets from {@code from} may take it: 127.0.0.1 is on no network. EINVAL if not. */
    public boolean isOpenTo(IpAddress from) {
        return isLocal() || !(from instanceof Ipv4Address ipv4 && ipv4.isLoopback());
    }
}
