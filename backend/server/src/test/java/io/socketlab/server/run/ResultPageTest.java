package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a result's page says first, and what it leaves to be opened. */
class ResultPageTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ResultPage page(String... tests) {
        return ResultPage.of(
                JSON.readTree(
                        "{\"score\": 1, \"max_score\": 3, \"verdict\": \"FAIL\", \"tests\": [%s]}"
                                .formatted(String.join(",", tests))));
    }

    private static String test(String id, String status, String more) {
        return "{\"id\": \"%s\", \"status\": \"%s\"%s}".formatted(id, status, more);
    }

    private static ResultCheck check(String status, String more) {
        return page(test("a", status, more)).checks().getFirst();
    }

    @Test
    void saysHowManyPassedAndWhatToMendFirst() {
        ResultPage page =
                page(
                        test("listens", "PASS", ""),
                        test("tried", "NOT_EXERCISED", ""),
                        test("later", "BLOCKED", ""),
                        test("last", "BLOCKED", ""),
                        test("wrong", "FAIL", ""));
        assertThat(page.counts())
                .isEqualTo("1 of 5 checks passed, 1 failed, 1 not tried, 2 wait for another.");
        assertThat(page.first().map(ResultCheck::id)).contains("wrong");
        assertThat(page.waiting()).isTrue();
        assertThat(page.verdictText()).isEqualTo("Failed");
    }

    @Test
    void whatWasNotTriedIsMendedFirstWhereNothingFailed() {
        ResultPage page = page(test("later", "BLOCKED", ""), test("first", "NOT_EXERCISED", ""));
        assertThat(page.first().map(ResultCheck::id)).contains("first");
        assertThat(page.counts())
                .isEqualTo("0 of 2 checks passed, 1 not tried, 1 waits for another.");
    }

    @Test
    void nothingIsToBeMendedWhereAllPassed() {
        ResultPage page = page(test("only", "PASS", ""));
        assertThat(page.first()).isEmpty();
        assertThat(page.counts()).isEqualTo("1 of 1 check passed.");
        assertThat(page.waiting()).isFalse();
    }

    @Test
    void doesNotRepeatWhatTheAuthorsWordsHave() {
        ResultCheck check =
                check(
                        "FAIL",
                        """
                        , "expected": "server: accept(3)", "actual": "it never happened",
                        "feedback": "Call accept(). Here: it never happened."\
                        """);
        assertThat(check.expectedBeside()).isEqualTo("server: accept(3)");
        assertThat(check.actualBeside()).isEmpty();
        assertThat(check("PASS", ", \"expected\": \"x\", \"actual\": \"y\"").expectedBeside())
                .isEmpty();
    }

    @Test
    void aStoryEndsWhereItGoesWrongAndTheRestIsThereToBeOpened() {
        String steps =
                IntStream.rangeClosed(1, 14)
                        .mapToObj(n -> "{\"seq\": %d, \"text\": \"t\"}".formatted(n))
                        .collect(Collectors.joining(","));
        ResultCheck check = check("FAIL", ", \"story\": [%s]".formatted(steps));
        assertThat(check.end().stream().map(ResultCheck.Step::seq))
                .containsExactly(10, 11, 12, 13, 14);
        assertThat(check.before()).hasSize(9);
        assertThat(check("FAIL", "").end()).isEmpty();
    }

    @Test
    void manyEventsAreFoldedAway() {
        ResultCheck check = check("PASS", ", \"evidence\": [1,2,3,4,5,6,7,8,9,10]");
        assertThat(check.firstEvidence()).hasSize(8);
        assertThat(check.moreEvidence()).isEqualTo(List.of(9, 10));
    }

    @Test
    void whatIsRightOrAnothersFaultIsALine() {
        assertThat(check("PASS", ", \"evidence\": [1]").folded()).isTrue();
        assertThat(check("PASS", "").folded()).as("nothing to be opened").isFalse();
        assertThat(check("BLOCKED", "").folded()).isTrue();
        assertThat(check("FAIL", ", \"evidence\": [1]").folded()).isFalse();
        assertThat(check("NOT_EXERCISED", "").untried()).isTrue();
    }

    @Test
    void aRuleIsNamedByWhereItStands() {
        assertThat(check("PASS", ", \"rule\": \"RFC9293.SYN_ACK\"").ruleSource())
                .startsWith("RFC 9293 ");
        assertThat(check("PASS", ", \"rule\": \"OF.OLD\"").ruleSource()).isEqualTo("OF.OLD");
    }
}
