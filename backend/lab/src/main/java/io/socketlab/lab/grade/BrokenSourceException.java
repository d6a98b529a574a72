package io.socketlab.lab.grade;

import io.socketlab.lab.grade.ResultDocument.FormatError;
import java.util.List;
import java.util.stream.Collectors;

/** A program cannot be compiled: its source is wrong. */
public final class BrokenSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FormatError> errors;

    BrokenSourceException(List<FormatError> errors) {
        super(errors.stream().map(FormatError::text).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** Where it is wrong, and how: one at least. */
    public List<FormatError> errors() {
        return errors;
    }
}
