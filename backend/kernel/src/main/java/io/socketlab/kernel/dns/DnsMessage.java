package io.socketlab.kernel.dns;

import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query or a response. RFC 1035 §4.1.
 *
 * @param id 16 bits that a response repeats
 * @param authoritative AA
 * @param truncated TC: it was too long for its datagram
 * @param recursionDesired RD
 * @param recursionAvailable RA
 */
public record DnsMessage(
        int id,
        boolean isResponse,
        boolean authoritative,
        boolean truncated,
        boolean recursionDesired,
        boolean recursionAvailable,
        ResponseCode code,
        Sections sections) {

    /** The most that a message may have in a datagram. RFC 1035 §4.2.1. */
    public static final int MAX_DATAGRAM = 512;

    private static final int QR = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int AA = 0x0400;
    private static final int TC = 0x0200;
    private static final int RD = 0x0100;
    private static final int RA = 0x0080;
    private static final int RCODE = 0x000F;

    /** What follows the header. */
    public record Sections(
            List<Question> questions,
            List<ResourceRecord> answers,
            List<ResourceRecord> authorities) {
        public Sections {
            questions = List.copyOf(questions);
            answers = List.copyOf(answers);
            authorities = List.copyOf(authorities);
        }

        static final Sections NONE = new Sections(List.of(), List.of(), List.of());
    }

    /** A question to a server that is to find out by itself. */
    public static DnsMessage query(int id, Question question) {
        var sections = new Sections(List.of(question), List.of(), List.of());
        return new DnsMessage(id, false, false, false, true, false, ResponseCode.NOERROR, sections);
    }

    /** The response to this query. */
    DnsMessage response(
            ResponseCode responseCode,
            boolean fromAuthority,
            boolean recursive,
            List<ResourceRecord> answers,
            List<ResourceRecord> authorities) {
        var all = new Sections(sections.questions, answers, authorities);
        return new DnsMessage(
                id, true, fromAuthority, false, recursionDesired, recursive, responseCode, all);
    }

    /** This response, for somebody who asked the same by {@code query}. */
    public DnsMessage passedTo(DnsMessage query) {
        return query.response(code, false, true, answers(), authorities()).cut(truncated);
    }

    private DnsMessage cut(boolean isCut) {
        return new DnsMessage(
                id,
                isResponse,
                authoritative,
                isCut,
                recursionDesired,
                recursionAvailable,
                code,
                sections);
    }

    public List<ResourceRecord> answers() {
        return sections.answers;
    }

    public List<ResourceRecord> authorities() {
        return sections.authorities;
    }

    /** What is asked for. */
    public List<Question> questions() {
        return sections.questions;
    }

    /** Whether it answers {@code query}. */
    public boolean answers(DnsMessage query) {
        return isResponse && id == query.id && questions().equals(query.questions());
    }

    /**
     * Its octets, names compressed.
     *
     * @param limit octets; if it has more, only the question goes, and TC says so
     */
    public byte[] octets(int limit) {
        byte[] whole = write(sections, truncated);
        if (whole.length <= limit) return whole;
        return write(new Sections(sections.questions, List.of(), List.of()), true);
    }

    private byte[] write(Sections parts, boolean cut) {
        var out = new MessageWriter();
        out.putShort(id);
        out.putShort(
                (isResponse ? QR : 0)
                        | (authoritative ? AA : 0)
                        | (cut ? TC : 0)
                        | (recursionDesired ? RD : 0)
                        | (recursionAvailable ? RA : 0)
                        | code.number());
        out.putShort(parts.questions.size());
        out.putShort(parts.answers.size());
        out.putShort(parts.authorities.size());
        out.putShort(0);
        parts.questions.forEach(out::put);
        parts.answers.forEach(out::put);
        parts.authorities.forEach(out::put);
        return out.octets();
    }

    /**
     * Reads a message. What additional records it has is passed over.
     *
     * @throws MalformedPacketException if it is none
     */
    public static DnsMessage parse(byte[] octets) {
        var in = new MessageReader(octets);
        int id = in.getShort();
        int flags = in.getShort();
        int questions = in.getShort();
        int answers = in.getShort();
        int authorities = in.getShort();
        in.getShort();
        ResponseCode code =
                (flags & OPCODE) != 0
                        ? ResponseCode.NOTIMP
                        : ResponseCode.of(flags & RCODE).orElse(ResponseCode.SERVFAIL);
        List<Question> asked = new ArrayList<>();
        for (int i = 0; i < questions; i++) asked.add(in.question());
        var sections = new Sections(asked, in.records(answers), in.records(authorities));
        return new DnsMessage(
                id,
                (flags & QR) != 0,
                (flags & AA) != 0,
                (flags & TC) != 0,
                (flags & RD) != 0,
                (flags & RA) != 0,
                code,
                sections);
    }
}
