package io.socketlab.lab.check;

import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Optional;

/** Strings as C writes them. One character is one octet. */
final class Quoted {

    private Quoted() {}

    static String read(Cursor in) throws SyntaxException {
        int start = in.offset();
        in.need("\"");
        var text = new StringBuilder();
        while (in.peek() != '"') {
            if (in.atEnd()) throw new SyntaxException(start, "this string is never closed");
            if (in.take("\\")) text.append(escaped(in));
            else text.append(next(in));
        }
        in.need("\"");
        return text.toString();
    }

    /** What {@code text} quotes; empty if it is not one string and nothing else. */
    static Optional<String> whole(String text) {
        if (!text.startsWith("\"")) return Optional.empty();
        var in = new Cursor(text);
        try {
            String inside = read(in);
            return in.atEnd() ? Optional.of(inside) : Optional.empty();
        } catch (SyntaxException e) {
            return Optional.empty(); // shortened
        }
    }

    private static char next(Cursor in) {
        char c = in.peek();
        in.moveTo(in.offset() + 1);
        return c;
    }

    private static char escaped(Cursor in) throws SyntaxException {
        int start = in.offset() - 1;
        if (in.atEnd()) throw new SyntaxException(start, "this escape has no character");
        if (in.peek() >= '0' && in.peek() <= '7') return octal(in);
        char c = next(in);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'f' -> '\f';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case '\\', '"', '\'', '?' -> c;
            case 'x' -> hexadecimal(in);
            default ->
                    throw new SyntaxException(
                            start, "there is no escape '\\" + c + "' in a string");
        };
    }

    private static char octal(Cursor in) {
        int value = 0;
        for (int i = 0; i < 3 && in.peek() >= '0' && in.peek() <= '7'; i++) {
            value = value * 8 + (next(in) - '0');
        }
        return (char) (value & 0xFF);
    }

    private static char hexadecimal(Cursor in) throws SyntaxException {
        int value = 0;
        int digits = 0;
        while (digits < 2 && Character.digit(in.peek(), 16) >= 0) {
            value = value * 16 + Character.digit(next(in), 16);
            digits++;
        }
        if (digits == 0) throw in.expected("hexadecimal digits after '\\x'");
        return (char) value;
    }
}
