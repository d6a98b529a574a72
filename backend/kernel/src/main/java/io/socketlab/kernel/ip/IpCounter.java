package io.socketlab.kernel.ip;

/**
 * What one host's IP and ICMP count, by the names that nstat(8) prints. RFC 4293, net/ipv4/proc.c.
 */
enum IpCounter {
    IN_RECEIVES("IpInReceives"),
    IN_HEADER_ERRORS("IpInHdrErrors"),
    /** Packets for somebody else. */
    IN_ADDRESS_ERRORS("IpInAddrErrors"),
    /** Packets for somebody else that went on to their next hop. */
    FORWARDED("IpForwDatagrams"),
    IN_UNKNOWN_PROTOCOLS("IpInUnknownProtos"),
    /** Whole packets that went up to their protocol. */
    IN_DELIVERS("IpInDelivers"),
    OUT_REQUESTS("IpOutRequests"),
    /** Packets that the host's own queueing discipline refused. */
    OUT_DISCARDS("IpOutDiscards"),
    OUT_NO_ROUTES("IpOutNoRoutes"),
    REASSEMBLY_TIMEOUT("IpReasmTimeout"),
    /** Fragments that came. */
    REASSEMBLY_REQUIRED("IpReasmReqds"),
    REASSEMBLY_OK("IpReasmOKs"),
    REASSEMBLY_FAILS("IpReasmFails"),
    FRAGMENTATION_OK("IpFragOKs"),
    FRAGMENTATION_FAILS("IpFragFails"),
    FRAGMENTS_CREATED("IpFragCreates"),
    OUT_TRANSMITS("IpOutTransmits"),
    ICMP_IN_MESSAGES("IcmpInMsgs"),
    ICMP_IN_ERRORS("IcmpInErrors"),
    ICMP_CHECKSUM_ERRORS("IcmpInCsumErrors"),
    ICMP_IN_UNREACHABLE("IcmpInDestUnreachs"),
    ICMP_IN_TIME_EXCEEDED("IcmpInTimeExcds"),
    ICMP_IN_ECHOS("IcmpInEchos"),
    ICMP_IN_ECHO_REPLIES("IcmpInEchoReps"),
    ICMP_OUT_MESSAGES("IcmpOutMsgs"),
    /** Messages that icmp_msgs_per_sec kept from being sent. */
    ICMP_OUT_LIMITED("IcmpOutRateLimitGlobal"),
    /** Messages that icmp_ratelimit kept from being sent. */
    ICMP_OUT_LIMITED_HOST("IcmpOutRateLimitHost"),
    ICMP_OUT_UNREACHABLE("IcmpOutDestUnreachs"),
    ICMP_OUT_TIME_EXCEEDED("IcmpOutTimeExcds"),
    ICMP_OUT_ECHOS("IcmpOutEchos"),
    ICMP_OUT_ECHO_REPLIES("IcmpOutEchoReps"),
    IN_NO_ROUTES("IpExtInNoRoutes"),
    IN_OCTETS("IpExtInOctets"),
    OUT_OCTETS("IpExtOutOctets"),
    CHECKSUM_ERRORS("IpExtInCsumErrors"),
    IN_NO_ECT("IpExtInNoECTPkts"),
    IN_ECT1("IpExtInECT1Pkts"),
    IN_ECT0("IpExtInECT0Pkts"),
    IN_CE("IpExtInCEPkts");

    private final String text;

    IpCounter(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
