package io.socketlab.lab.script;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program reads from its standard input, as a line of input writes it: between quotation
 * marks, with C's escapes, so that it is one line whatever is in it.
 */
public final class StandardInput {

    /** Characters that one line can hold of it. */
    public static final int LONGEST = 2000;

    private static final Pattern WRITTEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|.)");
    private static final int HEXADECIMAL = 16;

    private StandardInput() {}

    /** Blanks that stand beside others are escaped: a line does not tell how many there are. */
    public static String write(String text) {
        return Octets.quoted(Octets.utf8(text)).replaceAll("(?<=[ \"]) | (?=[ \"])", "\\\\x20");
    }

    /** The octets that are written so; empty if that cannot be read. */
    public static Optional<byte[]> read(String written) {
        Matcher whole = WRITTEN.matcher(written);
        if (!whole.matches()) return Optional.empty();
        var octets = new StringBuilder();
        String text = whole.group(1);
        Matcher escape = ESCAPE.matcher(text);
        int at = 0;
        while (escape.find()) {
            octets.append(Octets.utf8(text.substring(at, escape.start())));
            String escaped = escape.group(1);
            if (escaped.length() > 1) {
                octets.append((char) Integer.parseInt(escaped.substring(1), HEXADECIMAL));
            } else {
                switch (escaped) {
                    case "n" -> octets.append('\n');
                    case "t" -> octets.append('\t');
                    case "r" -> octets.append('\r');
                    case "\\", "\"" -> octets.append(escaped);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            at = escape.end();
        }
        octets.append(Octets.utf8(text.substring(at)));
        return Optional.of(octets.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
