package io.socketlab.kernel.wire;

/** What the headers of both versions of IP say. */
public sealed interface IpHeader permits Ipv4Header, Ipv6Header {

    IpAddress source();

    IpAddress destination();

    /**
     * What comes after it: {@link Ipv4Header#TCP} and so on. IANA, Assigned Internet Protocol
     * Numbers.
     */
    int protocol();

    /** Octets of it, without IPv6's extension headers. */
    int headerLength();

    /** TOS or traffic class: DSCP and, in the last two bits, ECN. RFC 2474, RFC 3168. */
    int tos();

    /** How many more hops it may go. */
    int ttl();
}
