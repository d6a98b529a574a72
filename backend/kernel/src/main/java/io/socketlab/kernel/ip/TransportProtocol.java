package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.IpHeader;

/** What lies above IP: UDP, TCP. */
public interface TransportProtocol {

    /** Its number in the IP header. */
    int number();

    /** A whole packet for this host; {@code packet} is positioned at the protocol's own header. */
    void receive(IpHeader ip, PacketBuffer packet);

    /** A packet of ours came to grief. */
    void error(IcmpError error);
}
