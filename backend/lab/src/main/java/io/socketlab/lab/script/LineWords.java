package io.socketlab.lab.script;

import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line of words with blanks between them, each of which knows its place. */
public final class LineWords {

    /** A century, so that sums do not overflow. */
    private static final long MAX_NANOS = 100L * 366 * 86_400 * 1_000_000_000;

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private record Word(String text, Position position) {}

    private final String file;
    private final Position end;
    private final List<Word> words = new ArrayList<>();

    public LineWords(Source source) {
        this(source.file(), source.position(source.text().length()));
        String text = source.text();
        int at = 0;
        while (true) {
            while (at < text.length() && isBlank(text.charAt(at))) at++;
            if (at == text.length()) return;
            int start = at;
            while (at < text.length() && !isBlank(text.charAt(at))) at++;
            words.add(new Word(text.substring(start, at), source.position(start)));
        }
    }

    /** As regular expressions have it: {@code \s}. */
    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private LineWords(String file, Position end) {
        this.file = file;
        this.end = end;
    }

    /**
     * A line that is put together of what is written elsewhere.
     *
     * @param end where something is missing
     */
    static LineWords none(String file, Position end) {
        return new LineWords(file, end);
    }

    /** Adds the words of {@code text}, which is written at {@code position}. */
    void add(String text, Position position) {
        Matcher m = WORD.matcher(text);
        while (m.find()) words.add(new Word(m.group(), position));
    }

    /** Adds the words of {@code text}, which begins at {@code position} and is written as it is. */
    void addWritten(String text, Position position) {
        Matcher m = WORD.matcher(text);
        while (m.find()) {
            var at = new Position(position.line(), position.column() + m.start());
            words.add(new Word(m.group(), at));
        }
    }

    /** The line, with one blank between any two. */
    @Override
    public String toString() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    public int size() {
        return words.size();
    }

    /** The word of that index, from 0; empty behind the last. */
    public String text(int i) {
        return i < words.size() ? words.get(i).text() : "";
    }

    public Position position(int i) {
        return i < words.size() ? words.get(i).position() : end;
    }

    public boolean is(int i, String word) {
        return text(i).equals(word);
    }

    /**
     * @param expected what the line is to be
     * @throws ScriptException if there are more or fewer words
     */
    public void requireSize(int size, String expected) {
        if (words.size() > size) throw unexpected(size, expected);
        if (words.size() < size) throw error(words.size(), expected);
    }

    /**
     * Virtual nanoseconds.
     *
     * @throws ScriptException if the word is no time
     */
    public long time(int i) {
        return Value.nanos(text(i))
                .filter(nanos -> nanos >= 0 && nanos <= MAX_NANOS)
                .orElseThrow(
                        () -> unexpected(i, "expected a time with its unit, such as 50ms or 1.5s"));
    }

    /**
     * @param expected what it is
     * @throws ScriptException if the word is no whole number from {@code least} to {@code most}
     */
    public int number(int i, int least, int most, String expected) {
        if (!NUMBER.matcher(text(i)).matches()) throw unexpected(i, expected);
        int number = Integer.parseInt(text(i));
        if (number < least || number > most) throw unexpected(i, expected);
        return number;
    }

    /** That something else was expected where the word of that index is. */
    public ScriptException unexpected(int i, String expected) {
        return i < words.size()
                ? error(i, expected + ", found '" + text(i) + "'")
                : error(i, expected);
    }

    /** That something is wrong with the word of that index. */
    public ScriptException error(int i, String problem) {
        return new ScriptException(file, position(i), problem);
    }
}
