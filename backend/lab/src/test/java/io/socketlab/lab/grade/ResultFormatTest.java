package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Check.Visibility;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.remark.Remark;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every kind of result in every format, held against the formats' schemas. */
class ResultFormatTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Lab LAB =
            LabCatalogue.ofClassPath(ResultFormatTest.class.getClassLoader())
                    .find("c1-handshake")
                    .orElseThrow();

    private static ResultDocument graded(String script) {
        return new AnswerGrader(LAB, 1).grade(new Answer.Script("mine.pkt", script));
    }

    private static ResultDocument solved() {
        return graded(LAB.files().read("solution/plain.pkt").orElseThrow());
    }

    private static ResultDocument begun() {
        return graded("server: socket(AF_INET, SOCK_STREAM, 0) = 4\n");
    }

    private static ResultDocument broken() {
        return graded("server: lissten(3, 5)\n");
    }

    private static ResultDocument failed() {
        return new Grader(LAB).failure(1, "Grading failed.");
    }

    /** With the first check hidden, and words that no format likes. */
    private static ResultDocument nasty() {
        ResultDocument r = begun();
        List<ResultDocument.Test> tests =
                r.tests().stream()
                        .map(t ->
                                with(
                                        t,
                                        t.equals(r.tests().getFirst())
                                                ? Visibility.NEVER
                                                : Visibility.ALWAYS))
                        .toList();
        return with(r, r.verdict(), tests, "one\ntwo");
    }

    private static ResultDocument with(
            ResultDocument r, Verdict verdict, List<ResultDocument.Test> tests, String message) {
        return new ResultDocument(
                r.score(),
                r.maxScore(),
                r.gradable(),
                verdict,
                r.visibility(),
                r.executionTime(),
                r.traceHash(),
                r.seedId(),
                r.lab(),
                r.engine(),
                tests,
                r.mistakes(),
                r.programs(),
                r.remarks(),
                r.script(),
                r.formatErrors(),
                message,
                r.artifacts());
    }

    private static ResultDocument.Test with(ResultDocument.Test t, Visibility visibility) {
        return new ResultDocument.Test(
                t.id(),
                "=1+1 # \\ <b>&",
                t.score(),
                t.maxScore(),
                Verdict.FAIL,
                visibility,
                t.rule(),
                t.ruleText(),
                "it's \u0001 \"so\", and\n  so ]]>",
                t.expected(),
                t.actual(),
                t.feedback(),
                t.evidence(),
                t.firstDivergence(),
                t.story(),
                t.hintLevel(),
                t.tags(),
                t.open());
    }

    /** Solved but for one check, which students do not see. */
    private static ResultDocument failedUnseen(Visibility visibility) {
        ResultDocument r = solved();
        List<ResultDocument.Test> tests = new ArrayList<>(r.tests());
        tests.set(0, with(tests.getFirst(), visibility)); // which fails it, too
        return with(r, Verdict.FAIL, tests, r.message());
    }

    @Test
    void theVerdictForAStudentTellsNothingOfWhatHeDoesNotSee() {
        ResultDocument later = failedUnseen(Visibility.AFTER_DUE);
        assertThat(later.holdsBack()).isTrue();
        assertThat(later.forStudent(false).verdict()).isEqualTo(Verdict.PASS);
        assertThat(later.forStudent(true).verdict()).isEqualTo(Verdict.FAIL);
        ResultDocument never = failedUnseen(Visibility.NEVER);
        assertThat(never.forStudent(true).verdict()).isEqualTo(Verdict.PASS);
        assertThat(failed().forStudent(false).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(solved().holdsBack()).isFalse();
    }

    static Stream<ResultDocument> results() {
        return Stream.of(solved(), begun(), broken(), failed(), nasty());
    }

    private static void matches(String schema, String json) throws IOException {
        assertThat(
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(resource(schema), InputFormat.JSON)
                                .validate(json, InputFormat.JSON))
                .isEmpty();
    }

    private static String resource(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/schema", name));
    }

    @ParameterizedTest
    @MethodSource("results")
    void ourDocumentIsAsItsSchemaSays(ResultDocument result) throws IOException {
        matches("result.schema.json", ResultFormat.JSON.write(result));
        matches("result.schema.json", ResultFormat.JSON.write(result.forStudent(false)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void ourDocumentCanBeReadBack(ResultDocument result) {
        String json = ResultFormat.JSON.write(result);
        assertThat(ResultFormat.JSON.write(ResultFormat.parse(json))).isEqualTo(json);
    }

    @Test
    void itTellsByWhatProgramsWereCompiledAndOlderOnesDoNot() throws IOException {
        var here = ResultDocument.GradedProgram.of("server", "echo", "clang 14.0.6 (3f2a9c107d4e)");
        var elsewhere = ResultDocument.GradedProgram.of("client", "ask", "");
        ResultDocument result = begun().withPrograms(List.of(here, elsewhere));
        String json = ResultFormat.JSON.write(result);
        matches("result.schema.json", json);
        assertThat(ResultFormat.parse(json).forStudent(false).programs())
                .containsExactly(here, elsewhere);
        String old = ResultFormat.JSON.write(begun()).replaceFirst("\"programs\" : \\[ ],\\s*", "");
        assertThat(old).doesNotContain("programs");
        assertThat(ResultFormat.parse(old).programs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("results")
    void gradescopeCanReadIt(ResultDocument result) throws IOException {
        matches("gradescope.schema.json", ResultFormat.GRADESCOPE.write(result));
    }

    @ParameterizedTest
    @MethodSource("results")
    void prairieLearnCanReadIt(ResultDocument result) throws IOException {
        matches("prairielearn.schema.json", ResultFormat.PRAIRIELEARN.write(result));
    }

    @ParameterizedTest
    @MethodSource("results")
    void itIsAJunitReport(ResultDocument result) throws IOException, SAXException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(resource("junit.xsd"))))
                .newValidator()
                .validate(new StreamSource(new StringReader(ResultFormat.JUNIT.write(result))));
    }

    @ParameterizedTest
    @MethodSource("results")
    void itIsTapVersion14(ResultDocument result) {
        List<String> lines = ResultFormat.TAP.write(result).lines().toList();
        assertThat(lines.get(0)).isEqualTo("TAP version 14");
        assertThat(lines.get(1)).isEqualTo("1.." + result.tests().size());
        List<String> points =
                lines.stream().filter(l -> l.startsWith("ok ") || l.startsWith("not ok ")).toList();
        assertThat(points).hasSameSizeAs(result.tests());
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i)).matches("(not )?ok " + (i + 1) + " - .*");
        }
        assertThat(lines.stream().skip(2))
                .allMatch(
                        l -> l.matches("((not )?ok \\d+ - .*|# .*|  ---|  \\.\\.\\.|  \\w+: .+)"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void theTableHasARowForEachCheckAndNothingToCalculate(ResultDocument result) {
        String csv = ResultFormat.CSV.write(result);
        assertThat(csv).startsWith("lab,revision,seed,check,name,status,score,max_score,");
        // rows end in CR LF, which no field of ours has
        assertThat(csv.split("\r\n")).hasSize(result.tests().size() + 1);
        assertThat(csv).doesNotContain(",=", ",+", ",@");
    }

    @Test
    void whatCannotBeUnderstoodTakesNoAttemptAndSaysWhere() {
        JsonNode learn = JSON.readTree(ResultFormat.PRAIRIELEARN.write(broken()));
        assertThat(learn.path("gradable").booleanValue()).isFalse();
        assertThat(learn.path("format_errors").get(0).stringValue())
                .startsWith("mine.pkt:1:9: ")
                .contains("listen");
        assertThat(broken().verdict()).isEqualTo(Verdict.NOT_EXERCISED);
    }

    @Test
    void hiddenChecksAreHiddenWhereTheGraderCanAndLeftOutWhereItCannot() {
        JsonNode scope = JSON.readTree(ResultFormat.GRADESCOPE.write(nasty()));
        assertThat(scope.path("tests")).hasSize(LAB.checks().size());
        assertThat(scope.path("tests").get(0).path("visibility").stringValue()).isEqualTo("hidden");
        JsonNode learn = JSON.readTree(ResultFormat.PRAIRIELEARN.write(nasty()));
        assertThat(learn.path("tests")).hasSize(LAB.checks().size() - 1);
        assertThat(learn.path("message").stringValue()).contains("1 check is hidden");
    }

    @Test
    void ourFailureIsAnErrorInAllOfThem() {
        assertThat(ResultFormat.JSON.write(failed()))
                .contains("\"gradable\" : false", "\"verdict\" : \"ERROR\"");
        assertThat(ResultFormat.PRAIRIELEARN.write(failed())).contains("\"gradable\" : false");
        assertThat(ResultFormat.GRADESCOPE.write(failed())).contains("\"verdict\" : \"error\"");
        assertThat(ResultFormat.JUNIT.write(failed())).contains("<error ");
        assertThat(ResultFormat.TAP.write(failed())).contains("severity: 'error'");
        assertThat(ResultFormat.CSV.write(failed())).contains(",ERROR,");
    }

    /** Scores of JSON are numbers, whatever their value. */
    @Test
    void aScoreOfNothingIsWritten() {
        JsonNode learn = JSON.readTree(ResultFormat.PRAIRIELEARN.write(begun()));
        assertThat(learn.path("score").doubleValue()).isBetween(0.0, 1.0);
        assertThat(learn.path("tests").get(0).path("points").isNumber()).isTrue();
    }

    @Test
    void remarksOfEarlierVersionsSpeakOfNothingElse() {
        var remark = new Remark("leak", "server", "server.c:8", "text", "lesson", 7);
        String json = ResultFormat.JSON.write(begun().withRemarks(List.of(remark)));
        String earlier = json.replaceFirst(",\\s*\"related\" : \\[ ]", "");
        assertThat(earlier).isNotEqualTo(json);
        assertThat(ResultFormat.parse(earlier).remarks()).containsExactly(remark);
    }
}
