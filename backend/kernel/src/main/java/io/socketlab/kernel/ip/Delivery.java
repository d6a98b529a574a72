package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IpAddress;

/**
 * What a transport protocol says of a packet that it gives to {@link IpLayer#send}.
 *
 * @param dst of the same family as {@code src}
 * @param tos of IPv6 the traffic class
 * @param ttl of IPv6 the hop limit
 * @param dontFragment it is dropped rather than sent in fragments
 * @param ignoresPathMtu only what the interface takes limits it
 * @param out the index of the interface that it is to go out by; {@link NetworkInterface#ANY} where
 *     the route decides
 * @param loopsBack one to a group that this host is in as well is given to it, too
 */
public record Delivery(
        IpAddress src,
        IpAddress dst,
        int protocol,
        int ttl,
        int tos,
        boolean dontFragment,
        boolean ignoresPathMtu,
        int out,
        boolean loopsBack) {

    public Delivery(
            IpAddress src, IpAddress dst, int protocol, int ttl, int tos, boolean dontFragment) {
        this(src, dst, protocol, ttl, tos, dontFragment, false, NetworkInterface.ANY, false);
    }
}
