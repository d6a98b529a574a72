package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.Ipv4Address;

/** What names a connection. RFC 9293 §3.3.1. */
record FourTuple(Ipv4Address local, int localPort, Ipv4Address remote, int remotePort) {

    /** All but the local address in one number. */
    static long key(int remote, int remotePort, int localPort) {
        return (long) remote << 32 | (long) remotePort << 16 | localPort;
    }

    long key() {
        return key(remote.bits(), remotePort, localPort);
    }
}
