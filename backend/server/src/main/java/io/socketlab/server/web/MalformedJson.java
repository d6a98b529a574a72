package io.socketlab.server.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body of JSON, in the words of the interface and not of Java. */
final class MalformedJson {

    private MalformedJson() {}

    static ProblemDetail missing() {
        return of("expected a JSON object, found no body.");
    }

    static ProblemDetail problem(JacksonException e) {
        ProblemDetail problem = of(complaint(e));
        if (e.getLocation() != null) {
            problem.setProperty("line", e.getLocation().getLineNr());
            problem.setProperty("column", e.getLocation().getColumnNr());
        }
        return problem;
    }

    private static ProblemDetail of(String complaint) {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "malformed-body",
                "Malformed body",
                "The body is not as it must be: " + complaint);
    }

    private static String complaint(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "there is no field '%s'; expected %s."
                            .formatted(unknown.getPropertyName(), known(unknown));
            case MismatchedInputException mismatched ->
                    field(mismatched.getPath())
                            + "expected "
                            + words(mismatched.getTargetType())
                            + ".";
            default -> e.getOriginalMessage() + ".";
        };
    }

    private static String known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String field(List<JacksonException.Reference> path) {
        return path.isEmpty() ? "" : "field '" + path.getLast().getPropertyName() + "': ";
    }

    /** What JSON calls a value of this type. */
    static String words(@Nullable Class<?> type) {
        if (type == null) return "another value";
        if (type == String.class) return "a text";
        if (type == Boolean.class || type == boolean.class) return "true or false";
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) return "a whole number";
        return "an object";
    }
}
