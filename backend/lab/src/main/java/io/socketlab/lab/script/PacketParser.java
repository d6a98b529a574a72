package io.socketlab.lab.script;

import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Token.Kind;
import io.socketlab.lab.script.WirePacket.Block;
import io.socketlab.lab.script.WirePacket.IcmpPacket;
import io.socketlab.lab.script.WirePacket.IpNote;
import io.socketlab.lab.script.WirePacket.Ports;
import io.socketlab.lab.script.WirePacket.Quoted;
import io.socketlab.lab.script.WirePacket.Range;
import io.socketlab.lab.script.WirePacket.TcpOption;
import io.socketlab.lab.script.WirePacket.TcpPacket;
import io.socketlab.lab.script.WirePacket.UdpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a packet of a packetdrill script, behind its direction. */
final class PacketParser {

    private static final long MAX_SEQ = 0xFFFF_FFFFL;
    private static final List<String> OPTIONS =
            List.of(
                    "mss", "nop", "eol", "sackOK", "wscale", "sack", "TS", "FO", "FOEXP", "md5",
                    "AccECN", "ACCECN", "exp-tfo");

    private final Tokens tokens;

    PacketParser(Tokens tokens) {
        this.tokens = tokens;
    }

    WirePacket packet(boolean inbound) {
        Position at = tokens.here();
        List<IpNote> ip = ipNotes();
        if (tokens.accept("udp")) {
            Optional<Ports> ports = ports();
            return new UdpPacket(at, ip, ports, length());
        }
        if (tokens.accept("icmp") || tokens.accept("icmpv4")) return icmp(at, ip);
        tokens.accept("tcp");
        return tcp(at, ip, inbound);
    }

    private List<IpNote> ipNotes() {
        var notes = new ArrayList<IpNote>();
        while (tokens.accept('[')) {
            do {
                Token name =
                        tokens.expect(
                                Kind.WORD,
                                "expected ect0, ect1, ect01, noecn, ce, tos, ttl or flowlabel");
                OptionalInt value =
                        tokens.peek().is(Kind.INTEGER)
                                ? OptionalInt.of((int) tokens.number("expected a number", 0xF_FFFF))
                                : OptionalInt.empty();
                notes.add(new IpNote(tokens.at(name), name.text(), value));
            } while (tokens.accept(','));
            tokens.expect(']', "expected ']'");
        }
        return List.copyOf(notes);
    }

    private TcpPacket tcp(Position at, List<IpNote> ip, boolean inbound) {
        Optional<Ports> ports = ports();
        Token flags = tokens.lexer().flags("expected the flags of a segment, such as S, P. or .");
        if (flags.text().chars().anyMatch(c -> "FSRP.UEWA0123456789-".indexOf(c) < 0)) {
            throw tokens.error(
                    flags, "expected flags out of F S R P . U E W A, found '" + flags.text() + "'");
        }
        Range range = range();
        OptionalLong ack =
                tokens.accept("ack")
                        ? OptionalLong.of(tokens.number("expected an ack", MAX_SEQ))
                        : OptionalLong.empty();
        if (inbound && !tokens.peek().is(Kind.WORD))
            throw tokens.unexpected(
                    "expected 'win' and the window, which an inbound segment has to say");
        OptionalInt window = field("win");
        OptionalInt urgent = field("urg");
        return new TcpPacket(at, ip, ports, flags.text(), range, ack, window, urgent, options());
    }

    /** Two ports joined by {@code >}; flags that begin with a digit have none behind them. */
    private Optional<Ports> ports() {
        Token first = tokens.peek();
        if (!first.is(Kind.INTEGER)) return Optional.empty();
        tokens.next();
        if (!tokens.peek().is('>')) {
            tokens.lexer().backTo(first);
            return Optional.empty();
        }
        tokens.lexer().backTo(first);
        int source = (int) tokens.number("expected a port", 65_535);
        tokens.next();
        return Optional.of(new Ports(source, (int) tokens.number("expected a port", 65_535)));
    }

    private OptionalInt field(String name) {
        if (!tokens.accept(name)) return OptionalInt.empty();
        return OptionalInt.of((int) tokens.number("expected a number after " + name, 65_535));
    }

    private Range range() {
        Token first = tokens.peek();
        long start = tokens.number("expected the sequence numbers, such as 1:1001(1000)", MAX_SEQ);
        tokens.expect(':', "expected ':'");
        long end = tokens.number("expected where the segment ends", MAX_SEQ);
        Token open = tokens.peek();
        int length = length();
        if ((start + length & MAX_SEQ) != end) {
            throw tokens.error(
                    open,
                    "expected the length ("
                            + (end - start & MAX_SEQ)
                            + "), found ("
                            + length
                            + ")");
        }
        return new Range(tokens.at(first), start, end, length);
    }

