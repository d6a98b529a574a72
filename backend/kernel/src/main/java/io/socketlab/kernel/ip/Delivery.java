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
 */
public record Delivery(
        IpAddress src,
        IpAddress dst,
        int protocol,
        int ttl,
        int tos,
        boolean dontFragment,
        boolean ignoresPathMtu) {

    public Delivery(
            IpAddress src, IpAddress dst, int protocol, int ttl, int tos, boolean dontFragment) {
        this(src, dst, protocol, ttl, tos, dontFragment, false);
    }
}
