package io.socketlab.server.run;

import io.socketlab.lab.check.Verdict;
import java.util.List;
import java.util.Optional;
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
        List<ResultCheck> checks,
        List<String> mistakes,
        List<Program> programs,
        List<Remark> remarks,
        List<Difference> differences) {

    private static final List<Verdict> NOT_PASSED =
            List.of(Verdict.FAIL, Verdict.NOT_EXERCISED, Verdict.BLOCKED, Verdict.ERROR);

    /**
     * What a C program did that it hardly meant.
     *
     * @param event the number of the event that shows it, 0 if there is none
     * @param related what else it speaks of
     */
    record Remark(
            String host, String text, String lesson, int event, List<ResultCheck.Step> related) {}

    /** By what a C program was compiled, in a sentence. */
    record Program(String host, String title, String text) {}

    record Difference(int line, String expected, String actual) {}

    /** How many of the checks came to what, {@code 4 of 7 checks passed, 1 failed}. */
    public String counts() {
        var counts = new StringBuilder();
        counts.append(count(Verdict.PASS)).append(" of ").append(checks.size());
        counts.append(checks.size() == 1 ? " check passed" : " checks passed");
        for (Verdict verdict : NOT_PASSED) {
            long n = count(verdict);
            if (n > 0) counts.append(", ").append(n).append(' ').append(words(verdict, n));
        }
        return counts.append('.').toString();
    }

    private static String words(Verdict verdict, long n) {
        if (verdict == Verdict.BLOCKED && n > 1) return "wait for another";
        return Verdict.words(verdict.name());
    }

    private long count(Verdict verdict) {
        return checks.stream().filter(check -> check.is(verdict)).count();
    }

    /** What to mend first: no other check's failure is why this one did not pass. */
    public Optional<ResultCheck> first() {
        return Stream.of(Verdict.FAIL, Verdict.NOT_EXERCISED)
                .flatMap(verdict -> checks.stream().filter(check -> check.is(verdict)))
                .findFirst();
    }

    /** Whether there are checks that are not judged because of others. */
    public boolean waiting() {
        return count(Verdict.BLOCKED) > 0;
    }

    /** The verdict of the whole, as it is said of a single check. */
    public String verdictText() {
        return ResultCheck.capital(Verdict.words(verdict));
    }

    static ResultPage of(JsonNode document) {
        double score = document.path("score").asDouble();
        double most = document.path("max_score").asDouble();
        return new ResultPage(
                number(score),
                number(most),
                percent(score, most),
                text(document, "verdict"),
                text(document, "message"),
                each(document, "tests").map(ResultCheck::of).toList(),
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
        List<ResultCheck> seen =
                checks.stream().filter(c -> teaches || isShown(c.visibility(), due)).toList();
        if (seen.size() == checks.size()) return this;
        double points = seen.stream().mapToDouble(ResultCheck::points).sum();
        double most = seen.stream().mapToDouble(ResultCheck::maxPoints).sum();
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
    private static String verdict(List<ResultCheck> seen) {
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

    private static Remark remark(JsonNode remark) {
        return new Remark(
                text(remark, "host"),
                text(remark, "text"),
                text(remark, "lesson"),
                remark.path("event").asInt(),
                each(remark, "related")
                        .map(r -> new ResultCheck.Step(r.path("event").asInt(), related(r)))
                        .toList());
    }

    private static String related(JsonNode related) {
        String place = text(related, "place");
        String said = text(related, "host") + ": " + text(related, "text");
        return place.isEmpty() ? said : said + " at " + place;
    }

    static Stream<JsonNode> each(JsonNode node, String name) {
        return StreamSupport.stream(node.path(name).spliterator(), false);
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : "";
    }

    static String number(double n) {
        return n == Math.rint(n) ? Long.toString((long) n) : Double.toString(n);
    }
}
