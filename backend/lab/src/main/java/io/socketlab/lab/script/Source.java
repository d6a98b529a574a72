package io.socketlab.lab.script;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text to be read, which knows the line and column of each of its characters, also after values
 * have been put in place of <code>{{names}</code>}.
 */
public final class Source {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}\\n]*}}");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private final String file;
    private final String text;

    /** Where each line of the text begins as it was written. */
    private final int[] lineStarts;

    /** Where each character of {@code text}, and its end, was before anything was put in. */
    private final int[] origins;

    private Source(String file, String text, int[] lineStarts, int[] origins) {
        this.file = file;
        this.text = text;
        this.lineStarts = lineStarts;
        this.origins = origins;
    }

    public static Source of(String file, String text) {
        int[] origins = new int[text.length() + 1];
        for (int i = 0; i < origins.length; i++) origins[i] = i;
        return new Source(file, text, lineStarts(text), origins);
    }

    /**
     * This text with what {@code fill} makes of each <code>{{…}}</code> in it.
     *
     * @param fill gets the braces too; what is wrong with them it says by an {@link
     *     IllegalArgumentException}, which becomes a {@link ScriptException} at their place
     */
    public Source with(UnaryOperator<String> fill) {
        return replace(PLACEHOLDER, fill);
    }

    /** This text with the value of each word that {@code values} knows in its place. */
    public Source define(Map<String, String> values) {
        return replace(WORD, word -> values.getOrDefault(word, word));
    }

    private Source replace(Pattern pattern, UnaryOperator<String> fill) {
        Matcher m = pattern.matcher(text);
        if (!m.find()) return this;
        var filled = new StringBuilder();
        int[] where = new int[origins.length];
        int at = 0;
        do {
            String value = fill(fill, m);
            int from = filled.append(text, at, m.start()).length();
            filled.append(value);
            if (filled.length() >= where.length) where = Arrays.copyOf(where, 2 * filled.length());
            System.arraycopy(origins, at, where, from - (m.start() - at), m.start() - at);
            if (value.equals(m.group())) {
                System.arraycopy(origins, m.start(), where, from, value.length());
            } else {
                Arrays.fill(where, from, filled.length(), origins[m.start()]);
            }
            at = m.end();
        } while (m.find());
        int from = filled.length();
        where = Arrays.copyOf(where, from + origins.length - at);
        System.arraycopy(origins, at, where, from, origins.length - at);
        filled.append(text, at, text.length());
        return new Source(file, filled.toString(), lineStarts, where);
    }

    private String fill(UnaryOperator<String> fill, Matcher placeholder) {
        try {
            return fill.apply(placeholder.group());
        } catch (IllegalArgumentException e) {
            throw new ScriptException(
                    file, position(placeholder.start()), String.valueOf(e.getMessage()));
        }
    }

    /** Its name in messages: a file's, or {@code console}. */
    public String file() {
        return file;
    }

    /** What there is to read. */
    public String text() {
        return text;
    }

    /**
     * Where the character at {@code offset} of {@link #text()} stands in the text as it was
     * written.
     */
    public Position position(int offset) {
        int at = origins[offset];
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, at - lineStarts[line] + 1);
    }

    /** Whether the other says the same in the same places of the same file. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Source source
                && file.equals(source.file)
                && text.equals(source.text)
                && Arrays.equals(lineStarts, source.lineStarts)
                && Arrays.equals(origins, source.origins);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + text.hashCode();
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[8];
        int lines = 1;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            if (lines == starts.length) starts = Arrays.copyOf(starts, 2 * lines);
            starts[lines++] = end + 1;
        }
        return Arrays.copyOf(starts, lines);
    }

    ScriptException error(Position at, String problem) {
        return new ScriptException(file, at, problem);
    }
}
