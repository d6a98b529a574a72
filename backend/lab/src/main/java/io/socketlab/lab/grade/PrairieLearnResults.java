package io.socketlab.lab.grade;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What PrairieLearn reads as {@code results.json} of an external grader (its documentation,
 * "External grading", section "Grading results"). It shows a student all that is in it, so checks
 * that are hidden are not; their points count.
 *
 * @param gradable if false, no attempt is taken
 * @param score the share of the points, from 0 to 1
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PrairieLearnResults(
        boolean gradable,
        double score,
        String message,
        List<String> formatErrors,
        List<Test> tests) {

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Test(
            String name,
            String description,
            double points,
            double maxPoints,
            String output,
            String message) {

        static Test of(ResultDocument.Test test) {
            return new Test(
                    test.name(),
                    test.ruleText(),
                    test.score(),
                    test.maxScore(),
                    test.output(),
                    test.feedback());
        }
    }

    static PrairieLearnResults of(ResultDocument result) {
        ResultDocument shown = result.forStudent(false);
        return new PrairieLearnResults(
                result.gradable(),
                share(result),
                shown.message(),
                result.formatErrors().stream().map(ResultDocument.FormatError::text).toList(),
                shown.tests().stream().map(Test::of).toList());
    }

    private static double share(ResultDocument result) {
        return result.maxScore() <= 0 ? 0 : Math.clamp(result.score() / result.maxScore(), 0, 1);
    }
}
