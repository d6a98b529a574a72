package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A lab with a fault is not proven, and the report says which file has which fault. */
class VerifierTest {

    private static final String PLAIN = "solution/plain.pkt";
    private static final String FORGOTTEN = "mutants/forgotten_close.pkt";

    private final LabFiles goodbye =
            LabCatalogue.ofClassPath(getClass().getClassLoader())
                    .find("c5-goodbye")
                    .orElseThrow()
                    .files();

    /** A lab's files with some of them changed. */
    private record Changed(LabFiles original, Map<String, String> changes) implements LabFiles {
        @Override
        public String name() {
            return original.name();
        }

        @Override
        public Optional<String> read(String path) {
            return Optional.ofNullable(changes.get(path)).or(() -> original.read(path));
        }

        @Override
        public List<String> list(String folder) {
            var paths = new TreeSet<>(original.list(folder));
            changes.keySet().stream().filter(p -> p.startsWith(folder + "/")).forEach(paths::add);
            return List.copyOf(paths);
        }
    }

    private final Map<String, String> changes = new HashMap<>();

    private String text(String path) {
        return goodbye.read(path).orElseThrow();
    }

    private void replace(String path, String what, String by) {
        assertThat(text(path)).as(path).contains(what);
        changes.put(path, text(path).replace(what, by));
    }

    private Verifier.Report verified(long seeds) {
        Lab lab = LabReader.read(new Changed(goodbye, changes));
        return Verifier.verify(lab, seeds);
    }

    private List<String> problems() {
        return verified(2).problems();
    }

    @Test
    void anUnchangedLabIsProvenWithTwoSolutionsThreeMistakesAndAStarterForEachSeed() {
        Verifier.Report report = verified(3);
        assertThat(report.problems()).isEmpty();
        assertThat(report.isProven()).isTrue();
        assertThat(report.runs()).isEqualTo(3 * (2 * 3 + 3 + 1));
    }

    @Test
    void noMoreSeedsAreTriedThanThePoolHas() {
        replace("lab.yaml", "pool: 64", "pool: 2");
        assertThat(verified(5).seeds()).isEqualTo(2);
    }

    @Test
    void aSolutionThatLeavesOutACallIsToldByTheChecksItFails() {
        replace(PLAIN, "server: close(4) = 0\n", "");
        assertThat(problems())
                .anySatisfy(p -> assertThat(p).startsWith(PLAIN + ": check server-path is FAIL"))
                .anySatisfy(p -> assertThat(p).startsWith(PLAIN + ": shows the mistake forgotten"))
                .anySatisfy(
                        p -> assertThat(p).startsWith(PLAIN + ": does not earn all of 22 points"));
    }

    @Test
    void aSolutionWhoseCallReturnsSomethingElseIsToldByItsLine() {
        replace(PLAIN, "client: close(3) = 0", "client: close(3) = -1 EBADF");
        assertThat(problems())
                .containsExactly(
                        PLAIN
                                + ":25: not as the script says (for 2 seeds): expected -1 EBADF,"
                                + " actual 0");
    }

    @Test
    void aScriptThatCannotBeUnderstoodIsToldByLineAndColumn() {
        replace(PLAIN, "server: listen(3, 5) = 0", "server: listen(3 5) = 0");
        assertThat(problems()).anySatisfy(p -> assertThat(p).startsWith(PLAIN + ":4:18: "));
    }

    @Test
    void aMutantThatIsRightIsNone() {
        changes.put(FORGOTTEN, text(PLAIN));
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        FORGOTTEN + ": does not show the mistake forgotten-close (for 2 seeds)",
                        FORGOTTEN + ": the check client-path is PASS, and is to fail (for 2 seeds)",
                        FORGOTTEN + ": the check server-path is PASS, and is to fail (for 2 seeds)",
                        FORGOTTEN
                                + ": the check prompt-close is PASS, and is to fail (for 2 seeds)",
                        FORGOTTEN + ": passes (for 2 seeds)");
    }

    @Test
    void aMutantThatFailsMoreThanItSaysIsTold() {
        replace(
                "lab.yaml",
                "fails: [client-path, server-path, prompt-close]",
                "fails: [server-path]");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        FORGOTTEN
                                + ": the check client-path is FAIL, and the mistake does not name it"
                                + " (for 2 seeds)",
                        FORGOTTEN
                                + ": the check prompt-close is FAIL, and the mistake does not name"
                                + " it (for 2 seeds)");
    }

    @Test
    void aCheckThatIsOnlyBlockedIsNotFailed() {
        replace(
                "lab.yaml",
                "fails: [half-close, reply, no-reset]",
                "fails: [half-close, reply, no-reset, client-path]");
        assertThat(problems())
                .containsExactly(
                        "mutants/close_instead_of_shutdown.pkt: the check client-path is BLOCKED, and"
                                + " is to fail (for 2 seeds)");
    }

    @Test
    void aMutantThatNoMistakeNamesIsTold() {
        changes.put("mutants/other.pkt", "quiet()\n");
        assertThat(problems())
                .containsExactly("mutants/other.pkt: no mistake of lab.yaml has this file");
    }

    @Test
    void aStarterThatEarnsPointsIsTold() {
        changes.put("starter/goodbye.pkt", text(FORGOTTEN));
        assertThat(problems())
                .containsExactly(
                        "starter/goodbye.pkt: does not earn the 0 points of scoring.starter"
                                + " (for 2 seeds): 17.0");
    }

    @Test
    void aStatementWithATaskOrAParameterThatIsNotThereIsTold() {
        replace("statement.en.md", "[task](connected)", "[task](conected)");
        changes.compute("statement.en.md", (_, text) -> text + "\n{{nothing}}\n");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "c5-goodbye/statement.en.md:37:11: unknown check 'conected'; did you mean"
                                + " 'connected'?",
                        "c5-goodbye/statement.en.md:1:1: expected a task with the check"
                                + " 'connected', as in [task](connected)",
                        "c5-goodbye/statement.en.md:55:3: unknown parameter 'nothing'");
    }

    @Test
    void aSolutionThatNearlyReachesALimitIsTold() {
        replace("lab.yaml", "events: 2000, virtual: 600s", "events: 300, virtual: 61s");
        assertThat(problems())
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(PLAIN + ": more than half of the limit of 300 events"))
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        PLAIN + ": more than half of the limit of virtual time"));
    }
}
