package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;

/** What segments of one 4-tuple go to: a connection, half of one, or what is left of one. */
interface Flow {

    FourTuple tuple();

    /** The number of its socket in the trace. */
    int socketNumber();

    /** A segment has come. */
    void arrive(Segment seg);

    /**
     * An ICMP error quotes a segment of it.
     *
     * @param mtu the next hop's, if the packet was too big; 0 otherwise
     * @param seq the sequence number of the segment quoted
     */
    void unreachable(Errno errno, int mtu, int seq);
}
