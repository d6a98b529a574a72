package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Choice;
import io.socketlab.lab.check.Halt;
import io.socketlab.lab.check.PredictionCheck;
import io.socketlab.lab.check.Question;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Prediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Proves of what the run of a solution is asked that it is a question: the run comes to it, it is
 * decided afterwards, one of the answers is right, and none was before.
 *
 * @param path of the solution
 */
record HaltProof(Lab lab, long seed, String path) {

    /**
     * Something that is wrong with a prediction.
     *
     * @param key of the prediction that it is about
     */
    record Wrong(String id, String key, String message) {}

    List<Wrong> of(List<TraceEvent> events) {
        return of(events, lab.predictions());
    }

    /**
     * Of a run that goes otherwise than the author's: what it comes to is a question there as well,
     * whoever is asked it gets an answer, and one of those that there are. It need not come to it.
     */
    List<Wrong> ofWrongAnswer(List<TraceEvent> events) {
        PredictionCheck check = check(events);
        return of(
                events,
                lab.predictions().stream()
                        .filter(p ->
                                p.question()
                                        .halt()
                                        .filter(halt -> check.asked(halt).isPresent())
                                        .isPresent())
                        .toList());
    }

    private PredictionCheck check(List<TraceEvent> events) {
        return new Checker(new TraceIndex(events), lab.parameters(seed)).predictions();
    }

    private List<Wrong> of(List<TraceEvent> events, List<Prediction> asked) {
        if (asked.isEmpty()) return List.of();
        PredictionCheck check = check(events);
        var wrong = new ArrayList<Wrong>();
        var taken = new HashMap<Integer, String>();
        for (Prediction p : asked) wrong(p, check, taken).ifPresent(wrong::add);
        return wrong;
    }

    private Optional<Wrong> wrong(
            Prediction prediction, PredictionCheck check, Map<Integer, String> taken) {
        Question question = prediction.question();
        Optional<Halt> halt = question.halt();
        String id = prediction.id();
        if (halt.isEmpty() && question.choices().isEmpty()) return Optional.empty();
        if (halt.isPresent()) {
            int asked = check.asked(halt.get()).orElse(0);
            if (asked == 0) return wrong(id, "halt", "does not come to what is to be asked");
            String other = taken.put(asked, id);
            if (other != null) return wrong(id, "halt", "halts there for '" + other + "' already");
            List<Choice> before = check.rightBefore(question);
            if (!before.isEmpty()) {
                return wrong(id, "choices", words(before) + " has happened before it is asked");
            }
        }
        if (check.decided(question).isEmpty()) {
            return wrong(id, "at", "does not decide what is asked, or has before it is asked");
        }
        if (question.choices().isEmpty()) {
            return check.came(question).isPresent()
                    ? Optional.empty()
                    : wrong(id, "value", "comes to no value");
        }
        List<Choice> right = check.right(question);
        if (right.isEmpty()) return wrong(id, "choices", "is none of the answers");
        return right.size() == 1
                ? Optional.empty()
                : wrong(id, "choices", "is several of the answers: " + words(right));
    }

    private static String words(List<Choice> choices) {
        return choices.stream().map(Choice::id).collect(Collectors.joining(", "));
    }

    private Optional<Wrong> wrong(String id, String key, String what) {
        return Optional.of(new Wrong(id, key, path + ": the run " + what));
    }
}
