package io.socketlab.kernel.trace;

/**
 * The choices that an RFC or a kernel makes and that a run can meet: the rule catalogue. An event
 * names the one that decided it; feedback and the "why?" panel show its text. A test holds that
 * each is emitted somewhere and each emitted is here.
 */
public enum Rule {
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
