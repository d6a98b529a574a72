package io.socketlab.lab.expr;

import java.util.function.IntPredicate;

/** A place in a line of text that is being read. */
public final class Cursor {

    private static final char END = '\0';

    private final String text;
    private int offset;

    public Cursor(String text) {
        this.text = text;
    }

    public int offset() {
        return offset;
    }

    public void moveTo(int newOffset) {
        offset = newOffset;
    }

    public boolean atEnd() {
        return offset >= text.length();
    }

    /** The next character, NUL at the end. */
    public char peek() {
        return atEnd() ? END : text.charAt(offset);
    }

    public void skipSpace() {
        while (!atEnd() && Character.isWhitespace(peek())) offset++;
    }

    public boolean looksAt(String word) {
        return text.startsWith(word, offset);
    }

    /** Steps over {@code symbol} if it is next. */
    public boolean take(String symbol) {
        if (!looksAt(symbol)) return false;
        offset += symbol.length();
        return true;
    }

    /** Steps over {@code word} if it is next and does not go on. */
    public boolean takeWord(String word) {
        int after = offset + word.length();
        if (!looksAt(word)) return false;
        if (after < text.length() && continuesName(text.charAt(after))) return false;
        offset = after;
        return true;
    }

    public void need(String symbol) throws SyntaxException {
        if (!take(symbol)) throw expected("'" + symbol + "'");
    }

    public String takeWhile(IntPredicate accepts) {
        int start = offset;
        while (!atEnd() && accepts.test(peek())) offset++;
        return since(start);
    }

    /** A name; what it is for the message if none is there. */
    public String name(String what) throws SyntaxException {
        if (!startsName(peek())) throw expected(what);
        return takeWhile(Cursor::continuesName);
    }

    /** Steps over brackets and what they hold; answers what they hold. */
    public String takeBalanced(char open, char close) throws SyntaxException {
        int start = offset;
        int depth = 0;
        boolean quoted = false;
        do {
            if (atEnd()) throw new SyntaxException(start, "this '" + open + "' is never closed");
            char c = text.charAt(offset++);
            if (c == '\\' && quoted) offset++;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == open) depth++;
            else if (!quoted && c == close) depth--;
        } while (depth > 0);
        return text.substring(start + 1, offset - 1);
    }

    public String since(int start) {
        return text.substring(start, offset);
    }

    public String rest() {
        return text.substring(Math.min(offset, text.length()));
    }

    public SyntaxException expected(String what) {
        String found = atEnd() ? "the end" : "'" + word() + "'";
        return new SyntaxException(offset, "expected " + what + ", not " + found);
    }

    private String word() {
        int end = offset;
        while (end < text.length() && continuesName(text.charAt(end))) end++;
        return text.substring(offset, Math.max(end, Math.min(offset + 1, text.length())));
    }

    public static boolean startsName(int c) {
        return Character.isLetter(c) || c == '_';
    }

    public static boolean continuesName(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
