package io.socketlab.lab.record;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check that a lab could have.
 *
 * @param asserted what stands under {@code assert}, line by line
 * @param requires the condition that stands beside it, if it needs one
 */
record Proposal(
        String id,
        String title,
        List<String> asserted,
        Optional<String> requires,
        Assertion assertion) {

    Proposal {
        asserted = List.copyOf(asserted);
    }

    /** Whether a run passes the check: it has what the check needs, and does what it says. */
    boolean passes(Recording run) {
        boolean exercised =
                requires.map(Proposal::condition)
                        .map(Assertion.Final::new)
                        .filter(needed -> !run.fulfils(needed))
                        .isEmpty();
        return exercised && run.fulfils(assertion);
    }

    /** Whether a part of it would be paid for, which a lab's starter may have. */
    boolean hasParts() {
        return assertion instanceof Assertion.Order;
    }

    /** One pattern after the other. */
    static Proposal order(String id, String title, List<String> patterns) {
        var lines = new ArrayList<String>();
        lines.add("order:");
        for (String pattern : patterns) lines.add("  - \"" + pattern + "\"");
        var parsed = patterns.stream().map(Proposal::pattern).toList();
        return new Proposal(id, title, lines, Optional.empty(), new Assertion.Order(parsed));
    }

    static Proposal never(String id, String title, String pattern, String requires) {
        return new Proposal(
                id,
                title,
                List.of("never: \"" + pattern + "\""),
                Optional.of(requires),
                new Assertion.Never(pattern(pattern)));
    }

    /** A number comes to {@code most}, and no further. */
    static Proposal peak(String id, String title, String metric, String most) {
        String always = metric + " <= " + most;
        String reaches = metric + " == " + most;
        return new Proposal(
                id,
                title,
                List.of("always: \"" + always + "\"", "reaches: \"" + reaches + "\""),
                Optional.empty(),
                new Assertion.Invariant(
                        Optional.of(condition(always)), Optional.of(condition(reaches))));
    }

    static Proposal stream(String id, String title, String from, String to, String length) {
        try {
            return new Proposal(
                    id,
                    title,
                    List.of("stream: {dir: %s -> %s, length: \"%s\"}".formatted(from, to, length)),
                    Optional.empty(),
                    new Assertion.Stream(
                            from,
                            to,
                            Optional.of(ExpressionParser.parse(bare(length))),
                            new Assertion.Content.AsSent()));
        } catch (SyntaxException e) {
            throw new IllegalStateException(length, e);
        }
    }

    private static String bare(String template) {
        return template.replace("{{", "").replace("}}", "");
    }

    private static EventPattern pattern(String text) {
        try {
            return EventPattern.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static Condition condition(String text) {
        try {
            return Condition.parse(text);
        } catch (SyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
