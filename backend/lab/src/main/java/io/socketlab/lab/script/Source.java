package io.socketlab.lab.script;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
        Arrays.setAll(origins, i -> i);
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
        var filled = new StringBuilder();
        var where = IntStream.builder();
        int at = 0;
        Matcher m = pattern.matcher(text);
        while (m.find()) {
            IntStream.range(at, m.start()).map(i -> origins[i]).forEach(where);
            filled.append(text, at, m.start());
            String value = fill(fill, m);
            if (value.equals(m.group())) {
                IntStream.range(m.start(), m.end()).map(i -> origins[i]).forEach(where);
            } else {
                int origin = origins[m.start()];
                value.chars().forEach(_ -> where.add(origin));
            }
            filled.append(value);
            at = m.end();
        }
        IntStream.rangeClosed(at, text.length()).map(i -> origins[i]).forEach(where);
        filled.append(text, at, text.length());
        return new Source(file, filled.toString(), lineStarts, where.build().toArray());
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

    private static int[] lineStarts(String text) {
        IntStream afterNewlines =
                IntStream.range(0, text.length())
                        .filter(i -> text.charAt(i) == '\n')
                        .map(i -> i + 1);
        return IntStream.concat(IntStream.of(0), afterNewlines).toArray();
    }

    ScriptException error(Position at, String problem) {
        return new ScriptException(file, at, problem);
    }
}
