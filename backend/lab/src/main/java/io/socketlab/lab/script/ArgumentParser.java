package io.socketlab.lab.script;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.lab.script.Argument.Address;
import io.socketlab.lab.script.Argument.Applied;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Duration;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Field;
import io.socketlab.lab.script.Argument.Host;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Term;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a call and its arguments. Inside parentheses the end of a line means nothing. */
final class ArgumentParser {

    private static final String ARGUMENT = "expected an argument";

    /** Brackets in brackets, at most: none but a hostile script has so many. */
    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private int depth;

    ArgumentParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** {@code listen(3, 5)}, of which the name has been read. */
    Call call(Token name) {
        tokens.expect('(', "expected '(' after " + name.text());
        List<Argument> arguments = list(')', this::argument);
        Position end = tokens.at(tokens.expect(')', "expected ',' or ')'"));
        return new Call(tokens.at(name), name.text(), arguments, end);
    }

    /** What is written between commas up to {@code close}, which is left. */
    private <T> List<T> list(char close, Supplier<T> element) {
        var elements = new ArrayList<T>();
        tokens.skipNewlines();
        if (tokens.peek().is(close)) return elements;
        if (++depth > MAX_DEPTH)
            throw tokens.error(
                    tokens.peek(), "expected at most " + MAX_DEPTH + " brackets in brackets");
        do {
            tokens.skipNewlines();
            elements.add(element.get());
            tokens.skipNewlines();
        } while (tokens.accept(','));
        depth--;
        return elements;
    }

    /** {@code ...}, {@code ...+5000}. */
    private Ellipsis ellipsis(Position at) {
        if (!tokens.accept('+')) return new Ellipsis(at);
        Token number = tokens.next();
        if (!number.is(Kind.INTEGER) || !number.text().matches("[0-9]{1,9}")) {
            throw tokens.error(number, "expected from which octet on, as in ...+5000");
        }
        return new Ellipsis(at, Integer.parseInt(number.text()));
    }

    Argument argument() {
        Token token = tokens.next();
        Position at = tokens.at(token);
        return switch (token.kind()) {
            case ELLIPSIS -> ellipsis(at);
            case STRING -> new Text(at, token.text());
            case DECIMAL -> new Duration(at, tokens.nanos(token), token.text());
            case ADDRESS -> new Address(at, new Host.Numeric(address(token)), port());
            case BRACKETED -> new Address(at, bracketed(token), port());
            case INTEGER -> number(token);
            case WORD -> word(token);
            case PUNCTUATION -> sign(token);
            case VARIABLE ->
                    throw tokens.error(
                            token,
                            "expected a value, found the variable "
                                    + token.text()
                                    + "; variables are for programs, server: { … }, and get their values in front: "
                                    + token.text()
                                    + " = accept(3)");
            case COMMAND, CODE, OPTION, NEWLINE, END -> throw unexpected(token);
        };
    }

    private ScriptException unexpected(Token token) {
        return tokens.error(token, ARGUMENT + ", found " + token.found());
    }

    private Argument number(Token token) {
        if (tokens.peek().is('|')) return symbols(token);
        return new Numeral(tokens.at(token), tokens.value(token), token.text());
    }

    private Argument word(Token token) {
        Position at = tokens.at(token);
        if (tokens.peek().is('.')) return new Address(at, new Host.Named(domain(token)), port());
        if (tokens.peek().is(':')) return new Address(at, new Host.Named(token.text()), port());
        if (!tokens.peek().is('(')) return symbols(token);
        Call call = call(token);
        return new Applied(at, call.name(), call.arguments());
    }

    /** {@code www.example.com}. */
    private String domain(Token first) {
        var name = new StringBuilder(first.text());
        while (tokens.accept('.')) {
            name.append('.')
                    .append(tokens.expect(Kind.WORD, "expected the next part of the name").text());
        }
        return name.toString();
    }

    private Argument symbols(Token first) {
        var terms = new ArrayList<Term>();
        terms.add(new Term(tokens.at(first), first.text()));
        while (accepted('|')) {
            if (depth > 0) tokens.skipNewlines();
            Token term = tokens.next();
            if (!term.is(Kind.WORD) && !term.is(Kind.INTEGER)) {
                throw tokens.error(term, "expected a constant after '|', found " + term.found());
            }
            terms.add(new Term(tokens.at(term), term.text()));
        }
        return new Symbols(tokens.at(first), terms);
    }

    /** Inside brackets it may stand on the next line. */
    private boolean accepted(char sign) {
        if (depth > 0) tokens.skipNewlines();
        return tokens.accept(sign);
    }

    private Argument sign(Token token) {
        Position at = tokens.at(token);
        return switch (token.text()) {
            case "-" -> negative(at);
            case "*" -> new Address(at, new Host.Any(), port());
            case "[" -> {
                List<Argument> elements = list(']', this::argument);
                tokens.expect(']', "expected ',' or ']'");
                yield new Array(at, elements);
            }
            case "{" -> {
                List<Field> fields = list('}', this::field);
                tokens.expect('}', "expected ',' or '}'");
                yield new Struct(at, fields);
            }
            default -> throw unexpected(token);
        };
    }

    private Argument negative(Position at) {
        Token digits = tokens.expect(Kind.INTEGER, "expected a number after '-'");
        return new Numeral(at, -tokens.value(digits), "-" + digits.text());
    }

    private Field field() {
        Position at = tokens.here();
        Argument first = argument();
        if (!tokens.peek().is('=')) return new Field(at, "", Optional.empty(), first);
        tokens.next();
        tokens.skipNewlines();
        return switch (first) {
            case Symbols(_, var terms) when terms.size() == 1 ->
                    new Field(at, terms.getFirst().written(), Optional.empty(), argument());
            case Applied(_, var name, var size) when size.size() == 1 ->
                    new Field(at, name, Optional.of(size.getFirst()), argument());
            case Argument other ->
                    throw tokens.error(
                            at, "expected the name of a field before '=', found " + other.found());
        };
    }

    private int port() {
        tokens.expect(':', "expected ':' and a port after the address");
        return (int) tokens.number("expected a port", 65_535);
    }

    private Host bracketed(Token token) {
        String inside = token.text().substring(1, token.text().length() - 1);
        if (inside.indexOf(':') < 0) return new Host.NamedIpv6(inside);
        return Ipv6Address.parse(inside)
                .<Host>map(Host.Numeric::new)
                .orElseThrow(() ->
                        tokens.error(
                                token,
                                "expected an IPv6 address such as 2001:db8::2, found '"
                                        + inside
                                        + "'"));
    }

    private Ipv4Address address(Token token) {
        return Ipv4Address.parse(token.text())
                .orElseThrow(() ->
                        tokens.error(
                                token,
                                "expected an address of four numbers from 0 to 255, found '"
                                        + token.text()
                                        + "'"));
    }
}
