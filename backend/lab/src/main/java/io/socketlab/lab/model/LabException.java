package io.socketlab.lab.model;

import java.util.List;
import java.util.stream.Collectors;

/** A lab's files cannot be understood. It knows all the mistakes that were found, at least one. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A mistake.
     *
     * @param line from 1
     * @param column from 1
     * @param message what was expected, and the nearest right spelling
     */
    public record Problem(String file, int line, int column, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column + ": " + message;
        }
    }

    private final transient List<Problem> problems;

    public LabException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
