package io.socketlab.lab.script;

import io.socketlab.lab.script.Token.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a script into tokens, one at a time, because what comes next depends on where it stands:
 * after an errno a remark in free text, in a packet a word of flags. Spaces and comments separate
 * and vanish; the end of a line is a token.
 */
final class Lexer {

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern BRACKETED =
            Pattern.compile("\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|[A-Za-z]\\w*(-\\w+)*)\\](?=:\\d)");
    private static final Pattern INTEGER = Pattern.compile("0[xX][0-9a-fA-F]+|\\d+");
    private static final Pattern DECIMAL =
            Pattern.compile("(\\d*\\.\\d+|\\d+)(ns|us|ms|s)\\b|\\d*\\.\\d+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*(-\\w+)*");
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_]\\w*");
    private static final Pattern OPTION = Pattern.compile("--[A-Za-z][\\w-]*(=\\S*)?");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern FLAGS =
            Pattern.compile("[A-Z.]+[0-9]?(?=\\s)|-(?=\\s)|[0-9](?=\\s)");

    private static final int ASCII_END = 0x80;

    /** What comes after most numbers, and can be part of none. */
    private static final String PLAIN_END = " ,;:)]}\n";

    private final Source source;
    private final String text;
    private int at;
    private @Nullable Token ahead;

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** The next token, which stays where it is. */
    Token peek() {
        Token token = ahead;
        if (token == null) {
            token = read();
            ahead = token;
        }
        return token;
    }

    Token next() {
        Token token = peek();
        ahead = null;
        return token;
    }

    /** Goes back to where {@code token} is the next. */
    void backTo(Token token) {
        at = token.start();
        ahead = null;
    }

    /** What stands from the next token up to {@code end}, which is left; comments and all. */
    String upTo(char end) {
        if (ahead != null) moveTo(ahead.start());
        int start = at;
        int close = text.indexOf(end, start);
        int lineEnd = text.indexOf('\n', start);
        if (close < 0 || (lineEnd >= 0 && lineEnd < close)) {
            throw error(start, "expected '" + end + "' on this line");
        }
        moveTo(close);
        return text.substring(start, close);
    }

    /** Whether {@code sign} is next, whatever else it may be that is there. */
    boolean isNext(char sign) {
        if (ahead != null) return ahead.is(sign);
        skipBlanks();
        return at < text.length() && text.charAt(at) == sign;
    }

    /**
     * What stands from here to the end of the line, without a comment that begins after a blank.
     */
    String restOfLine() {
        int start = at;
        int end = lineEnd();
        int comment = text.indexOf(" //", start);
        moveTo(end);
        return text.substring(start, comment < 0 || comment > end ? end : comment).strip();
    }

    /** A run of letters and digits, whatever it would mean elsewhere. */
    Token letters(String expected) {
        return raw(LETTERS, expected);
    }

    /** Whether a letter or digit is next. Not to be asked after {@link #peek}. */
    boolean atLetter() {
        skipBlanks();
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** The flags of a TCP segment: {@code S}, {@code P.}, {@code .}, {@code -}. */
    Token flags(String expected) {
        return raw(FLAGS, expected);
    }

    private Token raw(Pattern pattern, String expected) {
        if (ahead != null) moveTo(ahead.start());
        skipBlanks();
        Matcher m = lookingAt(pattern);
        if (m == null) throw error(at, expected + ", found " + foundHere());
        moveTo(m.end());
        return new Token(Kind.WORD, m.group(), m.start(), m.end());
    }

    private String foundHere() {
        if (at == text.length()) return end();
        if (text.charAt(at) == '\n') return Kind.NEWLINE.description();
        return "'" + Character.toString(text.codePointAt(at)) + "'";
    }

    private String end() {
        return text.indexOf('\n') < 0 ? "the end of the line" : "the end of the script";
    }

    private void moveTo(int offset) {
        at = offset;
        ahead = null;
    }

    private Token read() {
        skipBlanks();
        if (at == text.length()) return new Token(Kind.END, end(), at, at);
        char c = text.charAt(at);
        if (c == '\n') return take(Kind.NEWLINE, at + 1);
        if (c == '"') return string();
        if (c == '`') return block(Kind.COMMAND, 1, "`");
        if (text.startsWith("%{", at)) return block(Kind.CODE, 2, "}%");
        if (text.startsWith("...", at)) return take(Kind.ELLIPSIS, at + 3);
        if (text.startsWith("--", at))
            return match(OPTION, Kind.OPTION, "expected an option such as --mss=1000");
        if (Character.isDigit(c) || isFraction(c)) return number();
        if (Character.isLetter(c) || c == '_')
            return match(WORD, Kind.WORD, "expected a name of ASCII letters");
        Matcher bracketed = c == '[' ? lookingAt(BRACKETED) : null;
        if (bracketed != null) return take(Kind.BRACKETED, bracketed.end());
        if (c == '$')
            return match(VARIABLE, Kind.VARIABLE, "expected the name of a variable after '$'");
        if ("()[]{}<>,:;=|+-*~./&!".indexOf(c) >= 0) return take(Kind.PUNCTUATION, at + 1);
        throw error(at, "expected a call, an argument or a sign, found " + foundHere());
    }

    private boolean isFraction(char c) {
        return c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    }

    private Token number() {
        int digits = at;
        while (digits < text.length() && isDigit(text.charAt(digits))) digits++;
        boolean isPlain = digits == text.length() || PLAIN_END.indexOf(text.charAt(digits)) >= 0;
        if (digits > at && isPlain) return take(Kind.INTEGER, digits);
        Matcher address = lookingAt(ADDRESS);
        if (address != null) return take(Kind.ADDRESS, address.end());
        Matcher decimal = lookingAt(DECIMAL);
        Matcher integer = lookingAt(INTEGER);
        int end =
                Math.max(decimal == null ? 0 : decimal.end(), integer == null ? 0 : integer.end());
        if (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            Matcher word = Pattern.compile("\\w+").matcher(text).region(at, text.length());
            String found = word.lookingAt() ? word.group() : text.substring(at, end);
            throw error(at, "expected a number, found '" + found + "'");
        }
        boolean whole = integer != null && integer.end() == end;
        return take(whole ? Kind.INTEGER : Kind.DECIMAL, end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private @Nullable Matcher lookingAt(Pattern pattern) {
        Matcher m = pattern.matcher(text).region(at, text.length());
        m.useTransparentBounds(true);
        return m.lookingAt() ? m : null;
    }

    private Token match(Pattern pattern, Kind kind, String expected) {
        Matcher m = lookingAt(pattern);
        if (m == null) throw error(at, expected);
        return take(kind, m.end());
    }

    private Token take(Kind kind, int end) {
        var token = new Token(kind, text.substring(at, end), at, end);
        at = end;
        return token;
    }

    /** A command or code block: everything up to {@code close}. */
    private Token block(Kind kind, int openLength, String close) {
        int start = at;
        int end = text.indexOf(close, at + openLength);
        if (end < 0)
            throw error(start, "expected " + close + " at the end of " + kind.description());
        at = end + close.length();
        return new Token(kind, text.substring(start + openLength, end), start, at);
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF') at++;
            else if (text.startsWith("//", at)) at = lineEnd();
            else if (text.startsWith("/*", at)) skipComment();
            else return;
        }
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) throw error(at, "expected */ at the end of a comment");
        at = end + 2;
    }

    /** A string with the escapes of C; see {@link Octets}. */
    private Token string() {
        int start = at++;
        var meaning = new StringBuilder();
        while (true) {
            if (at == text.length() || text.charAt(at) == '\n') {
                throw error(start, "expected \" at the end of a text, on the same line");
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '"') return new Token(Kind.STRING, meaning.toString(), start, at);
            if (c == '\\') meaning.append(escape());
            else if (c < ASCII_END) meaning.append((char) c);
            else meaning.append(Octets.utf8(Character.toString(c)));
        }
    }

    private String escape() {
        int backslash = at - 1;
        char c = at < text.length() ? text.charAt(at++) : '\n';
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '"', '\\', '\'' -> String.valueOf(c);
            case 'x' -> octet(backslash, 16, 2);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield octet(backslash, 8, 3);
            }
            default ->
                    throw error(
                            backslash,
                            "expected one of \\n \\t \\r \\\" \\\\ \\x41 \\101 after the backslash");
        };
    }

    private String octet(int backslash, int radix, int maxDigits) {
        int start = at;
        while (at < text.length()
                && at - start < maxDigits
                && Character.digit(text.charAt(at), radix) >= 0) at++;
        int value = at == start ? 256 : Integer.parseInt(text.substring(start, at), radix);
        if (value > 255) throw error(backslash, "expected an octet, from \\x00 to \\xff");
        return String.valueOf((char) value);
    }

    private ScriptException error(int offset, String problem) {
        return source.error(source.position(offset), problem);
    }
}
