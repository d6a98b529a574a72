package io.socketlab.lab.check;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Template;

/**
 * Pattern lines as a reader of feedback wants them: with the run's numbers instead of parameters.
 */
final class Words {

    private Words() {}

    /** {@code client > S to server:23456}. */
    static String of(EventPattern pattern, RunView run) {
        return fill(pattern.text(), run);
    }

    /** {@code the accept queue of server's listener on port 23456 is at most 3}. */
    static String of(Condition condition, RunView run) {
        return Spoken.of(condition, run);
    }

    private static String fill(String text, RunView run) {
        try {
            return Template.of(text).fill(run);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("cannot fill in '" + text + "'", e);
        }
    }

    /** What feedback may have in it beside the parameters. */
    static Parameters with(Parameters parameters, Finding finding) {
        return parameters
                .with("actual", word(finding.actual()))
                .with("expected", word(finding.expected()))
                .with("event", word(Integer.toString(finding.divergence())));
    }

    private static io.socketlab.lab.expr.Value word(String text) {
        return new io.socketlab.lab.expr.Value.Word(text);
    }
}
