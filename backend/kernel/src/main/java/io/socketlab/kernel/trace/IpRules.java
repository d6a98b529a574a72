package io.socketlab.kernel.trace;

/** What the catalogue says of IP, in either family, and of its error messages. */
final class IpRules {

    static final RuleText RFC791_FRAGMENTATION =
            new RuleText(
                    "RFC791.FRAGMENTATION",
                    "RFC 791 §3.2",
                    "A packet larger than the link's MTU is cut into fragments; only the receiving host puts them together again.",
                    "Losing one fragment loses the whole packet: IP sends nothing again.");

    static final RuleText RFC1122_REASSEMBLY_TIMEOUT =
            new RuleText(
                    "RFC1122.REASSEMBLY_TIMEOUT",
                    "RFC 1122 §3.3.2, net.ipv4.ipfrag_time",
                    "Fragments of a packet that is not whole after 30 seconds are thrown away.",
                    "They are not delivered as far as they came: a datagram arrives whole or not at all.");

    static final RuleText ECHO_REQUEST =
            new RuleText(
                    "RFC792.ECHO",
                    "RFC 792, RFC 4443 §4.1, ping(8)",
                    "A program asks another host for an echo: the reply carries the same data, identifier and sequence number.",
                    "It has no port and asks no program. That no reply comes does not say that the host is not there: many firewalls drop the question.");

    static final RuleText RAW_PACKET =
            new RuleText(
                    "LINUX.RAW.HDRINCL",
                    "raw(7), IP_HDRINCL",
                    "A program with the right to raw sockets builds packets itself, header and all: no connection stands behind them.",
                    "The source address in it need not be the sender's. The answer goes to whoever has that address, and it is that host that is surprised.");

    static final RuleText RFC8200_FRAGMENTATION =
            new RuleText(
                    "RFC8200.FRAGMENTATION",
                    "RFC 8200 §4.5, §5",
                    "A packet larger than the path's MTU is cut into fragments by its source, and by nobody else.",
                    "No router on the way cuts up an IPv6 packet: it answers that the packet is too big.");

    static final RuleText RFC8200_REASSEMBLY_TIMEOUT =
            new RuleText(
                    "RFC8200.REASSEMBLY_TIMEOUT",
                    "RFC 8200 §4.5, net.ipv6.ip6frag_time",
                    "Fragments of an IPv6 packet that is not whole after 60 seconds are thrown away.",
                    "They are not delivered as far as they came: a datagram arrives whole or not at all.");

    static final RuleText RFC4443_ECHO_REPLY =
            new RuleText(
                    "RFC4443.ECHO_REPLY",
                    "RFC 4443 §4.2",
                    "A host answers an ICMPv6 echo request with a reply that carries the same data.",
                    "No program answers a ping: the kernel does, even where nothing listens.");

    static final RuleText RFC4443_PORT_UNREACHABLE =
            new RuleText(
                    "RFC4443.PORT_UNREACHABLE",
                    "RFC 4443 §3.1",
                    "A datagram for a port that no socket is bound to is answered with an ICMPv6 port unreachable message.",
                    "UDP itself says nothing back. The message is ICMPv6's, and only a connected socket gets to hear of it.");

    static final RuleText RFC4443_UNKNOWN_NEXT_HEADER =
            new RuleText(
                    "RFC4443.UNKNOWN_NEXT_HEADER",
                    "RFC 4443 §3.4",
                    "A packet whose next header the host does not know is answered with an ICMPv6 parameter problem message.",
                    "IPv6 has no protocol unreachable message: the next header field is what is complained about.");

    static final RuleText RFC4861_ADDRESS_RESOLUTION =
            new RuleText(
                    "RFC4861.ADDRESS_RESOLUTION",
                    "RFC 4861 §7.2, net/ipv6/ndisc.c",
                    "The MAC address of a neighbour is asked for by a solicitation to a group that only few are in.",
                    "ARP is not used: IPv6 has its own messages, in ICMPv6, and asks a group, not everybody.");

    static final RuleText RFC1122_ECHO_REPLY =
            new RuleText(
                    "RFC1122.ECHO_REPLY",
                    "RFC 1122 §3.2.2.6",
                    "A host answers an ICMP echo request with a reply that carries the same data.",
                    "No program answers a ping: the kernel does, even where nothing listens.");

    static final RuleText RFC1122_PORT_UNREACHABLE =
            new RuleText(
                    "RFC1122.PORT_UNREACHABLE",
                    "RFC 1122 §4.1.3.1",
                    "A datagram for a port that no socket is bound to is answered with an ICMP port unreachable message.",
                    "UDP itself says nothing back. The message is ICMP's, and only a connected socket gets to hear of it.");

    static final RuleText RFC1122_PROTOCOL_UNREACHABLE =
            new RuleText(
                    "RFC1122.PROTOCOL_UNREACHABLE",
                    "RFC 1122 §3.2.2.1",
                    "A packet for a protocol that the host does not have is answered with an ICMP protocol unreachable message.",
                    "This is not the same as a closed port: here not even the protocol is known.");

    static final RuleText LINUX_NEIGHBOUR_UNRESOLVED =
            new RuleText(
                    "LINUX.NEIGHBOUR.UNRESOLVED",
                    "arp(7), arp_error_report(), ndisc_error_report()",
                    "When nobody answers three ARP requests or neighbour solicitations, the sender's own kernel reports the host as unreachable.",
                    "No router sent this error: it never left the host.");

    private IpRules() {}
}
