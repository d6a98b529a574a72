package io.socketlab.lab.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Moment;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Finds out when something will come about in a run, by letting another world of the same log run
 * on.
 *
 * @param hosts there are
 * @param ahead the events of such a world, to its end
 */
record Foresight(Parameters parameters, List<String> hosts, Supplier<List<TraceEvent>> ahead) {

    Foresight {
        hosts = List.copyOf(hosts);
    }

    /**
     * What is done in place of a control that looks ahead.
     *
     * @param now the number of the last event so far
     * @throws ScriptException if it cannot be understood, or does not come about
     */
    Control foreseen(Source source, Control control, Answers answers, int now) {
        return switch (control) {
            case Control.RunUntilTrue wanted -> find(source, wanted, now);
            case Control.Reveal reveal -> decision(reveal, answers.answered(reveal), now);
            default -> control;
        };
    }

    /**
     * Answers with the line that runs to it.
     *
     * @param now the number of the last event so far
     * @throws ScriptException if it cannot be understood, or does not come about
     */
    private Control.RunUntilEvent find(Source source, Control.RunUntilTrue wanted, int now) {
        String text = parameters.fill(wanted.text());
        OptionalInt found;
        try {
            Moment moment = Moment.parse(text);
            moment.hosts().forEach(host -> checkHost(source, wanted, host));
            found = moment.firstAfter(ahead.get(), parameters, now);
        } catch (SyntaxException e) {
            throw error(source, wanted.offset() + e.offset(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw error(source, wanted.offset(), String.valueOf(e.getMessage()));
        }
        if (found.isPresent()) return new Control.RunUntilEvent(found.getAsInt(), wanted.text());
        throw error(
                source,
                wanted.offset(),
                "expected what comes about by itself; if nobody does anything, it does not come to "
                        + text);
    }

    /**
     * Answers with the line that runs to where a prediction is decided.
     *
     * @param prediction that has been answered
     * @param now the number of the last event so far
     * @throws ScriptException if it is not decided by itself
     */
    private Control.RunUntilEvent decision(Control.Reveal reveal, Prediction prediction, int now) {
        var checker = new Checker(new TraceIndex(ahead.get()), parameters);
        OptionalInt found = checker.predictions().decided(prediction.question());
        if (found.isPresent() && found.getAsInt() > now) {
            return new Control.RunUntilEvent(found.getAsInt(), prediction.id());
        }
        String problem =
                found.isPresent()
                        ? "expected what is not decided yet; it is"
                        : "expected what is decided by itself; this is by what is done next";
        throw Console.error(reveal.position(), problem);
    }

    private void checkHost(Source source, Control.RunUntilTrue wanted, String host) {
        if (host.equals("*") || hosts.contains(host)) return;
        int at = Math.max(wanted.text().indexOf(host), 0);
        throw error(
                source,
                wanted.offset() + at,
                "expected a host, found '" + host + "'" + Spelling.hint(host, hosts));
    }

    private static ScriptException error(Source source, int offset, String problem) {
        int at = Math.min(offset, source.text().length());
        return new ScriptException(source.file(), source.position(at), problem);
    }
}
