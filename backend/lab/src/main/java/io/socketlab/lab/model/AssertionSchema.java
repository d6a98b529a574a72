package io.socketlab.lab.model;

import static io.socketlab.lab.model.Schemas.anyOf;
import static io.socketlab.lab.model.Schemas.integer;
import static io.socketlab.lab.model.Schemas.keys;
import static io.socketlab.lab.model.Schemas.list;
import static io.socketlab.lab.model.Schemas.matching;
import static io.socketlab.lab.model.Schemas.named;
import static io.socketlab.lab.model.Schemas.oneOrMore;
import static io.socketlab.lab.model.Schemas.ref;
import static io.socketlab.lab.model.Schemas.text;

import io.socketlab.lab.check.Course;
import io.socketlab.lab.model.Schemas.Keys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of what {@link AssertionReader} reads. */
final class AssertionSchema {

    private AssertionSchema() {}

    /** What each key of an assertion says, in the order in which the reader knows them. */
    static final Map<String, String> COMBINATORS = combinators();

    private static Map<String, String> combinators() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("exists", "It happens. Behind the pattern {2,}: as often as that.");
        texts.put(
                "never",
                "It does not happen. Needs requires: a run in which nothing happens fulfils it.");
        texts.put("count", "It happens so often: 3, \">= 2\", \"<= 2\", \"2..4\".");
        texts.put(
                "order",
                "They happen one after the other, whatever comes between. Credit: the longest part that is in order.");
        texts.put(
                "dag",
                "All happen, each after those that it depends on. Credit: the nodes that have their place.");
        texts.put(
                "response",
                "Each of the first is followed by one of the second. Credit: those that are.");
        texts.put(
                "during",
                "In each stretch from one event to another a condition holds throughout, or something does not happen.");
        texts.put(
                "window",
                "In one stretch of the run all of them happen and none of the others comes between.");
        texts.put("series", "A value goes on as a shape says. Credit: the steps that are right.");
        texts.put(
                "always",
                "The condition holds whenever it is defined. Needs requires, unless reaches stands beside it.");
        texts.put("reaches", "The condition holds at some moment.");
        texts.put("final", "The condition holds when the run is over.");
        texts.put(
                "stream",
                "What one program has read is what the other has written, however it was cut.");
        texts.put("all", "All of the assertions in it hold. Credit: the mean.");
        texts.put("any", "One of the assertions in it holds. Credit: the best.");
        texts.put("none", "None of the assertions in it holds. Needs requires.");
        return Collections.unmodifiableMap(texts);
    }

    private static String say(String kind) {
        return COMBINATORS.getOrDefault(kind, "");
    }

    /** Exactly one of the keys; always and reaches can stand together. */
    static Map<String, Object> assertion() {
        Keys keys = keys("What a check asserts of a run: one of these keys.");
        AssertionReader.KINDS.forEach(kind -> keys.may(kind, kind(kind)));
        Map<String, Object> node = keys.closed(1, 2);
        var one = new ArrayList<Map<String, Object>>();
        one.add(Map.of("maxProperties", 1));
        one.add(Map.of("required", List.of("always", "reaches")));
        node.put("anyOf", one);
        return node;
    }

    private static Map<String, Object> kind(String kind) {
        return switch (kind) {
            case "exists", "never" -> ref(say(kind), "pattern");
            case "always", "reaches" -> ref(say(kind), "condition");
            case "final" -> anyOf(say(kind), ref("condition"), ref("assertion"));
            case "order" -> list(say(kind), 1, ref("pattern"));
            case "count" -> count();
            case "dag" -> dag();
            case "response" -> response();
            case "during" -> during();
            case "window" -> window();
            case "series" -> series();
            case "stream" -> stream();
            case "all", "any", "none" -> oneOrMore(say(kind), ref("assertion"));
            default -> throw new IllegalStateException("no schema for " + kind);
        };
    }

    private static Map<String, Object> count() {
        return keys(say("count"))
                .need("of", ref("What is counted.", "pattern"))
                .need(
                        "is",
                        text(
                                "How often: a number or an expression, >= or <= before it, or from..to."))
                .closed();
    }

    private static Map<String, Object> dag() {
        Map<String, Object> edge =
                keys("One node after another.")
                        .need("from", text("The node that comes first."))
                        .need("to", text("The node that comes after it."))
                        .may(
                                "why",
                                ref(
                                        "What to say to somebody whose run has it the other way round.",
                                        "text"))
                        .closed();
        Map<String, Object> short_ = matching("syn -> synack -> ack", "->");
        Map<String, Object> pair = list("[syn, synack, ack]", 2, text("A node."));
        return keys(say("dag"))
                .need("nodes", named("What happens, by a name of its own.", ".+", ref("pattern")))
                .may("edges", oneOrMore("Which comes after which.", anyOf("", edge, short_, pair)))
                .closed();
    }

    private static Map<String, Object> response() {
        return keys(say("response"))
                .need("each", ref("What calls for an answer.", "pattern"))
                .need("leads_to", ref("The answer.", "pattern"))
                .may("within", ref("How long it may take.", "duration"))
                .closed();
    }

    private static Map<String, Object> during() {
        Map<String, Object> node =
                keys(say("during"))
                        .need(
                                "from",
                                ref(
                                        "Where a stretch begins; start is the run's beginning.",
                                        "pattern"))
                        .need("to", ref("Where it ends; end is the run's end.", "pattern"))
                        .may("expect", ref("What holds throughout.", "condition"))
                        .may("never", ref("What does not happen in it.", "pattern"))
                        .closed();
        node.put(
                "oneOf",
                List.of(
                        Map.of("required", List.of("expect")),
                        Map.of("required", List.of("never"))));
        return node;
    }

    private static Map<String, Object> window() {
        Map<String, Object> node =
                keys(say("window"))
                        .may("all", list("These happen, in whatever order.", 1, ref("pattern")))
                        .may("order", list("These happen, one after the other.", 1, ref("pattern")))
                        .may("no", list("None of these comes between.", 1, ref("pattern")))
                        .may("within", ref("How long the stretch is at most.", "duration"))
                        .closed();
        node.put(
                "oneOf",
                List.of(Map.of("required", List.of("all")), Map.of("required", List.of("order"))));
        return node;
    }

    private static Map<String, Object> series() {
        String shapes = String.join("|", Course.NAMES);
        return keys(say("series"))
                .need("metric", ref("The value, as in client.cwnd.", "condition"))
                .need(
                        "shape",
                        matching(
                                String.join(", ", Course.NAMES) + ", or halves_at(PATTERN).",
                                "^\\s*(" + shapes + "|halves_at\\(.*\\))\\s*$"))
                .may("from", ref("Where the stretch begins.", "pattern"))
                .may("since", ref("What must hold for it to begin.", "condition"))
                .may("until", ref("From when on it may do as it likes.", "condition"))
                .may("tol", ref("By how much a step may miss.", "expression"))
                .closed();
    }

    private static Map<String, Object> stream() {
        Map<String, Object> records =
                keys("Records that each stand behind their own length, all of them whole.")
                        .need(
                                "length_octets",
                                integer("How many octets hold the length, high ones first.", 1, 4))
                        .may("count", ref("How many records.", "expression"))
                        .closed();
        return keys(say("stream"))
                .need("dir", matching("From whom to whom: client -> server.", "->"))
                .may("length", ref("How many octets.", "expression"))
                .may("equals", text("sent (usual), or a text."))
                .may("prefix", text("What it begins with."))
                .may(
                        "sha256",
                        matching(
                                "Its digest: 64 hexadecimal digits.",
                                "^([0-9a-fA-F]{64}|.*\\{\\{.*)$"))
                .may("records", records)
                .closed();
    }
}
