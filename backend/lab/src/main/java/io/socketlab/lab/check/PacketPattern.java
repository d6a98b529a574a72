package io.socketlab.lab.check;

import io.socketlab.lab.check.Shape.Direction;
import io.socketlab.lab.check.Shape.Flags;
import io.socketlab.lab.check.Shape.Kind;
import io.socketlab.lab.check.Shape.Options;
import io.socketlab.lab.check.Shape.Who;
import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Template;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a packet has to be: flags, then fields, as packetdrill has them. {@code client > P.
 * 1:101(100) ack 1 win 5 <nop,...>}, {@code server < udp len 0}, {@code client < icmp
 * port_unreachable}.
 */
final class PacketPattern {

    private static final String FLAG_LETTERS = "FSRPEWU.";
    private static final List<String> SEGMENT_FIELDS =
            List.of("seq", "ack", "win", "len", "to", "from", "again");
    private static final List<String> DATAGRAM_FIELDS = List.of("len", "to", "from");
    private static final List<String> ICMP_FIELDS = List.of("type", "code", "to", "from");

    private static final List<String> ADDRESSES = List.of("to", "from");

    /** The window is what the header says; a length is at most that of an IP packet. */
    private static final List<String> SIXTEEN_BITS = List.of("win", "len");

    private static final int MOST = 65_535;

    /** As {@link io.socketlab.kernel.wire.TcpOption} writes them, by their first word. */
    private static final List<String> OPTIONS =
            List.of("eol", "nop", "mss", "wscale", "sackOK", "sack", "TS", "FO", "FOEXP", "option");

    /** Destination unreachable, RFC 792 and RFC 1122 §3.2.2.1. */
    private static final Map<String, Integer> UNREACHABLE =
            Map.of(
                    "net_unreachable", 0,
                    "host_unreachable", 1,
                    "protocol_unreachable", 2,
                    "port_unreachable", 3,
                    "frag_needed", 4);

    private final Cursor in;
    private final Who who;
    private final Direction direction;
    private final Map<String, Term> fields = new LinkedHashMap<>();
    private Optional<Options> options = Optional.empty();

    private PacketPattern(Cursor in, Who who, Direction direction) {
        this.in = in;
        this.who = who;
        this.direction = direction;
    }

    static Shape read(Cursor in, Who who, Direction direction) throws SyntaxException {
        return new PacketPattern(in, who, direction).read();
    }

    private Shape read() throws SyntaxException {
        in.skipSpace();
        if (in.peek() == '[') return range();
        Optional<Kind> word = PatternParser.kind(in);
        if (word.isPresent()) {
            Kind kind = word.get();
            if (kind == Kind.ICMP) icmpName();
            fields(kind == Kind.ICMP ? ICMP_FIELDS : DATAGRAM_FIELDS);
            return packet(kind, List.of());
        }
        List<Flags> flags = flags();
        in.skipSpace();
        if (Character.isDigit(in.peek()) && in.rest().matches("\\d+:.*")) sequenceRange();
        fields(SEGMENT_FIELDS);
        return packet(Kind.SEGMENT, flags);
    }

    private Shape packet(Kind kind, List<Flags> flags) {
        return new Shape.Packet(who, direction, kind, flags, fields, options);
    }

    /** {@code [1:3000]}. */
    private Shape range() throws SyntaxException {
        int start = in.offset() + 1;
        String inside = in.takeBalanced('[', ']');
        var part = new Cursor(inside);
        try {
            part.skipSpace();
            Term from = TermParser.numbers(TermParser.read(part), 0);
            part.need(":");
            int end = part.offset();
            Term to = TermParser.numbers(TermParser.read(part), end);
            if (from instanceof Term.Fixed(Value.Int(var first))
                    && to instanceof Term.Fixed(Value.Int(var last))
                    && first >= last) {
                throw new SyntaxException(end, "expected more than " + first + ", not " + last);
            }
            part.skipSpace();
            if (!part.atEnd()) throw part.expected("']'");
            in.skipSpace();
            if (!in.atEnd()) throw in.expected("the end of the line").shifted(-start);
            return new Shape.Range(who, direction, from, to);
        } catch (SyntaxException e) {
            throw e.shifted(start);
        }
    }

    private List<Flags> flags() throws SyntaxException {
        if (in.take("*") || in.takeWord("any")) return List.of();
        var choices = new ArrayList<Flags>();
        do {
            choices.add(oneSetOfFlags());
        } while (in.take("|"));
        return choices;
    }

