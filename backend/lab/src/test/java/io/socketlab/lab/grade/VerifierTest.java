package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.CaptureProof;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
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

    private final Map<String, String> changes = new HashMap<>();

    private String withoutFolder = "none";

    private String text(String path) {
        return goodbye.read(path).orElseThrow();
    }

    private void replace(String path, String what, String by) {
        assertThat(text(path)).as(path).contains(what);
        changes.put(path, text(path).replace(what, by));
    }

    private Verifier.Report verified(long seeds) {
        Lab lab = LabReader.read(new ChangedFiles(goodbye, changes, withoutFolder));
        return Verifier.verify(lab, seeds);
    }

    private List<String> problems() {
        return verified(2).problems();
    }

    private static final String LAB = "c5-goodbye/lab.yaml";

    /** The place of a text in a file of the lab, as it is after the changes. */
    private String at(String path, String text) {
        String all = Optional.ofNullable(changes.get(path)).orElseGet(() -> text(path));
        int offset = all.indexOf(text);
        assertThat(offset).as(text).isNotNegative();
        int line = (int) all.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        int column = offset - all.lastIndexOf('\n', offset - 1);
        return "c5-goodbye/" + path + ":" + line + ":" + column + ": ";
    }

    private long mutants() {
        return LabReader.read(goodbye).mistakes().stream()
                .mapToLong(mistake -> mistake.mutants().size())
                .sum();
    }

    @Test
    void anUnchangedLabIsProvenWithItsSolutionsMistakesAndStarterForEachSeed() {
        Verifier.Report report = verified(3);
        assertThat(report.problems()).isEmpty();
        assertThat(report.isProven()).isTrue();
        assertThat(report.runs()).isEqualTo(2 * (2 * 3 + mutants() + 1) + (2 * 2 + mutants() + 1));
        assertThat(report.gradingNanos()).isPositive();
    }

    @Test
    void noMoreSeedsAreTriedThanThePoolHas() {
        replace("lab.yaml", "pool: 64", "pool: 2");
        assertThat(verified(5).seeds()).isEqualTo(2);
    }

    // ---- 1: the files

    @Test
    void aScriptThatCannotBeUnderstoodIsToldByLineAndColumn() {
        replace(PLAIN, "server: listen(3, 5) = 0", "server: listen(3 5) = 0");
        assertThat(problems())
                .anySatisfy(p -> assertThat(p).startsWith("c5-goodbye/" + PLAIN + ":4:18: "));
    }

    @Test
    void whatPeersDoIsReadLikeAScript() {
        String yaml = text("lab.yaml");
        String peers = "\npeers: |\n  other: listen(3 5)";
        changes.put("lab.yaml", yaml.replaceFirst("\nchecks:\n", peers + "$0"));
        withoutFolder = "solution";
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        LAB + ":1:1: expected a script in solution/; there is none",
                        at("lab.yaml", "5)\nchecks:")
                                + "expected ',' or ')', found '5' (for 2 seeds)");
    }

    @Test
    void aFolderWithoutASolutionIsTold() {
        withoutFolder = "solution";
        assertThat(problems())
                .containsExactly(LAB + ":1:1: expected a script in solution/; there is none");
    }

    @Test
    void aNetworkThatCannotBeIsTold() {
        replace("lab.yaml", ".2/24", ".1/24");
        assertThat(problems())
                .containsExactly(
                        at("lab.yaml", "topology:")
                                + "hosts and links make no network (for 2 seeds): address"
                                + " 10.1.201.1 of server is another host's already");
    }

    @Test
    void aLabWithoutChecksCanBeReadAndIsNotProven() {
        String all = text("lab.yaml");
        String head = all.substring(0, all.indexOf("checks:\n"));
        changes.put("lab.yaml", head + "checks: []\nscoring: {total: 0}\n");
        assertThat(problems())
                .contains(at("lab.yaml", "checks:") + "expected a check; there is none");
    }

    @Test
    void aMistakeWithoutAWrongAnswerIsTold() {
        replace(
                "lab.yaml",
                """
                    mutant: mutants/both_directions.pkt
                    fails: [half-close, no-reset, reply]
                """,
                "");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        at("lab.yaml", "id: both-directions")
                                + "expected a wrong answer that shows this mistake, as in mutant:"
                                + " mutants/it.pkt",
                        "c5-goodbye/mutants/both_directions.pkt:1:1: no mistake of lab.yaml has"
                                + " this file");
    }

    @Test
    void aSourceWithoutItsProgramIsTold() {
        changes.put("solution/in_c.c", "int main(void) { return 0; }");
        assertThat(problems())
                .containsExactly(
                        "c5-goodbye/solution/in_c.c:1:1: expected its program beside it,"
                                + " solution/in_c.wasm");
    }

    @Test
    void aMutantThatNoMistakeNamesIsTold() {
        changes.put("mutants/other.pkt", "quiet()\n");
        assertThat(problems())
                .containsExactly(
                        "c5-goodbye/mutants/other.pkt:1:1: no mistake of lab.yaml has this file");
    }

    // ---- 2 and 3: tasks and parameters

    @Test
    void aProgramWithoutItsSourceIsTold() {
        changes.put("solution/fast.wasm", "");
        assertThat(verified(1).problems())
                .contains(
                        "c5-goodbye/solution/fast.wasm:1:1: expected its source beside it,"
                                + " solution/fast.c");
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
    void aCheckInTwoTasksIsTold() {
        changes.put("statement.en.md", text("statement.en.md") + "1. [task](connected) Again.\n");
        assertThat(problems())
                .containsExactly(
                        at("statement.en.md", "connected) Again")
                                + "the check 'connected' is in a task already");
    }

    @Test
    void moreThanTwelveTasksAreTold() {
        String more = "1. [task]() One more.\n".repeat(13);
        changes.put("statement.en.md", text("statement.en.md") + more);
        assertThat(problems()).anySatisfy(p -> assertThat(p).contains("at most 12 tasks, not "));
    }

    @Test
    void aTranslationIsHeldToTheSame() {
        changes.put(
                "statement.ko.md",
                text("statement.en.md").replace("[task](connected)", "{{prot}}"));
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        at("statement.ko.md", "prot}}")
                                + "unknown parameter 'prot'; did you mean 'port'?",
                        "c5-goodbye/statement.ko.md:1:1: expected a task with the check"
                                + " 'connected', as in [task](connected)");
    }

    // ---- 4: the starter

    @Test
    void aStarterThatEarnsPointsIsTold() {
        changes.put("starter/goodbye.pkt", text(FORGOTTEN));
        assertThat(problems())
                .containsExactly(
                        at("lab.yaml", "starter: starter/")
                                + "starter/goodbye.pkt does not earn the 0 points of"
                                + " scoring.starter (for 2 seeds): 17.0");
    }

    @Test
    void aStarterIsNotPaidForWhatItHasNotExercised() {
        changes.put("starter/goodbye.pkt", "quiet()\n");
        assertThat(problems()).isEmpty();
        replace("lab.yaml", "scoring:\n", "scoring:\n  starter: 1\n");
        assertThat(problems())
                .containsExactly(
                        at("lab.yaml", "starter: starter/")
                                + "starter/goodbye.pkt does not earn the 1 points of"
                                + " scoring.starter (for 2 seeds): 0.0");
    }

    // ---- 5: the solutions

    @Test
    void aSolutionThatLeavesOutACallIsToldByTheChecksItFails() {
        replace(PLAIN, "server: close(4) = 0\n", "");
        assertThat(problems())
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        at("lab.yaml", "id: server-path")
                                                + PLAIN
                                                + ": the check server-path is FAIL (for 2 seeds):"
                                                + " expected"))
                .anySatisfy(p ->
                        assertThat(p)
                                .matches(".*lab.yaml:\\d+:5: " + PLAIN + " shows this mistake.*"));
    }

    @Test
    void aSolutionWhoseCallReturnsSomethingElseIsToldByItsLine() {
        replace(PLAIN, "client: close(3) = 0", "client: close(3) = -1 EBADF");
        assertThat(problems())
                .containsExactly(
                        "c5-goodbye/"
                                + PLAIN
                                + ":25:1: not as the script says (for 2 seeds): expected -1 EBADF,"
                                + " actual 0");
    }

    // ---- 6: the wrong answers

    @Test
    void aMutantThatIsRightIsNone() {
        changes.put(FORGOTTEN, text(PLAIN));
        String fails = at("lab.yaml", "fails: [client-path, server-path, prompt-close]");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        place("forgotten-close", "when")
                                + FORGOTTEN
                                + " does not show this mistake (for 2 seeds)",
                        fails
                                + FORGOTTEN
                                + ": the check client-path is PASS, and is to fail (for 2 seeds)",
                        fails
                                + FORGOTTEN
                                + ": the check server-path is PASS, and is to fail (for 2 seeds)",
                        fails
                                + FORGOTTEN
                                + ": the check prompt-close is PASS, and is to fail (for 2 seeds)",
                        at("lab.yaml", "mutant: " + FORGOTTEN)
                                + FORGOTTEN
                                + " passes (for 2 seeds)");
    }

    private String place(String mistake, String key) {
        String all = changes.getOrDefault("lab.yaml", text("lab.yaml"));
        int offset = all.indexOf(key + ":", all.indexOf("id: " + mistake));
        int line = (int) all.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return LAB + ":" + line + ":5: ";
    }

    @Test
    void aMutantThatFailsMoreThanItSaysIsTold() {
        replace(
                "lab.yaml",
                "fails: [client-path, server-path, prompt-close]",
                "fails: [server-path]");
        String fails = at("lab.yaml", "fails: [server-path]") + FORGOTTEN + ": the check ";
        String unnamed = " is FAIL, and the mistake does not name it (for 2 seeds)";
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        fails + "client-path" + unnamed, fails + "prompt-close" + unnamed);
    }

    @Test
    void aCheckThatIsOnlyBlockedIsNotFailed() {
        replace(
                "lab.yaml",
                "fails: [half-close, reply, no-reset]",
                "fails: [half-close, reply, no-reset, client-path]");
        assertThat(problems())
                .containsExactly(
                        at("lab.yaml", "fails: [half-close, reply, no-reset, client-path]")
                                + "mutants/close_instead_of_shutdown.pkt: the check client-path is"
                                + " BLOCKED, and is to fail (for 2 seeds)");
    }

    @Test
    void aCheckThatCannotBeJudgedIsNotFailed() {
        replace(
                "lab.yaml",
                "assert: {never: \"* > R?.\"}",
                "assert: {final: \"client.cwnd > {{rtt}}\"}");
        assertThat(problems())
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        at("lab.yaml", "id: no-reset")
                                                + "mutants/both_directions.pkt: the check no-reset"
                                                + " cannot be judged"));
    }

    // ---- 7: the same again

    @Test
    void twoRunsThatDifferAreTold() {
        var files = new FickleFiles(goodbye, PLAIN, text(PLAIN) + "client: getpid()\n");
        assertThat(Verifier.verify(LabReader.read(files), 1).problems())
                .contains(
                        "c5-goodbye/" + PLAIN + ":1:1: two runs of the same seed give two traces");
    }

    @Test
    void aReplayThatGoesOtherwiseIsTold() {
        LabFiles records =
                LabCatalogue.ofClassPath(getClass().getClassLoader())
                        .find("s1-stream-without-messages")
                        .orElseThrow()
                        .files();
        var files = new FicklePrograms(records, "mutants/in_c_half_is_whole.wasm");
        assertThat(Verifier.verify(LabReader.read(files), 1).problems())
                .contains(
                        "s1-stream-without-messages/solution/in_c.pkt:1:1: a replay of the input"
                                + " log gives another trace");
    }

    // ---- 8 and 9: limits, and seeds that are alike

    @Test
    void aSolutionThatNearlyReachesALimitIsTold() {
        replace("lab.yaml", "events: 2000, virtual: 600s", "events: 300, virtual: 61s");
        assertThat(problems())
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        at("lab.yaml", "events: 300")
                                                + PLAIN
                                                + " needs more than half of 300 events"))
                .anySatisfy(p ->
                        assertThat(p)
                                .startsWith(
                                        at("lab.yaml", "virtual: 61s")
                                                + PLAIN
                                                + " needs more than half of the virtual time"));
    }

    @Test
    void aSeedThatTakesTwiceTheCallsOfAnotherIsTold() {
        replace("lab.yaml", "params:\n", "params:\n  calls: {choice: [1, 100]}\n");
        changes.put(
                PLAIN,
                text(PLAIN)
                        + "client: {\n  $n = 0\n  while $n < {{calls}} { getpid(); $n += 1 }\n}\n");
        assertThat(verified(8).problems())
                .containsExactly(
                        at("lab.yaml", "params:")
                                + PLAIN
                                + " makes more than twice as many calls with one seed as with"
                                + " another: from 16 to 115");
    }

    // ---- 10: for everybody

    @Test
    void anImageWithoutATextAndWordsThatNeedColoursAreTold() {
        changes.put(
                "statement.en.md",
                text("statement.en.md") + "\n![](queue.svg) The red arrow is a reset.\n");
        assertThat(problems())
                .containsExactly(
                        at("statement.en.md", "queue.svg")
                                + "there is no image 'queue.svg' in the lab's folder",
                        at("statement.en.md", "![]")
                                + "expected a text that stands for the image, as in ![a"
                                + " queue](a.svg)",
                        at("statement.en.md", "red arrow")
                                + "expected words that need no colours, not 'red': say where it is"
                                + " or what it is called");
    }

    // ---- 11 and 12: captures, and how long it takes

    private Verifier.Report verified(long seeds, Function<Capture, List<String>> captures) {
        return Verifier.verify(List.of(LabReader.read(goodbye)), seeds, captures).getFirst();
    }

    @Test
    void aCaptureThatIsWrongIsToldForTheSolutionsOfTheFirstSeeds() {
        List<String> solutions = LabReader.read(goodbye).solutions();
        String[] told =
                solutions.stream()
                        .map(path ->
                                "c5-goodbye/%s:1:1: its capture is wrong (for 2 seeds): malformed"
                                        .formatted(path))
                        .toArray(String[]::new);
        assertThat(verified(3, _ -> List.of("malformed", "and more")).problems())
                .containsExactlyInAnyOrder(told);
    }

    @Test
    void whatIsCapturedIsTheWholeRunAndAsItIsWithoutACapture() {
        var frames = new ConcurrentLinkedQueue<Integer>();
        Verifier.Report report =
                verified(
                        1,
                        capture -> {
                            frames.add(capture.frames().size());
                            return CaptureProof.of(capture);
                        });
        assertThat(report.problems()).isEmpty();
        assertThat(frames).isNotEmpty().allMatch(n -> n >= 8, "a handshake and a goodbye");
    }

    @Test
    void eachGradingIsTimed() {
        long start = System.nanoTime();
        Verifier.Report report = verified(2);
        long all = System.nanoTime() - start;
        assertThat(report.gradingNanos()).isBetween(1L, all);
    }

    // ---- peers

    @Test
    void aCallOfAPeerThatCannotSucceedIsTold() {
        LabFiles vanishing =
                LabCatalogue.ofClassPath(getClass().getClassLoader())
                        .find("k1-anybody-there")
                        .orElseThrow()
                        .files();
        String yaml = vanishing.read("lab.yaml").orElseThrow();
        var more =
                Map.of("lab.yaml", yaml.replaceFirst("peers: \\|\n", "$0  client.9: close(77)\n"));
        List<String> problems =
                Verifier.verify(LabReader.read(new ChangedFiles(vanishing, more, "")), 1)
                        .problems();
        int line = (int) yaml.substring(0, yaml.indexOf("peers: |")).lines().count() + 1;
        assertThat(problems)
                .contains(
                        ("k1-anybody-there/lab.yaml:%d:1: a peer makes a call that cannot succeed"
                                        + " (for 2 seeds): client: close(77) = -1 EBADF"
                                        + " (Bad file descriptor)")
                                .formatted(line));
    }
}
