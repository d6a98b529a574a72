package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.IpHeader;

/** The sockets of programs that send echo requests. icmp(7). */
public interface EchoSockets {

    /**
     * A reply has come.
     *
     * @param packet positioned at the ICMP header
     */
    void reply(IpHeader header, int identifier, PacketBuffer packet);

    /** An error message about a request. */
    void error(int identifier, IcmpError error);
}
