package io.socketlab.lab.grade;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Check.Visibility;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What Gradescope's autograder reads as {@code results.json}: "Autograder Specifications", section
 * "Output Format". Gradescope hides a check by its visibility, so hidden ones are in it.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record GradescopeResults(
        double score,
        double executionTime,
        String output,
        String visibility,
        List<Test> tests,
        Map<String, Object> extraData) {

    /** How long a result may be looked through; the rest stays in our own document. */
    private static final int LONGEST_OUTPUT = 10_000;

    /**
     * @param status {@code passed} or {@code failed}: there is nothing between
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Test(
            double score,
            double maxScore,
            String status,
            String name,
            String number,
            String output,
            List<String> tags,
            String visibility,
            Map<String, String> extraData) {

        static Test of(ResultDocument.Test test) {
            return new Test(
                    test.score(),
                    test.maxScore(),
                    test.status() == Verdict.PASS ? "passed" : "failed",
                    test.name(),
                    test.id(),
                    cut(told(test)),
                    test.tags(),
                    shown(test.visibility()),
                    Map.of("verdict", test.status().name().toLowerCase(Locale.ROOT)));
        }
    }

    static GradescopeResults of(ResultDocument result) {
        return new GradescopeResults(
                result.score(),
                result.executionTime(),
                cut(result.message()),
                "visible",
                result.tests().stream().map(Test::of).toList(),
                Map.of(
                        "trace_hash", result.traceHash(),
                        "seed_id", result.seedId(),
                        "gradable", result.gradable(),
                        "verdict", result.verdict().name().toLowerCase(Locale.ROOT)));
    }

    private static String told(ResultDocument.Test test) {
        return test.feedback().isEmpty() ? test.output() : test.output() + "\n" + test.feedback();
    }

    private static String shown(Visibility visibility) {
        return switch (visibility) {
            case ALWAYS -> "visible";
            case AFTER_DUE -> "after_due_date";
            case COUNT_ONLY, NEVER -> "hidden";
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_OUTPUT ? text : text.substring(0, LONGEST_OUTPUT) + " …";
    }
}
