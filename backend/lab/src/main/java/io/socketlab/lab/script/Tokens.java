package io.socketlab.lab.script;

import io.socketlab.lab.script.Token.Kind;
import java.math.BigDecimal;

/** The tokens of one text, with what every part of the parser asks of them. */
final class Tokens {

    private final Source source;
    private final Lexer lexer;

    Tokens(Source source) {
        this.source = source;
        this.lexer = new Lexer(source);
    }

    Lexer lexer() {
        return lexer;
    }

    Token peek() {
        return lexer.peek();
    }

    Token next() {
        return lexer.next();
    }

    Position here() {
        return at(peek());
    }

    Position at(Token token) {
        return source.position(token.start());
    }

    /** Takes the sign if it is next. */
    boolean accept(char sign) {
        if (!peek().is(sign)) return false;
        next();
        return true;
    }

    /** Takes the word if it is next. */
    boolean accept(String word) {
        if (!peek().is(Kind.WORD) || !peek().text().equals(word)) return false;
        next();
        return true;
    }

    Token expect(char sign, String expected) {
        if (!peek().is(sign)) throw unexpected(expected);
        return next();
    }

    Token expect(Kind kind, String expected) {
        if (!peek().is(kind)) throw unexpected(expected);
        return next();
    }

    /** A number without a sign, at most {@code max}. */
    long number(String expected, long max) {
        Token token = expect(Kind.INTEGER, expected);
        long value = value(token);
        if (value > max)
            throw error(token, expected + " up to " + max + ", found '" + token.text() + "'");
        return value;
    }

    long value(Token integer) {
        String text = integer.text();
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        try {
            return hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw error(integer, "expected a number of at most 63 bits, found '" + text + "'");
        }
    }

    /** A whole number or decimal as nanoseconds; seconds where no unit is written. */
    long nanos(Token token) {
        String digits = token.text();
        int unitAt = digits.length();
        while (Character.isLetter(digits.charAt(unitAt - 1))) unitAt--;
        int scale =
                switch (digits.substring(unitAt)) {
                    case "ns" -> 0;
                    case "us" -> 3;
                    case "ms" -> 6;
                    default -> 9;
                };
        if (token.is(Kind.INTEGER) && digits.startsWith("0x"))
            throw error(token, "expected a time such as 0.5 or 50ms");
        try {
            return new BigDecimal(digits.substring(0, unitAt))
                    .scaleByPowerOfTen(scale)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw error(
                    token,
                    "expected a time of whole nanoseconds, at most 292 years, found '"
                            + token.text()
                            + "'");
        }
    }

    boolean atLineEnd() {
        return peek().is(Kind.NEWLINE) || peek().is(Kind.END);
    }

    void skipNewlines() {
        while (peek().is(Kind.NEWLINE)) next();
    }

    ScriptException unexpected(String expected) {
        return error(peek(), expected + ", found " + peek().found());
    }

    /** A line to be put together of what is written in this text. */
    LineWords line(Position end) {
        return LineWords.none(source.file(), end);
    }

    ScriptException error(Token at, String problem) {
        return source.error(at(at), problem);
    }

    ScriptException error(Position at, String problem) {
        return source.error(at, problem);
    }
}
