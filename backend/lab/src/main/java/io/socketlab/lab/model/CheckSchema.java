package io.socketlab.lab.model;

import static io.socketlab.lab.model.Schemas.anyOf;
import static io.socketlab.lab.model.Schemas.choice;
import static io.socketlab.lab.model.Schemas.constant;
import static io.socketlab.lab.model.Schemas.flag;
import static io.socketlab.lab.model.Schemas.integer;
import static io.socketlab.lab.model.Schemas.keys;
import static io.socketlab.lab.model.Schemas.list;
import static io.socketlab.lab.model.Schemas.matching;
import static io.socketlab.lab.model.Schemas.oneOrMore;
import static io.socketlab.lab.model.Schemas.ref;
import static io.socketlab.lab.model.Schemas.text;

import java.util.Map;

/** The schema of what {@link CheckReader} reads. */
final class CheckSchema {

    private CheckSchema() {}

    static Map<String, Object> check() {
        Map<String, Object> feedback =
                keys("What is said of a verdict; {{expected}}, {{actual}} and {{event}} stand for what was found.")
                        .need("fail", ref("When it fails.", "text"))
                        .may(
                                "not_exercised",
                                ref("When what it is about has not happened.", "text"))
                        .closed();
        return keys("A check.")
                .need("id", id())
                .need("title", ref("What it asks for.", "text"))
                .need("points", integer("What it pays.", 0, 1000))
                .may(
                        "visibility",
                        choice("When a student sees what came of it.", CheckReader.VISIBILITIES))
                .may(
                        "layer",
                        integer("Lower ones come first; one that fails blocks those above.", 1, 20))
                .may(
                        "rule",
                        choice("The rule of the catalogue that it is about.", CheckReader.RULES))
                .may("requires", conditional("What must have happened for it to count."))
                .need("assert", ref("assertion"))
                .need("feedback", feedback)
                .may("hints", oneOrMore("Help, step by step.", hint()))
                .may("tags", oneOrMore("Words of the author's.", text("")))
                .may("pay", choice("Whether a part pays a part.", CheckReader.PAY))
                .closed();
    }

    private static Map<String, Object> hint() {
        return anyOf(
                "A text, {contrast: true}, or {snippet: FILE}.",
                ref("text"),
                keys("Expected beside actual, at the divergence.")
                        .need("contrast", constant("", true))
                        .closed(),
                keys("A file of the folder.").need("snippet", text("Its path.")).closed());
    }

    private static Map<String, Object> conditional(String description) {
        return anyOf(description, ref("condition"), ref("assertion"));
    }

    static Map<String, Object> mistake() {
        return keys("A mistake that people make, and how it is told.")
                .need("id", id())
                .need("when", conditional("How it is told in a run."))
                .need("say", ref("What is said to somebody who makes it.", "text"))
                .may(
                        "severity",
                        choice("Whether it is wrong or only worth saying.", CheckReader.SEVERITIES))
                .may(
                        "mutant",
                        oneOrMore("The scripts that make it.", text("A script that makes it.")))
                .may(
                        "fails",
                        oneOrMore(
                                "The checks that each script fails, and no others.",
                                text("A check's id.")))
                .may("cap", integer("Most percent of the points while it is there.", 0, 100))
                .closed();
    }

    static Map<String, Object> prediction() {
        return keys("A question that is answered by the run: before it, or where it halts.")
                .need("id", id())
                .need("ask", ref("The question.", "text"))
                .may("value", ref("What the answer is compared with.", "condition"))
                .may(
                        "choices",
                        list(
                                "The answers to choose from, in its place.",
                                PredictionReader.FEWEST_CHOICES,
                                answer()))
                .may(
                        "at",
                        ref(
                                "The event at which it is decided; the end of the run without it.",
                                "pattern"))
                .may("tol", ref("By how much the answer may miss the value.", "expression"))
                .may(
                        "halt",
                        ref(
                                "Where the run halts and asks; it asks before the first call without it.",
                                "pattern"))
                .may("nth", ref("Which of the events that fit halt, from 1.", "expression"))
                .may("rule", choice("The rule that explains what happens then.", CheckReader.RULES))
                .need("points", integer("What it pays; 0 for one that can be skipped.", 0, 1000))
                .closed();
    }

    private static Map<String, Object> answer() {
        return keys("One answer.")
                .need(
                        "id",
                        matching(
                                "What is said by whoever chooses it, as in AGAIN.",
                                "^" + PredictionReader.WORD + "$"))
                .need("text", ref("What it stands for.", "text"))
                .need("when", ref("What holds where it is right.", "condition"))
                .may("still", flag("Whether it may hold already when it is asked."))
                .closed();
    }

    private static Map<String, Object> id() {
        return matching("Its name, by which others speak of it.", "^" + CheckReader.ID + "$");
    }
}
