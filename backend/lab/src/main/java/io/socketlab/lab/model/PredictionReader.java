package io.socketlab.lab.model;

import io.socketlab.lab.check.Choice;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.check.Halt;
import io.socketlab.lab.check.Question;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.model.Samples.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what predictions ask, when, and what answers there are. */
final class PredictionReader {

    /** A choice's name: a word as conditions know them. */
    static final String WORD = "[A-Z][A-Z0-9_]{0,40}";

    static final int FEWEST_CHOICES = 2;
    static final int MOST_CHOICES = 6;

    /** A run that is held up more often is no run any more. */
    static final int MOST_HALTS = 5;

    private final Names names;
    private int halts;

    PredictionReader(Names names) {
        this.names = names;
    }

    /** Empty if it cannot be read. */
    Optional<Question> read(Element element, Fields fields) {
        Optional<Condition> value = fields.get("value").flatMap(names::value);
        Optional<Expression> tolerance =
                fields.get("tol").flatMap(e -> names.expression(e, Kind.MARGIN));
        Optional<EventPattern> at = fields.get("at").flatMap(names::pattern);
        Optional<Halt> halt = halt(element, fields);
        List<Choice> choices = choices(fields);
        if (fields.has("value") == fields.has("choices")) {
            element.problem(
                    fields.has("value")
                            ? "expected 'value' or 'choices', not both"
                            : "expected 'value', with which the answer is compared, or 'choices'");
            return Optional.empty();
        }
        if (fields.has("tol") && fields.has("choices")) {
            element.problem("expected no 'tol' beside 'choices': one of them is right");
        }
        if (value.isEmpty() && choices.isEmpty()) return Optional.empty();
        return Optional.of(new Question(value, tolerance, choices, at, halt));
    }

    private Optional<Halt> halt(Element element, Fields fields) {
        Optional<Element> rule = fields.get("rule");
        Optional<String> ruleId = rule.map(CheckReader::rule);
        Optional<Expression> nth = fields.get("nth").flatMap(e -> names.expression(e, Kind.NTH));
        Optional<Element> halt = fields.get("halt");
        if (halt.isEmpty()) {
            for (String key : List.of("nth", "rule")) {
                if (fields.has(key)) {
                    element.problem("expected 'halt' beside '" + key + "': when it is asked");
                }
            }
            return Optional.empty();
        }
        halts++;
        if (halts > MOST_HALTS) {
            halt.get().problem("expected at most " + MOST_HALTS + " predictions with 'halt'");
        }
        if (!fields.has("at")) {
            element.problem("expected 'at' beside 'halt': the event by which it is decided");
        }
        if (rule.isEmpty()) {
            element.problem("expected 'rule' beside 'halt': what explains the right answer");
        }
        Optional<EventPattern> pattern = names.pattern(halt.get());
        pattern.ifPresent(p -> checkOneEvent(halt.get(), p));
        return pattern.map(p -> new Halt(p, nth, ruleId.orElse("")));
    }

    private static void checkOneEvent(Element element, EventPattern pattern) {
        if (pattern.repeats()) {
            element.problem("expected a pattern of one event; 'nth' beside it says which");
        } else if (!pattern.isOfOneEvent()) {
            element.problem(
                    "expected a pattern of one event, not a range of the stream, start or end");
        }
    }

    private List<Choice> choices(Fields fields) {
        var choices = new ArrayList<Choice>();
        var ids = new HashSet<String>();
        List<Element> items = fields.items("choices");
        for (Element item : items) {
            try (Fields keys = item.fields("a choice, as in {id: AGAIN, text: …, when: …}")) {
                String id = keys.need("id").map(e -> word(e, ids)).orElse("");
                LocalText text = keys.need("text").map(names::text).orElse(LocalText.NONE);
                Optional<Condition> when = keys.need("when").flatMap(names::condition);
                boolean still = keys.flag("still", false);
                when.ifPresent(w -> choices.add(new Choice(id, text, w, still)));
            }
        }
        boolean few = items.size() < FEWEST_CHOICES;
        if (fields.has("choices") && (few || items.size() > MOST_CHOICES)) {
            fields.get("choices")
                    .ifPresent(e ->
                            e.problem(
                                    "expected %d to %d choices, not %d"
                                            .formatted(
                                                    FEWEST_CHOICES, MOST_CHOICES, items.size())));
        }
        return choices;
    }

    private static String word(Element element, Set<String> taken) {
        String id = element.text("a word in capitals");
        if (!id.matches(WORD)) {
            element.problem("expected a word in capitals, as in AGAIN, not '" + id + "'");
        } else if (!taken.add(id)) {
            element.problem("the choice '" + id + "' is there already");
        }
        return id;
    }
}