    private Flags oneSetOfFlags() throws SyntaxException {
        var required = new StringBuilder();
        var optional = new StringBuilder();
        while (!in.atEnd() && !Character.isWhitespace(in.peek()) && in.peek() != '|') {
            boolean mayBeAbsent = in.take("?");
            char flag = in.peek();
            if (FLAG_LETTERS.indexOf(flag) < 0 || in.atEnd()) {
                throw in.expected(
                        "flags out of " + FLAG_LETTERS + ", 'any', 'udp', 'icmp' or a range");
            }
            String letter = String.valueOf(flag);
            if (required.indexOf(letter) >= 0 || optional.indexOf(letter) >= 0) {
                throw new SyntaxException(in.offset(), "the flag '" + flag + "' is there already");
            }
            in.take(letter);
            (mayBeAbsent ? optional : required).append(flag);
        }
        if (required.isEmpty() && optional.isEmpty()) throw in.expected("flags, as in 'S.'");
        return new Flags(required.toString(), optional.toString());
    }

    /** {@code 1:101(100)}: the first octet, the one after the last, and how many. */
    private void sequenceRange() throws SyntaxException {
        fields.put("seq", TermParser.read(in));
        in.need(":");
        int end = in.offset();
        String last = in.takeWhile(Character::isDigit);
        in.need("(");
        Term length = TermParser.read(in);
        in.need(")");
        fields.put("len", length);
        if (fields.get("seq") instanceof Term.Fixed(Value.Int(var first))
                && length instanceof Term.Fixed(Value.Int(var octets))
                && !last.equals(Long.toString(first + octets))) {
            throw new SyntaxException(end, "expected " + (first + octets) + ", not " + last);
        }
    }

    private void icmpName() throws SyntaxException {
        in.skipSpace();
        int start = in.offset();
        String word = in.takeWhile(Cursor::continuesName);
        if (UNREACHABLE.containsKey(word)) {
            fields.put("type", new Term.Fixed(new Value.Int(3)));
            fields.put("code", new Term.Fixed(new Value.Int(UNREACHABLE.get(word))));
        } else if (ICMP_FIELDS.contains(word) || word.isEmpty()) {
            in.moveTo(start);
        } else {
            throw SyntaxException.unknown(start, "ICMP message", word, UNREACHABLE.keySet());
        }
    }

    private void fields(List<String> known) throws SyntaxException {
        for (in.skipSpace(); !in.atEnd(); in.skipSpace()) {
            if (in.take("...")) continue;
            if (in.peek() == '<') {
                options = Optional.of(options());
                continue;
            }
            boolean maybe = in.take("?");
            int start = in.offset();
            String name = in.name("a field: " + String.join(", ", known));
            if (!known.contains(name)) throw SyntaxException.unknown(start, "field", name, known);
            in.skipSpace();
            boolean absolute = in.take("abs:");
            if (absolute && !name.equals("seq") && !name.equals("ack")) {
                throw new SyntaxException(start, "expected 'abs:' only after seq and ack");
            }
            int value = in.offset();
            Term term = TermParser.read(in);
            if (!ADDRESSES.contains(name)) TermParser.numbers(term, value);
            if (SIXTEEN_BITS.contains(name)) sixteenBits(term, value);
            fields.put((absolute ? "abs:" : "") + name, maybe ? new Term.Maybe(term) : term);
        }
    }

    /** What a header has no room for is never sent. */
    private static void sixteenBits(Term term, int offset) throws SyntaxException {
        if (term instanceof Term.Fixed(Value.Int(var n)) && (n < 0 || n > MOST)) {
            throw new SyntaxException(offset, "expected a number from 0 to " + MOST + ", not " + n);
        }
    }

    private Options options() throws SyntaxException {
        int start = in.offset();
        in.need("<");
        String inside = in.takeWhile(c -> c != '>');
        if (!in.take(">")) throw new SyntaxException(start, "this '<' is never closed");
        var wanted = new ArrayList<Template>();
        boolean open = false;
        int at = start + 1;
        for (String option : inside.split(",", -1)) {
            if (option.strip().equals("...")) open = true;
            else if (!option.isBlank()) wanted.add(option(option, at));
            at += option.length() + 1;
        }
        return new Options(wanted, open);
    }

    private static Template option(String text, int at) throws SyntaxException {
        String name = text.strip().split("[ *]", 2)[0];
        if (!OPTIONS.contains(name) && !name.contains("{{")) {
            throw SyntaxException.unknown(at + text.indexOf(name), "TCP option", name, OPTIONS);
        }
        try {
            return Template.of(text.strip());
        } catch (SyntaxException e) {
            throw e.shifted(at + text.indexOf(text.strip()));
        }
    }
}
