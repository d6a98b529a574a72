package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.TcpHeader;

/** What names a connection. RFC 9293 §3.3.1. */
record FourTuple(IpAddress local, int localPort, IpAddress remote, int remotePort) {

    /**
     * All but the local address in one number.
     *
     * @param remote the remote address, {@linkplain IpAddress#folded folded}
     */
    static long key(int remote, int remotePort, int localPort) {
        return (long) remote << 32 | (long) remotePort << 16 | localPort;
    }

    long key() {
        return key(remote.folded(), remotePort, localPort);
    }

    boolean isIpv4() {
        return local instanceof Ipv4Address;
    }

    /** Octets of IP and TCP header of its packets, without options. */
    int headerLength() {
        return (isIpv4() ? Ipv4Header.SIZE : Ipv6Header.SIZE) + TcpHeader.SIZE;
    }
}
