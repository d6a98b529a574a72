package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.grade.HaltProof.Wrong;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.run.TwoHosts;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run halts to ask has to be a question. */
class HaltProofTest {

    private static final String PREDICTION =
            """
            predictions:
              - id: next
                ask: {en: "What does the server send?"}
                halt: "server < S"
                choices:
                  - {id: SYN_ACK, text: {en: "a SYN-ACK"}, when: "exists(server > S.)"}
                  - {id: RESET, text: {en: "a RST"}, when: "exists(server > R?.)"}
                at: "server > any"
                rule: RFC9293.SYN_ACK
                points: 0
            """;

    private static final String SOLUTION =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:80) = 0
            server: listen(3, 5) = 0
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client: connect(3, server:80) = 0
            """;

    private static List<Wrong> proof(String what, String with) {
        return proof(lab(what, with), SOLUTION, false);
    }

    private static Lab lab(String what, String with) {
        assertThat(PREDICTION).contains(what);
        return TwoHosts.labWith(
                "scoring: {total: 1}", PREDICTION.replace(what, with) + "scoring: {total: 1}");
    }

    private static List<Wrong> proof(Lab lab, String script, boolean wrongAnswer) {
        LabRun run = LabRun.start(lab, 1);
        ScriptRunner.run(run, Source.of("plain.pkt", script));
        var proof = new HaltProof(lab, 1, "plain.pkt");
        return wrongAnswer ? proof.ofWrongAnswer(run.events()) : proof.of(run.events());
    }

    private static Wrong wrong(String key, String message) {
        return new Wrong("next", key, "plain.pkt: the run " + message);
    }

    @Test
    void aQuestionThatIsDecidedBehindIt() {
        assertThat(proof("points: 0", "points: 0")).isEmpty();
    }

    @Test
    void theRunHasToComeToIt() {
        assertThat(proof("halt: \"server < S\"", "halt: \"server < S\"\n    nth: 2"))
                .containsExactly(wrong("halt", "does not come to what is to be asked"));
    }

    @Test
    void itIsDecidedBehindItAndNotBefore() {
        assertThat(proof("at: \"server > any\"", "at: \"client > S\""))
                .containsExactly(
                        wrong("at", "does not decide what is asked, or has before it is asked"));
        assertThat(proof("exists(server > R?.)", "exists(client > S)"))
                .containsExactly(wrong("choices", "RESET has happened before it is asked"));
    }

    @Test
    void oneAnswerIsRightAndOneAlone() {
        assertThat(proof("exists(server > S.)", "exists(server > F.)"))
                .containsExactly(wrong("choices", "is none of the answers"));
        assertThat(proof("exists(server > R?.)", "exists(server > any)"))
                .containsExactly(wrong("choices", "is several of the answers: SYN_ACK, RESET"));
    }

    @Test
    void aWrongAnswerNeedNotComeToIt() {
        Lab lab = lab("points: 0", "points: 0");
        String quiet = SOLUTION.lines().findFirst().orElseThrow();
        assertThat(proof(lab, quiet, false))
                .containsExactly(wrong("halt", "does not come to what is to be asked"));
        assertThat(proof(lab, quiet, true)).isEmpty();
    }

    @Test
    void butWhereAWrongAnswerComesToItItIsAnswered() {
        String refused = SOLUTION.replace("server: listen(3, 5) = 0\n", "");
        assertThat(proof(lab("points: 0", "points: 0"), refused, true)).isEmpty();
        assertThat(proof(lab("exists(server > R?.)", "exists(server > F.)"), refused, true))
                .containsExactly(wrong("choices", "is none of the answers"));
        assertThat(proof(lab("at: \"server > any\"", "at: \"server > S.\""), refused, true))
                .containsExactly(
                        wrong("at", "does not decide what is asked, or has before it is asked"));
    }

    @Test
    void twoDoNotHaltAtOneEvent() {
        String second = PREDICTION.substring("predictions:\n".length()).replace("next", "again");
        assertThat(proof("    points: 0\n", "    points: 0\n" + second))
                .containsExactly(
                        new Wrong(
                                "again",
                                "halt",
                                "plain.pkt: the run halts there for 'next' already"));
    }
}
