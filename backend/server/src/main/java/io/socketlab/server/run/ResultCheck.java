package io.socketlab.server.run;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.ResultDocument;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A check of a stored result document as the result's page shows it.
 *
 * @param prediction whether it is of what was said, not of what was done
 * @param evidence numbers of the events that it goes by
 * @param firstDivergence the event to look at first, 0 if there is none
 * @param story what happened before that event and with it, in the order of time
 */
record ResultCheck(
        String id,
        String name,
        double points,
        double maxPoints,
        String status,
        String visibility,
        String rule,
        String ruleText,
        String expected,
        String actual,
        String feedback,
        boolean prediction,
        List<Integer> evidence,
        int firstDivergence,
        List<Step> story) {

    /** So much of a story is read at a glance; what came before is there to be opened. */
    private static final int GLANCE = 5;

    private static final int MOST_EVIDENCE = 8;

    record Step(int seq, String text) {}

    static ResultCheck of(JsonNode test) {
        return new ResultCheck(
                ResultPage.text(test, "id"),
                ResultPage.text(test, "name"),
                test.path("score").asDouble(),
                test.path("max_score").asDouble(),
                ResultPage.text(test, "status"),
                ResultPage.text(test, "visibility"),
                ResultPage.text(test, "rule"),
                ResultPage.text(test, "rule_text"),
                ResultPage.text(test, "expected"),
                ResultPage.text(test, "actual"),
                ResultPage.text(test, "feedback"),
                ResultPage.each(test, "tags")
                        .anyMatch(tag -> tag.asString().equals(ResultDocument.Test.PREDICTION)),
                ResultPage.each(test, "evidence").map(JsonNode::asInt).toList(),
                test.path("first_divergence").asInt(),
                ResultPage.each(test, "story")
                        .map(s -> new Step(s.path("seq").asInt(), ResultPage.text(s, "text")))
                        .toList());
    }

    /** What it earned of what it can earn. */
    public String worth() {
        if (maxPoints == 0) return "for practice";
        return ResultPage.number(points) + " of " + ResultPage.number(maxPoints);
    }

    boolean is(Verdict verdict) {
        return status.equals(verdict.name());
    }

    public boolean passed() {
        return is(Verdict.PASS);
    }

    /** In words that need no colour. */
    public String statusText() {
        return capital(Verdict.words(status));
    }

    static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /**
     * Whether a line is enough of it: it passed, or it is another's failure that has to be read.
     */
    public boolean folded() {
        return is(Verdict.BLOCKED) || (passed() && !(ruleText.isEmpty() && evidence.isEmpty()));
    }

    /** Whether nothing happened that it could judge, and its author has no words for that. */
    public boolean untried() {
        return is(Verdict.NOT_EXERCISED) && feedback.isEmpty() && !prediction;
    }

    /** What was expected, unless the author's words have it already. */
    public String expectedBeside() {
        return passed() || feedback.contains(expected) ? "" : expected;
    }

    /** What happened, unless the author's words have it already. */
    public String actualBeside() {
        return passed() || feedback.contains(actual) ? "" : actual;
    }

    /** Where the rule stands, {@code RFC 9293 §3.10.7.2}; its id if it is not known any more. */
    public String ruleSource() {
        return Rule.of(rule).map(Rule::source).orElse(rule);
    }

    /** The end of the story, which is where it goes wrong. */
    public List<Step> end() {
        return story.subList(Math.max(0, story.size() - GLANCE), story.size());
    }

    /** What leads to the {@linkplain #end end}. */
    public List<Step> before() {
        return story.subList(0, Math.max(0, story.size() - GLANCE));
    }

    public List<Integer> firstEvidence() {
        return evidence.subList(0, Math.min(MOST_EVIDENCE, evidence.size()));
    }

    public List<Integer> moreEvidence() {
        return evidence.subList(Math.min(MOST_EVIDENCE, evidence.size()), evidence.size());
    }
}
