package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.Ipv4Header;

/** Sees the packets that come for a host before its firewall does, as a packet(7) socket. */
@FunctionalInterface
public interface IpTap {

    /**
     * @param packet positioned behind its header; not to be changed or kept
     */
    void packet(Ipv4Header header, PacketBuffer packet);
}
