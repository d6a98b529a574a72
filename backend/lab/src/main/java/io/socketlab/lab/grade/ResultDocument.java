package io.socketlab.lab.grade;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Check.Visibility;
import io.socketlab.lab.remark.Remark;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What grading a run came to: a superset of what Gradescope and PrairieLearn read. There is one
 * even where grading went wrong.
 *
 * @param gradable false if there is no fair score, because of us or because what was handed in
 *     cannot be understood; the attempt is given back
 * @param executionTime how long grading took, in seconds
 * @param programs the C programs, and by what they were compiled
 * @param remarks what C programs did that they hardly meant; it costs nothing
 * @param script where the script said something else than what happened
 * @param formatErrors where what was handed in cannot be understood
 * @param message what else there is to say about the run, empty if nothing
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultDocument(
        double score,
        double maxScore,
        boolean gradable,
        Verdict verdict,
        String visibility,
        double executionTime,
        String traceHash,
        long seedId,
        LabReference lab,
        String engine,
        List<Test> tests,
        List<FoundMistake> mistakes,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<GradedProgram> programs,
        List<Remark> remarks,
        List<ScriptDifference> script,
        List<FormatError> formatErrors,
        String message,
        Map<String, String> artifacts) {

    public ResultDocument {
        tests = List.copyOf(tests);
        mistakes = List.copyOf(mistakes);
        programs = List.copyOf(programs);
        remarks = List.copyOf(remarks);
        script = List.copyOf(script);
        formatErrors = List.copyOf(formatErrors);
        artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
    }

    public record LabReference(String id, int revision) {}

    /**
     * What came of one check.
     *
     * @param expected in words, as is {@code actual}; together they are {@code output}
     * @param feedback what the author says about it
     * @param ruleText the rule that it is about, in a plain sentence
     * @param evidence the numbers of the events that it goes by
     * @param firstDivergence the number of the event to look at first, 0 if there is none
     * @param hintLevel how many of the hints have been taken
     * @param open whether it only lacks something, which may come if the run goes on; not written
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Test(
            String id,
            String name,
            double score,
            double maxScore,
            Verdict status,
            Visibility visibility,
            String rule,
            String ruleText,
            String output,
            String expected,
            String actual,
            String feedback,
            List<Integer> evidence,
            int firstDivergence,
            List<Sentence> story,
            int hintLevel,
            List<String> tags,
            @JsonIgnore boolean open) {

        /** The tag of those that judge what was said beforehand, not what was done. */
        public static final String PREDICTION = "prediction";

        public Test {
            evidence = List.copyOf(evidence);
            story = List.copyOf(story);
            tags = List.copyOf(tags);
        }
    }

    /**
     * A step of the story.
     *
     * @param seq the number of the event that it tells
     */
    public record Sentence(int seq, String text) {}

    /** A mistake that the run shows. */
    public record FoundMistake(String id, String severity, String text) {}

    /**
     * A C program that was graded.
     *
     * @param compiledBy which compiler made it here of its source, {@code clang 14.0.6
     *     (3f2a9c107d4e)}; empty if it was handed in compiled
     * @param text the same as a sentence
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record GradedProgram(String host, String title, String compiledBy, String text) {

        private static final String ELSEWHERE =
                "Handed in compiled, by the browser or another compiler, and not compiled here.";

        /** With its sentence. */
        public static GradedProgram of(String host, String title, String compiledBy) {
            String text =
                    compiledBy.isEmpty()
                            ? ELSEWHERE
                            : "Compiled here from its source, by " + compiledBy + ".";
            return new GradedProgram(host, title, compiledBy, text);
        }
    }

    /**
     * A line of the script whose call returned something else than the line says.
     *
     * @param line from 1
     */
    public record ScriptDifference(int line, String expected, String actual) {}

    /**
     * A place at which what was handed in cannot be understood.
     *
     * @param line from 1, as is {@code column}
     * @param message what was expected
     */
    public record FormatError(String file, int line, int column, String message) {

        /** {@code file:line:column: message}. */
        public String text() {
            return file + ":" + line + ":" + column + ": " + message;
        }
    }

    /** Whether a student does not see, or does not see at once, some of its checks. */
    public boolean holdsBack() {
        return tests.stream().anyMatch(t -> t.visibility() != Visibility.ALWAYS);
    }

    /**
     * What a student may see of it: points and verdict are those of the checks that are shown, so
     * that they tell nothing of the others.
     *
     * @param due whether the deadline has passed
     */
    public ResultDocument forStudent(boolean due) {
        List<Test> shown = tests.stream().filter(t -> isShown(t.visibility(), due)).toList();
        int hidden = tests.size() - shown.size();
        if (hidden == 0) return this;
        double visibleScore = shown.stream().mapToDouble(Test::score).sum();
        double visibleMax = shown.stream().mapToDouble(Test::maxScore).sum();
        long passed =
                tests.stream()
                        .filter(t -> t.visibility() == Visibility.COUNT_ONLY)
                        .filter(t -> t.status() == Verdict.PASS)
                        .count();
        String note =
                hidden
                        + (hidden == 1 ? " check is" : " checks are")
                        + " hidden"
                        + (passed > 0 ? "; " + passed + " of them passed" : "");
        // without a fair score the verdict says why, and nothing of checks
        Verdict shownVerdict =
                !gradable
                        ? verdict
                        : shown.isEmpty()
                                ? Verdict.NOT_EXERCISED
                                : Verdict.of(shown.stream().map(Test::status).toList());
        return new ResultDocument(
                visibleScore,
                visibleMax,
                gradable,
                shownVerdict,
                "partial",
                executionTime,
                traceHash,
                seedId,
                lab,
                engine,
                shown,
                mistakes,
                programs,
                remarks,
                script,
                formatErrors,
                message.isEmpty() ? note : message + "; " + note,
                artifacts);
    }

    /** The same with other artifacts: addresses by their names. */
    public ResultDocument withArtifacts(Map<String, String> others) {
        return with(traceHash, programs, remarks, message, others);
    }

    /** The same with the hash of its trace. */
    ResultDocument withTraceHash(String hash) {
        return with(hash, programs, remarks, message, artifacts);
    }

    /** The same with something else to say about the run. */
    public ResultDocument withMessage(String other) {
        return with(traceHash, programs, remarks, other, artifacts);
    }

    /** The same with more to say about its C programs. */
    public ResultDocument withRemarks(List<Remark> more) {
        if (more.isEmpty()) return this;
        List<Remark> all = Stream.concat(remarks.stream(), more.stream()).toList();
        return with(traceHash, programs, all, message, artifacts);
    }

    /** The same of these C programs. */
    public ResultDocument withPrograms(List<GradedProgram> others) {
        return with(traceHash, others, remarks, message, artifacts);
    }

    private ResultDocument with(
            String otherHash,
            List<GradedProgram> otherPrograms,
            List<Remark> otherRemarks,
            String otherMessage,
            Map<String, String> otherArtifacts) {
        return new ResultDocument(
                score,
                maxScore,
                gradable,
                verdict,
                visibility,
                executionTime,
                otherHash,
                seedId,
                lab,
                engine,
                tests,
                mistakes,
                otherPrograms,
                otherRemarks,
                script,
                formatErrors,
                otherMessage,
                otherArtifacts);
    }

    private static boolean isShown(Visibility visibility, boolean due) {
        return switch (visibility) {
            case ALWAYS -> true;
            case AFTER_DUE -> due;
            case COUNT_ONLY, NEVER -> false;
        };
    }
}
