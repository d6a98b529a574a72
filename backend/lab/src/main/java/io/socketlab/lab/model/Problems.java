package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with a file, and knows where in it that is. */
final class Problems {

    private final String file;
    private final List<String> lines;
    private final List<LabException.Problem> found = new ArrayList<>();

    Problems(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    void at(Node node, String message) {
        at(node, 0, message);
    }

    /**
     * Something is wrong inside a scalar.
     *
     * @param offset into the scalar's value
     */
    void at(Node node, int offset, String message) {
        Mark start = node.getStartMark().orElseThrow();
        add(start.getLine(), start.getColumn() + offset, message);
    }

    /**
     * @param line from 0, as is {@code column}
     */
    void add(int line, int column, String message) {
        found.add(new LabException.Problem(file, line + 1, column + 1, message));
    }

    /**
     * @param position of a character of the file, from 0
     */
    void atCharacter(int position, String message) {
        String before = String.join("\n", lines);
        before = before.substring(0, Math.min(position, before.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        add(line, before.length() - (before.lastIndexOf('\n') + 1), message);
    }

    /** The text of a line of the file, from 0. */
    String line(int number) {
        return number < lines.size() ? lines.get(number) : "";
    }

    int lineCount() {
        return lines.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    LabException exception() {
        var sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparingInt(LabException.Problem::line)
                        .thenComparingInt(LabException.Problem::column));
        return new LabException(sorted.stream().distinct().toList());
    }
}
