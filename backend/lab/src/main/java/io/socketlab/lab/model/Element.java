package io.socketlab.lab.model;

import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A node of the file. What is asked of it and is not so is reported, and something harmless given
 * back.
 */
final class Element {

    /** Reads a text of one of the small languages. */
    @FunctionalInterface
    interface Syntax<T> {
        T read(String text) throws SyntaxException;
    }

    /** Characters of a text of one of the small languages. */
    private static final int LONGEST = 4_000;

    private final Node node;
    private final Problems problems;

    Element(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    /** Whether nothing has been reported so far. */
    boolean isSound() {
        return problems.isEmpty();
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isSequence() {
        return node instanceof SequenceNode;
    }

    void problem(String message) {
        problems.at(node, message);
    }

    /** Something is wrong with {@code word}, which stands somewhere in this scalar. */
    void problemWith(String word, String message) {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        problemAt(Math.max(0, indexOfWhole(word, text)), message);
    }

    /** Where a word stands by itself and not within a longer one; else where it stands at all. */
    private static int indexOfWhole(String word, String text) {
        if (word.isEmpty()) return 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean goesOn = end < text.length() && Cursor.continuesName(text.charAt(end));
            boolean begins = at == 0 || !Cursor.continuesName(text.charAt(at - 1));
            if (begins && !goesOn) return at;
        }
        return text.indexOf(word);
    }

    /** Its keys and values; of what is no mapping, none. */
    Fields fields(String what) {
        if (node instanceof MappingNode mapping) return new Fields(mapping, problems);
        problem("expected " + what + " (a mapping), not " + kind());
        return Fields.none(problems);
    }

    /** Its items; one alone is a list of one. */
    List<Element> items() {
        if (!(node instanceof SequenceNode sequence)) return List.of(this);
        var items = new ArrayList<Element>();
        for (Node item : sequence.getValue()) items.add(new Element(item, problems));
        return items;
    }

    Optional<String> scalar(String what) {
        if (node instanceof ScalarNode scalar) return Optional.of(scalar.getValue());
        problem("expected " + what + ", not " + kind());
        return Optional.empty();
    }

    String text(String what) {
        return scalar(what).orElse("");
    }

    long integer(long from, long to) {
        Optional<String> text = scalar("a whole number");
        if (text.isEmpty()) return from;
        if (text.get().matches("-?[0-9]{1,15}")) {
            long value = Long.parseLong(text.get());
            if (value >= from && value <= to) return value;
        }
        problem(
                "expected a whole number from "
                        + from
                        + " to "
                        + to
                        + ", not '"
                        + text.get()
                        + "'");
        return from;
    }

    /** What a small language makes of this scalar; empty if it cannot be read. */
    <T> Optional<T> parsed(String what, Syntax<T> syntax) {
        Optional<String> text = scalar(what);
        if (text.isEmpty() || !isReadable(text.get())) return Optional.empty();
        try {
            return Optional.of(syntax.read(text.get()));
        } catch (SyntaxException e) {
            problemAt(e.offset(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private boolean isReadable(String text) {
        int deep = Nesting.tooDeepAt(text);
        if (deep >= 0) problemAt(deep, "expected less within each other");
        if (text.length() > LONGEST) {
            problem("expected at most %d characters, found %d".formatted(LONGEST, text.length()));
        }
        return deep < 0 && text.length() <= LONGEST;
    }

    /**
     * This scalar's text behind so many line ends and blanks that each of its characters has the
     * line and the column that it has in the file. In a text of several lines that is so of {@code
     * |} blocks only.
     */
    String placed() {
        Mark start = node.getStartMark().orElseThrow();
        if (!(node instanceof ScalarNode scalar)) return "";
        ScalarStyle style = scalar.getScalarStyle();
        if (style != ScalarStyle.LITERAL) {
            int quote = style == ScalarStyle.PLAIN ? 0 : 1;
            return "\n".repeat(start.getLine())
                    + " ".repeat(start.getColumn() + quote)
                    + scalar.getValue();
        }
        int first = start.getLine() + 1;
        int indent = indentation(first);
        var text = new StringBuilder("\n".repeat(first));
        scalar.getValue()
                .lines()
                .forEach(line -> text.append(" ".repeat(indent)).append(line).append('\n'));
        return text.toString();
    }

    /** Of the first line that holds something, from {@code number} on. */
    private int indentation(int number) {
        int at = number;
        while (at < problems.lineCount() && problems.line(at).isBlank()) at++;
        String source = problems.line(at);
        return source.length() - source.stripLeading().length();
    }

    private void problemAt(int offset, String message) {
        Mark start = node.getStartMark().orElseThrow();
        if (!(node instanceof ScalarNode scalar)) {
            problems.at(node, message);
            return;
        }
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL) {
            inBlock(scalar, start, offset, message);
            return;
        }
        int end = node.getEndMark().map(Mark::getLine).orElse(start.getLine());
        if (end > start.getLine()) {
            inFolded(scalar, start, offset, message);
            return;
        }
        boolean quoted = style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED;
        int column = start.getColumn() + (quoted ? 1 : 0);
        String source = problems.line(start.getLine());
        problems.add(start.getLine(), column + written(source, column, offset, style), message);
    }

    /** How far into the source the character at {@code offset} of a quoted value stands. */
    private static int written(String source, int column, int offset, ScalarStyle style) {
        int at = column;
        for (int i = 0; i < offset && at < source.length(); i++) {
            boolean escaped =
                    (style == ScalarStyle.DOUBLE_QUOTED && source.charAt(at) == '\\')
                            || (style == ScalarStyle.SINGLE_QUOTED && source.startsWith("''", at));
            at += escaped ? 2 : 1;
        }
        return at - column;
    }

    /** Of a text over several lines, whose ends YAML takes for blanks: by the words before. */
    private void inFolded(ScalarNode scalar, Mark start, int offset, String message) {
        String value = scalar.getValue();
        int line = start.getLine();
        int column = start.getColumn();
        if (scalar.getScalarStyle() == ScalarStyle.FOLDED) {
            line++;
            column = 0;
        }
        for (int i = 0; i <= Math.min(offset, value.length() - 1); i++) {
            char wanted = value.charAt(i);
            if (Character.isWhitespace(wanted)) continue;
            int at = problems.line(line).indexOf(wanted, column);
            while (at < 0 && line + 1 < problems.lineCount()) {
                column = 0;
                at = problems.line(++line).indexOf(wanted, column);
            }
            if (at < 0) break; // written with an escape
            column = i == offset ? at : at + 1;
        }
        problems.add(line, column, message);
    }

    private void inBlock(ScalarNode scalar, Mark start, int offset, String message) {
        String before =
                scalar.getValue().substring(0, Math.min(offset, scalar.getValue().length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - (before.lastIndexOf('\n') + 1);
        int first = start.getLine() + 1;
        problems.add(first + line, indentation(first) + column, message);
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            case SCALAR -> "'" + ((ScalarNode) node).getValue() + "'";
            case ANCHOR -> "an alias";
        };
    }
}
