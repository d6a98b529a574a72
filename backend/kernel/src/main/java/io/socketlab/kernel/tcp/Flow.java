package io.socketlab.kernel.tcp;

/** What segments of one 4-tuple go to: a connection, half of one, or what is left of one. */
interface Flow {

    FourTuple tuple();

    /** The number of its socket in the trace. */
    int socketNumber();

    /** Whether segments are for it that have come by the interface with this index. */
    boolean receivesBy(int device);

    /** A segment has come. */
    void arrive(Segment seg);

    /** Its host has lost its power: nothing is left of it. */
    void vanish();

    /** An ICMP error quotes a segment of it. */
    void unreachable(IcmpNotice notice);
}
