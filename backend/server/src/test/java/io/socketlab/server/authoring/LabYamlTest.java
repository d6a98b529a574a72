package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.record.ProposedCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabYamlTest {

    private static final List<ProposedCheck> CHECK =
            List.of(new ProposedCheck("a", "A", "  - id: a\n    points: 1\n", List.of()));

    @Test
    void checksAreIndentedAsThoseThatThereAre() {
        assertThat(
                        LabYaml.with(
                                "checks:\n# one\n- id: b\nscoring: {starter: 0, total: 9}\n",
                                CHECK))
                .contains(
                        "checks:\n- id: a\n  points: 1\n# one\n- id: b\nscoring: {starter: 0, total: 10}\n");
        assertThat(LabYaml.with("checks:\n    - id: b\n", CHECK))
                .contains("checks:\n    - id: a\n      points: 1\n    - id: b\n");
    }

    @Test
    void theMistakesOfWrongAnswersThatFailItNameIt() {
        var check = new ProposedCheck("a", "A", "  - id: a\n", List.of("mutants/x.pkt"));
        String yaml =
                """
                checks:
                  - id: b
                mistakes:
                  - id: x
                    mutant: mutants/x.pkt
                    fails: [b] # both
                  - id: y
                    mutant: mutants/y.pkt
                    fails: [b]
                """;
        assertThat(LabYaml.with(yaml, List.of(check)).orElseThrow())
                .contains("mutants/x.pkt\n    fails: [b, a] # both\n")
                .contains("mutants/y.pkt\n    fails: [b]\n");
    }

    @Test
    void whatIsNotAnItemALineIsLeftToItsAuthor() {
        assertThat(LabYaml.with("checks: [{id: b}]\n", CHECK)).isEmpty();
        assertThat(LabYaml.with("checks:\n  {id: b}\n", CHECK)).isEmpty();
        assertThat(LabYaml.with("id: x\n", CHECK)).isEmpty();
    }
}
