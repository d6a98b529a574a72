package io.socketlab.kernel.trace;

/**
 * The choices that an RFC or a kernel makes and that a run can meet: the rule catalogue. An event
 * names the one that decided it; feedback and the "why?" panel show its text. A test holds that
 * each is emitted somewhere and each emitted is here.
 */
public enum Rule {
    RFC9293_SYN(
            "RFC9293.SYN",
            "RFC 9293 §3.5",
            "An active open sends a SYN with its initial sequence number.",
            "connect() does not wait for accept(): the kernels do the handshake by themselves."),
    RFC9293_SYN_ACK(
            "RFC9293.SYN_ACK",
            "RFC 9293 §3.10.7.2",
            "A SYN to a listening socket is answered with SYN-ACK, acknowledging the peer's initial sequence number plus one.",
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
