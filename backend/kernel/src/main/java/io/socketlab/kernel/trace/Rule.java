package io.socketlab.kernel.trace;

/**
 * The choices that an RFC or a kernel makes and that a run can meet: the rule catalogue. An event
 * names the one that decided it; feedback and the "why?" panel show its text. A test holds that
 * each is emitted somewhere and each emitted is here.
 */
public enum Rule {
    CALL_BLOCKS(
            "POSIX.BLOCKS",
            "read(2), accept(2), connect(2)",
            "A call on a blocking descriptor sleeps until what it waits for is there.",
            "Sleeping costs no processor time: the task stands in the socket's wait queue until it is woken."),
    POLL_SCANS(
            "LINUX.POLL.SCAN",
            "poll(2), fs/select.c, do_poll()",
            "poll() looks at every descriptor it was given, at each call and again after each wake-up.",
            "It does not remember anything between calls: the cost grows with what is watched, not with what is ready."),
    LINUX_UDP_RCVBUF(
            "LINUX.UDP.RCVBUF",
            "net/ipv4/udp.c, __udp_enqueue_schedule_skb()",
            "A datagram is dropped when the memory of those that wait exceeds SO_RCVBUF.",
            "The sender is not told. And memory counts, not octets: a one-octet datagram takes 768."),
    RFC768_ONE_DATAGRAM(
            "RFC768.DATAGRAM",
            "RFC 768, udp(7)",
            "One send is one datagram, and one receive takes one datagram: boundaries are kept, also around 0 octets.",
            "Two sends are never joined into one receive, and a receive of 0 octets is not an end of file."),
    UDP_CONNECT(
            "UDP.CONNECT",
            "connect(2), udp(7)",
            "connect() on a datagram socket sends nothing: it sets the peer and lets only that peer's datagrams in.",
            "There is no handshake, and success says nothing about whether anybody is there."),
    UDP_CONNECTED_ERROR(
            "UDP.CONNECTED_ERROR",
            "udp(7), RFC 1122 §4.1.3.3",
            "An ICMP error is reported, once, by the next call on the socket that is connected to where it came from.",
            "A socket that is not connected never hears of it, and the failed send itself had returned success."),
    UDP_TRUNCATED(
            "UDP.TRUNCATED",
            "recv(2), udp(7)",
            "What of a datagram does not fit the buffer is thrown away; MSG_TRUNC tells that, and how long it was.",
            "The rest is not there for the next call: that gets the next datagram."),
    RFC791_FRAGMENTATION(
            "RFC791.FRAGMENTATION",
            "RFC 791 §3.2",
            "A packet larger than the link's MTU is cut into fragments; only the receiving host puts them together again.",
            "Losing one fragment loses the whole packet: IP sends nothing again."),
    RFC1122_REASSEMBLY_TIMEOUT(
            "RFC1122.REASSEMBLY_TIMEOUT",
            "RFC 1122 §3.3.2, net.ipv4.ipfrag_time",
            "Fragments of a packet that is not whole after 30 seconds are thrown away.",
            "They are not delivered as far as they came: a datagram arrives whole or not at all."),
    RFC1122_ECHO_REPLY(
            "RFC1122.ECHO_REPLY",
            "RFC 1122 §3.2.2.6",
            "A host answers an ICMP echo request with a reply that carries the same data.",
            "No program answers a ping: the kernel does, even where nothing listens."),
    RFC1122_PORT_UNREACHABLE(
            "RFC1122.PORT_UNREACHABLE",
            "RFC 1122 §4.1.3.1",
            "A datagram for a port that no socket is bound to is answered with an ICMP port unreachable message.",
            "UDP itself says nothing back. The message is ICMP's, and only a connected socket gets to hear of it."),
    RFC1122_PROTOCOL_UNREACHABLE(
            "RFC1122.PROTOCOL_UNREACHABLE",
            "RFC 1122 §3.2.2.1",
            "A packet for a protocol that the host does not have is answered with an ICMP protocol unreachable message.",
            "This is not the same as a closed port: here not even the protocol is known."),
    LINUX_NAPI_INTERRUPT(
            "LINUX.NAPI.INTERRUPT",
            "net/core/dev.c, napi_schedule()",
            "The first packet in an idle RX ring raises an interrupt; until the ring is empty again there are no more.",
            "There is not one interrupt a packet: under load the driver polls, and the card stays silent."),
    LINUX_NAPI_POLL(
            "LINUX.NAPI.POLL",
            "net/core/dev.c, napi_poll()",
            "The driver takes up to 64 packets out of the RX ring in one poll.",
            "The program is not running yet: the packet goes up through IP and the transport protocol first."),
    LINUX_NEIGHBOUR_UNRESOLVED(
            "LINUX.NEIGHBOUR.UNRESOLVED",
            "arp(7), net/ipv4/arp.c, arp_error_report()",
            "When nobody answers three ARP requests, the sender's own kernel reports the host as unreachable.",
            "No router sent this error: it never left the host."),
    RFC9293_SYN(
            "RFC9293.SYN",
            "RFC 9293 §3.5",
            "An active open sends a SYN with its initial sequence number.",
            "connect() does not wait for accept(): the kernels do the handshake by themselves."),
    RFC9293_SYN_ACK(
            "RFC9293.SYN_ACK",
            "RFC 9293 §3.10.7.2",
            "A SYN to a listening socket is answered with SYN-ACK, which acknowledges the peer's initial sequence number plus one.",
            "accept() sends nothing. The kernel answers the SYN, whether or not the program has called accept().");

    private final String id;
    private final String source;
    private final String sentence;
    private final String misunderstanding;

    Rule(String id, String source, String sentence, String misunderstanding) {
        this.id = id;
        this.source = source;
        this.sentence = sentence;
        this.misunderstanding = misunderstanding;
    }

    /** As the trace, labs and feedback write it: {@code RFC5681.FAST_RETRANSMIT}. */
    public String id() {
        return id;
    }

    /** RFC and section, man page, or Linux file and function. */
    public String source() {
        return source;
    }

    /** The rule in one plain sentence. */
    public String sentence() {
        return sentence;
    }

    /** What people commonly believe instead, put right. */
    public String misunderstanding() {
        return misunderstanding;
    }

    @Override
    public String toString() {
        return id;
    }
}
