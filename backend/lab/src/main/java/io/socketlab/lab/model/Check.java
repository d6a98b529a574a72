package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.expr.LocalText;
import java.util.List;
import java.util.Optional;

/**
 * Something that a lab asks for and pays points for.
 *
 * @param layer lower ones are judged first; one that fails blocks those above
 * @param rule the rule of the catalogue that it is about
 * @param requires what must have happened for it to count
 * @param partial whether a part of it earns a part of the points
 */
public record Check(
        String id,
        LocalText title,
        int points,
        Visibility visibility,
        int layer,
        Optional<String> rule,
        Optional<Assertion> requires,
        Assertion assertion,
        Feedback feedback,
        List<Hint> hints,
        List<String> tags,
        boolean partial) {

    public Check {
        hints = List.copyOf(hints);
        tags = List.copyOf(tags);
    }

    /** When a student sees what came of it. */
    public enum Visibility {
        ALWAYS,
        /** Only how many of these passed. */
        COUNT_ONLY,
        AFTER_DUE,
        NEVER
    }

    /**
     * What the author says about a verdict; may have {@code {{actual}}}, {@code {{event}}} in it.
     */
    public record Feedback(LocalText fail, LocalText notExercised) {}

    /** Help, step by step. */
    public sealed interface Hint {

        record Text(LocalText text) implements Hint {}

        /** What was expected beside what was there, at the divergence. */
        record Contrast() implements Hint {}

        /** A file of the lab. */
        record Snippet(String path) implements Hint {}
    }
}
