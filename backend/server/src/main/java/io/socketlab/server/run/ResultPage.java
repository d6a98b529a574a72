package io.socketlab.server.run;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A stored result document as its page shows it. Read from the JSON, so that a document of an older
 * version still shows what it has.
 *
 * @param percent of the points that could be had, from 0 to 100, rounded down
 */
record ResultPage(
        String score,
        String maxScore,
        int percent,
        String verdict,
        String message,
        List<Check> checks,
        List<String> mistakes,
        List<Difference> differences) {

    /**
     * @param evidence numbers of the events that it goes by
     * @param firstDivergence the event to look at first, 0 if there is none
     */
    record Check(
            String id,
            String name,
            String score,
            String maxScore,
            String status,
            String rule,
            String ruleText,
            String output,
            String expected,
            String actual,
            String feedback,
            List<Integer> evidence,
            int firstDivergence,
            List<Step> story) {

        /** In words that need no colour. */
        public String statusText() {
            return switch (status) {
                case "PASS" -> "Passed";
                case "FAIL" -> "Failed";
                case "NOT_EXERCISED" -> "Not tried";
                case "BLOCKED" -> "Blocked";
                default -> "Error";
            };
        }
    }

    record Step(int seq, String text) {}

    record Difference(int line, String expected, String actual) {}

    static ResultPage of(JsonNode document) {
        double score = document.path("score").asDouble();
        double most = document.path("max_score").asDouble();
        return new ResultPage(
                number(score),
                number(most),
                most == 0 ? 100 : (int) Math.floor(100 * score / most),
                text(document, "verdict"),
                text(document, "message"),
                each(document, "tests").map(ResultPage::check).toList(),
                each(document, "mistakes").map(m -> text(m, "text")).toList(),
                each(document, "script")
                        .map(d ->
                                new Difference(
                                        d.path("line").asInt(),
                                        text(d, "expected"),
                                        text(d, "actual")))
                        .toList());
    }

    private static Check check(JsonNode test) {
        return new Check(
                text(test, "id"),
                text(test, "name"),
                number(test.path("score").asDouble()),
                number(test.path("max_score").asDouble()),
                text(test, "status"),
                text(test, "rule"),
                text(test, "rule_text"),
                text(test, "output"),
                text(test, "expected"),
                text(test, "actual"),
                text(test, "feedback"),
                each(test, "evidence").map(JsonNode::asInt).toList(),
                test.path("first_divergence").asInt(),
                each(test, "story")
                        .map(s -> new Step(s.path("seq").asInt(), text(s, "text")))
                        .toList());
    }

    private static Stream<JsonNode> each(JsonNode node, String name) {
        return StreamSupport.stream(node.path(name).spliterator(), false);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : "";
    }

    private static String number(double n) {
        return n == Math.rint(n) ? Long.toString((long) n) : Double.toString(n);
    }
}
