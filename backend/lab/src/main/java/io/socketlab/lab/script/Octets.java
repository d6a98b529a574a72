package io.socketlab.lab.script;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Octets in a string, one a character from U+0000 to U+00FF, so that what stands between quotation
 * marks can hold any octet and still be compared and printed.
 */
final class Octets {

    private static final HexFormat HEX = HexFormat.of();

    private Octets() {}

    /** The UTF-8 octets of {@code text}. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As C writes it, quotation marks included. */
    static String quoted(String octets) {
        int plain = 0;
        while (plain < octets.length() && isPlain(octets.charAt(plain))) plain++;
        if (plain == octets.length()) return '"' + octets + '"';
        var out = new StringBuilder(octets.length() + 16).append('"').append(octets, 0, plain);
        for (int i = plain; i < octets.length(); i++) {
            char c = octets.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '"', '\\' -> out.append('\\').append(c);
                default -> {
                    if (isPlain(c)) out.append(c);
                    else out.append("\\x").append(HEX.toHexDigits((byte) c));
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