    private int length() {
        tokens.expect('(', "expected '(' and the length");
        int length = (int) tokens.number("expected the length", Integer.MAX_VALUE);
        tokens.expect(')', "expected ')'");
        return length;
    }

    private IcmpPacket icmp(Position at, List<IpNote> ip) {
        String type =
                tokens.expect(
                                Kind.WORD,
                                "expected the type of the ICMP message, such as unreachable")
                        .text();
        Optional<String> code = Optional.empty();
        OptionalInt mtu = OptionalInt.empty();
        while (tokens.peek().is(Kind.WORD)) {
            if (tokens.accept("mtu"))
                mtu = OptionalInt.of((int) tokens.number("expected the MTU", 65_535));
            else code = Optional.of(tokens.next().text());
        }
        return new IcmpPacket(at, ip, type, code, mtu, quoted());
    }

    private Optional<Quoted> quoted() {
        if (!tokens.accept('[')) return Optional.empty();
        Quoted quoted =
                tokens.accept("udp")
                        ? new Quoted.QuotedUdp(length())
                        : new Quoted.QuotedTcp(range());
        tokens.expect(']', "expected ']'");
        return Optional.of(quoted);
    }

    /** The options in angle brackets; none are written where there are none. */
    private Optional<List<TcpOption>> options() {
        if (!tokens.accept('<')) return Optional.of(List.of());
        var options = new ArrayList<TcpOption>();
        tokens.skipNewlines();
        if (tokens.peek().is(Kind.ELLIPSIS)) {
            tokens.next();
            tokens.expect('>', "expected '>'");
            return Optional.empty();
        }
        do {
            tokens.skipNewlines();
            options.add(option());
            tokens.skipNewlines();
        } while (tokens.accept(','));
        tokens.expect('>', "expected ',' or '>'");
        return Optional.of(List.copyOf(options));
    }

    private TcpOption option() {
        Token name = tokens.expect(Kind.WORD, "expected a TCP option such as mss 1460");
        return switch (name.text()) {
            case "mss" -> new TcpOption.Mss((int) tokens.number("expected the MSS", 65_535));
            case "nop" -> new TcpOption.NoOperation();
            case "eol" -> new TcpOption.EndOfList();
            case "sackOK" -> new TcpOption.SackPermitted();
            case "wscale" ->
                    new TcpOption.WindowScale((int) tokens.number("expected the shift", 255));
            case "sack" -> sack();
            case "TS" -> timestamps();
            case "FO" -> new TcpOption.FastOpen(hex(), false);
            case "FOEXP" -> new TcpOption.FastOpen(hex(), true);
            case "md5", "AccECN", "ACCECN", "exp-tfo" -> new TcpOption.Other(name.text(), rest());
            default ->
                    throw tokens.error(
                            name,
                            "expected a TCP option, found '"
                                    + name.text()
                                    + "'"
                                    + Spelling.hint(name.text(), OPTIONS));
        };
    }

    private TcpOption sack() {
        var blocks = new ArrayList<Block>();
        tokens.skipNewlines();
        while (tokens.peek().is(Kind.INTEGER)) {
            long left = tokens.number("expected a block", MAX_SEQ);
            tokens.expect(':', "expected ':'");
            blocks.add(new Block(left, tokens.number("expected the end of the block", MAX_SEQ)));
            tokens.skipNewlines();
        }
        return new TcpOption.Sack(blocks);
    }

    private TcpOption timestamps() {
        if (!tokens.accept("val")) throw tokens.unexpected("expected 'val'");
        long value = tokens.number("expected the timestamp", MAX_SEQ);
        if (!tokens.accept("ecr")) throw tokens.unexpected("expected 'ecr'");
        return new TcpOption.Timestamps(value, tokens.number("expected the timestamp", MAX_SEQ));
    }

    /** A cookie; it may begin with a digit, so it is no token. */
    private String hex() {
        return tokens.lexer().atLetter()
                ? tokens.lexer().letters("expected a cookie in hexadecimal").text()
                : "";
    }

    private String rest() {
        var text = new StringBuilder();
        while (tokens.lexer().atLetter()) {
            if (!text.isEmpty()) text.append(' ');
            text.append(tokens.lexer().letters("expected a word or number").text());
        }
        return text.toString();
    }
}
