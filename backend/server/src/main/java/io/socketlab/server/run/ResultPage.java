package io.socketlab.server.run;

import io.socketlab.lab.check.Verdict;
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
        List<Program> programs,
        List<Remark> remarks,
        List<Difference> differences) {

    /**
     * @param evidence numbers of the events that it goes by
     * @param firstDivergence the event to look at first, 0 if there is none
     */
    record Check(
            String id,
            String name,
            double points,
            double maxPoints,
            String status,
            String visibility,
            String rule,
            String ruleText,
            String output,
            String expected,
            String actual,
            String feedback,
            List<Integer> evidence,
            int firstDivergence,
            List<Step> story) {

        public String score() {
            return number(points);
        }

        public String maxScore() {
            return number(maxPoints);
        }

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

    /**
     * What a C program did that it hardly meant.
     *
     * @param event the number of the event that shows it, 0 if there is none
     * @param related what else it speaks of
     */
    record Remark(String host, String text, String lesson, int event, List<Step> related) {}

    /** By what a C program was compiled, in a sentence. */
    record Program(String host, String title, String text) {}

    record Difference(int line, String expected, String actual) {}

    static ResultPage of(JsonNode document) {
        double score = document.path("score").asDouble();
        double most = document.path("max_score").asDouble();
        return new ResultPage(
                number(score),
                number(most),
                percent(score, most),
                text(document, "verdict"),
                text(document, "message"),
                each(document, "tests").map(ResultPage::check).toList(),
                each(document, "mistakes").map(m -> text(m, "text")).toList(),
                each(document, "programs")
                        .map(p -> new Program(text(p, "host"), text(p, "title"), text(p, "text")))
                        .toList(),
                each(document, "remarks").map(ResultPage::remark).toList(),
                each(document, "script")
                        .map(d ->
                                new Difference(
                                        d.path("line").asInt(),
                                        text(d, "expected"),
                                        text(d, "actual")))
                        .toList());
    }

    /**
     * What somebody sees of it.
     *
     * @param teaches whether he sees all
     * @param due whether the deadline has passed
     */
    ResultPage shown(boolean teaches, boolean due) {
        List<Check> seen =
                checks.stream().filter(c -> teaches || isShown(c.visibility(), due)).toList();
        if (seen.size() == checks.size()) return this;
        double points = seen.stream().mapToDouble(Check::points).sum();
        double most = seen.stream().mapToDouble(Check::maxPoints).sum();
        int hidden = checks.size() - seen.size();
        long passed =
                checks.stream()
                        .filter(c -> "COUNT_ONLY".equals(c.visibility()))
                        .filter(c -> "PASS".equals(c.status()))
                        .count();
        String note =
                hidden
                        + (hidden == 1 ? " check is" : " checks are")
                        + " not shown"
                        + (passed > 0 ? "; " + passed + " of them passed" : "")
                        + ". These points are of those that are.";
        return new ResultPage(
                number(points),
                number(most),
                percent(points, most),
                verdict.equals(Verdict.ERROR.name()) ? verdict : verdict(seen),
                message.isEmpty() ? note : message + " " + note,
                seen,
                mistakes,
                programs,
                remarks,
                differences);
    }

    /** That of the checks that are shown, so that it tells nothing of the others. */
    private static String verdict(List<Check> seen) {
        return (seen.isEmpty()
                        ? Verdict.NOT_EXERCISED
                        : Verdict.of(seen.stream().map(c -> Verdict.valueOf(c.status())).toList()))
                .name();
    }

    private static boolean isShown(String visibility, boolean due) {
        return switch (visibility) {
            case "NEVER", "COUNT_ONLY" -> false;
            case "AFTER_DUE" -> due;
            default -> true;
        };
    }

    private static int percent(double points, double most) {
        return most == 0 ? 100 : (int) Math.floor(100 * points / most);
    }

    private static Check check(JsonNode test) {
        return new Check(
                text(test, "id"),
                text(test, "name"),
                test.path("score").asDouble(),
                test.path("max_score").asDouble(),
                text(test, "status"),
                text(test, "visibility"),
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

    private static Remark remark(JsonNode remark) {
        return new Remark(
                text(remark, "host"),
                text(remark, "text"),
                text(remark, "lesson"),
                remark.path("event").asInt(),
                each(remark, "related")
                        .map(r -> new Step(r.path("event").asInt(), related(r)))
                        .toList());
    }

    private static String related(JsonNode related) {
        String place = text(related, "place");
        String said = text(related, "host") + ": " + text(related, "text");
        return place.isEmpty() ? said : said + " at " + place;
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
