package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IpAddress;

/**
 * How a destination is reached.
 *
 * @param source the address that packets to it carry
 * @param nextHop the neighbour they go to; the destination itself on its own network
 * @param mtu octets of the largest packet
 * @param isLocal it is this host
 * @param metrics what is known of it beforehand
 */
public record Route(
        IpAddress source, IpAddress nextHop, int mtu, boolean isLocal, RouteMetrics metrics) {}
