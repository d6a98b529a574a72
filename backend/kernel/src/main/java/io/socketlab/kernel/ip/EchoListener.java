package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.IpAddress;

/** Who has sent echo requests, and is told what comes of them. */
public interface EchoListener {

    /**
     * A reply.
     *
     * @param length octets of the message, its header among them
     */
    void reply(IpAddress from, int sequence, int length, int ttl);

    /** An error message about a request. */
    void error(IpAddress from, int sequence, IcmpReport message);
}
