package io.socketlab.lab.packetdrill;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words and signs of one code block, in the part of Python that scripts use. */
final class CodeTokens {

    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SIGN,
        NEWLINE,
        END
    }

    /**
     * @param line within the block, from 0
     */
    record Token(Kind kind, String text, int line) {
        boolean is(String sign) {
            return text.equals(sign) && kind != Kind.TEXT;
        }
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<blank>[ \\t\\r]+|\\\\\\r?\\n|#[^\\n]*)"
                            + "|(?<newline>\\n|;)"
                            + "|(?<name>[A-Za-z_][A-Za-z_0-9]*)"
                            + "|(?<number>0[xX][0-9a-fA-F]+|[0-9]+)"
                            + "|(?<text>\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+')"
                            + "|(?<sign>\\*\\*|//|<<|>>|[-+*/%&|^]=|[=!<>]=|[-+*/%&|^~<>=(),\\[\\]])");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /**
     * @throws CodeException at what is no part of the language
     */
    CodeTokens(String code) {
        Matcher m = TOKEN.matcher(code);
        int line = 0;
        int depth = 0;
        int at = 0;
        while (at < code.length()) {
            if (!m.region(at, code.length()).lookingAt()) {
                throw new CodeException(
                        line, "expected an expression, found '" + code.charAt(at) + "'");
            }
            String text = m.group();
            if (m.group("newline") != null) {
                // inside parentheses a line goes on
                if (depth == 0) tokens.add(new Token(Kind.NEWLINE, "\n", line));
            } else if (m.group("blank") == null) {
                if (text.equals("(") || text.equals("[")) depth++;
                if (text.equals(")") || text.equals("]")) depth--;
                tokens.add(new Token(kind(m), text, line));
            }
            line += (int) text.chars().filter(c -> c == '\n').count();
            at = m.end();
        }
        tokens.add(new Token(Kind.END, "the end of the block", line));
    }

    private static Kind kind(Matcher m) {
        if (m.group("name") != null) return Kind.NAME;
        if (m.group("number") != null) return Kind.NUMBER;
        return m.group("text") != null ? Kind.TEXT : Kind.SIGN;
    }

    /** Where the next token stands among all. */
    int position() {
        return next;
    }

    /** What was taken since position {@code from}, as one text. */
    String since(int from) {
        return tokens.subList(from, next).stream()
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }

    Token peek() {
        return tokens.get(next);
    }

    /** The one after the next. */
    Token peekAfter() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) next++;
        return token;
    }

    boolean accept(String sign) {
        if (!peek().is(sign)) return false;
        take();
        return true;
    }

    void expect(String sign) {
        if (!accept(sign)) throw unexpected("expected '" + sign + "'");
    }

    CodeException unexpected(String expected) {
        String found = peek().kind() == Kind.NEWLINE ? "the end of the line" : peek().text();
        return new CodeException(peek().line(), expected + ", found " + found);
    }
}
