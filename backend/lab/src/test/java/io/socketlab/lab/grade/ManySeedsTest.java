package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One answer, graded with several seeds of a lab. */
class ManySeedsTest {

    private static final Lab LAB =
            LabCatalogue.ofClassPath(ManySeedsTest.class.getClassLoader())
                    .find("s1-stream-without-messages")
                    .orElseThrow();

    private static Answer program(String file, String arguments) {
        return program(file, arguments, "");
    }

    private static Answer program(String file, String arguments, String source) {
        byte[] wasm = LAB.files().answer(file).orElseThrow();
        var program = ProgramAnswer.Program.made("server", "server", wasm, arguments, "", source);
        return new Answer.Programs(
                new ProgramAnswer(List.of(program), Map.of("segments", "{{2 + 3}}")));
    }

    private static ResultDocument graded(long first, int many, Answer answer) {
        return new ManySeeds(LAB, first, many).grade(answer);
    }

    @Test
    void aProgramThatIsRightIsRightForEachSeedWithTheArgumentsOfTheLab() {
        ResultDocument result = graded(62, 4, program("solution/in_c.wasm", ""));
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.score()).isEqualTo(LAB.maxScore());
        assertThat(result.seedId()).isEqualTo(62);
        assertThat(result.message()).isEqualTo("passed with all 4 seeds");
    }

    @Test
    void whatIsRightForOneSeedAloneGetsTheWorstAndIsToldWhichFailed() {
        String port = LAB.parameters(64).fill("{{port}}");
        ResultDocument result = graded(64, 3, program("solution/in_c.wasm", port));
        assertThat(result.seedId()).as("the pool begins again behind its end").isEqualTo(1);
        assertThat(result.verdict()).isNotEqualTo(Verdict.PASS);
        assertThat(result.message())
                .isEqualTo(
                        "graded with 3 seeds, of which this is the worst, seed 1; 1 passed, not passed: 1, 2");
    }

    @Test
    void oneSeedIsGradedAsItAlwaysWas() {
        ResultDocument result =
                graded(5, 1, program("mutants/in_c_half_is_whole.wasm", "{{port}}"));
        assertThat(result.seedId()).isEqualTo(5);
        assertThat(result.message()).isEmpty();
        assertThat(result.mistakes()).extracting("id").containsExactly("half-is-whole");
    }

    @Test
    void whatCannotBeReadIsToldOnce() {
        ResultDocument result = graded(1, 3, program("solution/in_c.wasm", "{{prt}}"));
        assertThat(result.gradable()).isFalse();
        assertThat(result.message())
                .isEqualTo(
                        "arguments:1:1: unknown parameter 'prt'; did you mean 'port'? in '{{prt}}'");
    }

    @Test
    void whatTheLabWantsLeftAloneIsLookedForInTheSource() {
        String given = LAB.sources("server").getFirst().text();
        String own = given.replace("return 0;\n}\n\n/* read-only", "return 1;\n}\n\n/* read-only");
        assertThat(own).isNotEqualTo(given);
        assertThat(graded(1, 1, program("solution/in_c.wasm", "", own)).remarks()).isEmpty();
        String changed = given.replace("listen(listener, 5)", "listen(listener, 50)");
        assertThat(graded(1, 1, program("solution/in_c.wasm", "", changed)).remarks())
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.id()).isEqualTo("read-only");
                    assertThat(remark.place()).isEqualTo("server.c:25");
                    assertThat(remark.host()).isEqualTo("server");
                });
    }
}
