package io.socketlab.lab.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * JSON as it is put together, in UTF-8. A trace is some hundred octets an event, so what writes one
 * is much of what grading costs: this knows no more than traces need.
 */
final class JsonOctets {

    private static final int MOST_DIGITS = 20;

    /** Octets that a character becomes at the most: a control character is six. */
    private static final int WIDEST = 6;

    private static final int CONTROL_END = 0x20;
    private static final int ASCII_END = 0x80;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private byte[] octets;
    private int size;

    /**
     * @param room octets that there is room for before it grows
     */
    JsonOctets(int room) {
        octets = new byte[room];
    }

    /** The quoted name of a member with its colon, for {@link #name}. */
    static byte[] quoted(String name) {
        return ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return size;
    }

    /** What has been written; only so far as {@link #size} it is that. */
    byte[] octets() {
        return octets;
    }

    byte[] copy() {
        return Arrays.copyOf(octets, size);
    }

    @Override
    public String toString() {
        return new String(octets, 0, size, StandardCharsets.UTF_8);
    }

    /** Begins anew. */
    void clear() {
        size = 0;
    }

    private void need(int more) {
        if (more > octets.length - size) {
            octets = Arrays.copyOf(octets, Math.max(size + more, 2 * octets.length));
        }
    }

    /** A sign of ASCII. */
    void sign(char sign) {
        need(1);
        octets[size++] = (byte) sign;
    }

    private void raw(byte[] some) {
        need(some.length);
        System.arraycopy(some, 0, octets, size, some.length);
        size += some.length;
    }

    /**
     * A member's name, with a comma before it unless it is the object's first.
     *
     * @param quoted of {@link #quoted}
     */
    void name(byte[] quoted) {
        if (octets[size - 1] != '{') sign(',');
        raw(quoted);
    }

    void number(long value) {
        need(MOST_DIGITS);
        if (value == Long.MIN_VALUE) {
            raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        long left = value;
        if (left < 0) {
            octets[size++] = '-';
            left = -left;
        }
        int digits = 1;
        for (long bound = 10; digits < MOST_DIGITS - 1 && left >= bound; bound *= 10) digits++;
        for (int at = size + digits - 1; at >= size; at--) {
            octets[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += digits;
    }

    void truth(boolean value) {
        raw((value ? "true" : "false").getBytes(StandardCharsets.US_ASCII));
    }

    /** Base64. */
    void binary(byte[] value) {
        sign('"');
        raw(Base64.getEncoder().encode(value));
        sign('"');
    }

    void text(String text) {
        need(WIDEST * text.length() + 2);
        octets[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII_END) i += wide(text, i);
            else if (c >= CONTROL_END && c != '"' && c != '\\') octets[size++] = (byte) c;
            else escaped(c);
        }
        octets[size++] = '"';
    }

    private void escaped(char c) {
        octets[size++] = '\\';
        switch (c) {
            case '"', '\\' -> octets[size++] = (byte) c;
            case '\b' -> octets[size++] = 'b';
            case '\t' -> octets[size++] = 't';
            case '\n' -> octets[size++] = 'n';
            case '\f' -> octets[size++] = 'f';
            case '\r' -> octets[size++] = 'r';
            default -> unicode(c);
        }
    }

    private void unicode(char c) {
        octets[size++] = 'u';
        for (char digit : HEX.toHexDigits(c).toCharArray()) octets[size++] = (byte) digit;
    }

    /** Answers how many further characters of the text it has taken. */
    private int wide(String text, int at) {
        char c = text.charAt(at);
        boolean isPair =
                Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
        byte[] utf8 = text.substring(at, isPair ? at + 2 : at + 1).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, octets, size, utf8.length);
        size += utf8.length;
        return isPair ? 1 : 0;
    }
}
