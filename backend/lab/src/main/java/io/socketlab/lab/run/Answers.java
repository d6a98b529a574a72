package io.socketlab.lab.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What was said of a run, and what it has halted to ask. */
final class Answers {

    private final List<Prediction> predictions;
    private final Halts halts;
    private final Map<String, Value> said = new LinkedHashMap<>();
    private final Set<String> skipped = new LinkedHashSet<>();

    /**
     * @param predictions that the lab has
     * @param shown is told what has happened, as soon as it may be seen
     */
    Answers(List<Prediction> predictions, Parameters parameters, Consumer<TraceEvent> shown) {
        this.predictions = predictions;
        this.halts = new Halts(predictions, parameters, shown);
    }

    Halts halts() {
        return halts;
    }

    Map<String, Value> said() {
        return Collections.unmodifiableMap(said);
    }

    Set<String> skipped() {
        return Collections.unmodifiableSet(skipped);
    }

    /** The ids of what the run will halt for, if it comes to it. */
    List<String> awaited() {
        return predictions.stream().map(Prediction::id).filter(halts::isAwaited).toList();
    }

    /**
     * Where something is asked, nothing is done before there is an answer.
     *
     * @param control that a line is; empty for a call or a command
     * @throws ScriptException if it is none
     */
    Optional<Control> allowed(Optional<Control> control) {
        Optional<Prediction> asked = halts.asked();
        boolean answers =
                control.filter(c -> c instanceof Control.Predict || c instanceof Control.Skip)
                        .isPresent();
        if (asked.isEmpty() || answers) return control;
        throw Console.error(new Position(1, 1), "expected " + expected(asked.get()));
    }

    /**
     * @param begun whether something has happened in the run
     * @throws ScriptException if there is no such prediction, it is no answer to it, or not asked
     *     now
     */
    String predict(Control.Predict control, boolean begun) {
        Position at = control.position();
        checkNow(at, check(predictions, Console.NAME, control), begun);
        Value value = Value.of(control.value());
        said.put(control.id(), value);
        settled(control.id());
        return "You say that " + control.id() + " will be " + value + ".";
    }

    /**
     * @param begun whether something has happened in the run
     * @throws ScriptException if the run does not halt for it, or it has to be answered
     */
    String skip(Control.Skip control, boolean begun) {
        String id = control.id();
        Position at = control.position();
        Prediction prediction = find(predictions, Console.NAME, at, id);
        if (!prediction.halts()) {
            throw Console.error(
                    at, "expected what the run halts for; " + id + " is asked before it");
        }
        checkAskedIs(at, prediction);
        if (said.containsKey(id)) {
            throw Console.error(at, "expected what is not answered yet, found " + id);
        }
        if (begun && !prediction.mayBeSkipped()) {
            throw Console.error(at, "expected " + expected(prediction) + "; it earns points");
        }
        skipped.add(id);
        settled(id);
        return id + " is not asked.";
    }

    /** There is an answer, or none is wanted. */
    private void settled(String id) {
        if (halts.asked().filter(p -> p.id().equals(id)).isPresent()) {
            halts.goOn();
        } else {
            halts.pass(id);
        }
    }

    private void checkAskedIs(Position at, Prediction prediction) {
        Optional<Prediction> asked = halts.asked();
        if (asked.isPresent() && !asked.get().equals(prediction)) {
            throw Console.error(at, "expected " + expected(asked.get()));
        }
    }

    private void checkNow(Position at, Prediction prediction, boolean begun) {
        checkAskedIs(at, prediction);
        if (halts.isAsking() || !begun) return;
        String when = prediction.halts() ? "an answer where it is asked, or" : "predictions";
        throw Console.error(at, "expected " + when + " before the first call; the run has begun");
    }

    /**
     * The prediction of which it is to be seen what the right answer was.
     *
     * @throws ScriptException if there is none, or no answer to it
     */
    Prediction answered(Control.Reveal reveal) {
        Prediction prediction = find(predictions, Console.NAME, reveal.position(), reveal.id());
        if (said.containsKey(reveal.id())) return prediction;
        throw Console.error(
                reveal.position(), "expected " + expected(prediction) + ", and then reveal");
    }

    /**
     * @param file what errors call the place where it is said
     * @throws ScriptException if there is no such prediction, or it is no answer to it
     */
    static Prediction check(List<Prediction> predictions, String file, Control.Predict control) {
        Prediction prediction = find(predictions, file, control.position(), control.id());
        List<String> words = prediction.question().words();
        if (words.isEmpty() || words.contains(control.value())) return prediction;
        String problem = SyntaxException.unknown(0, "answer", control.value(), words).getMessage();
        throw new ScriptException(
                file,
                control.position(),
                problem + " (expected one of " + String.join(", ", words) + ")");
    }

    private static Prediction find(
            List<Prediction> predictions, String file, Position at, String id) {
        Optional<Prediction> found =
                predictions.stream().filter(p -> p.id().equals(id)).findFirst();
        if (found.isPresent()) return found.get();
        List<String> known = predictions.stream().map(Prediction::id).toList();
        String problem = SyntaxException.unknown(0, "prediction", id, known).getMessage();
        throw new ScriptException(file, at, String.valueOf(problem));
    }

    /** The lines that answer a prediction, in words. */
    private static String expected(Prediction prediction) {
        List<String> words = prediction.question().words();
        String value = words.isEmpty() ? "4" : String.join("|", words);
        String skip = prediction.mayBeSkipped() ? ", or skip " + prediction.id() : "";
        return "what happens next: predict " + prediction.id() + " " + value + skip;
    }
}
