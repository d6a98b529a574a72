package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A right answer is right by whichever call it does the same: each solution of the catalogue passes
 * with others in their place.
 */
class OtherCallsTest {

    private static final long SEED = 1;

    @TestFactory
    Stream<DynamicTest> solutionsPassInEachWay() {
        return LabCatalogue.ofClassPath(getClass().getClassLoader()).all().stream()
                .map(Lab::withAnswers)
                .flatMap(lab -> lab.solutions().stream().flatMap(path -> tests(lab, path)));
    }

    private static Stream<DynamicTest> tests(Lab lab, String path) {
        String script = lab.files().read(path).orElseThrow();
        return OtherWays.of(lab.id(), script).entrySet().stream()
                .map(way ->
                        dynamicTest(
                                lab.id() + "/" + path + ": " + way.getKey(),
                                () -> assertRight(lab, way.getKey(), way.getValue())));
    }

    private static void assertRight(Lab lab, String way, String script) {
        LabRun run = LabRun.start(lab, SEED);
        var result =
                ScriptGrader.grade(
                        lab, run, ScriptRunner.run(run, Source.of(lab.id() + ", " + way, script)));
        assertThat(result.tests())
                .as(lab.id() + ": " + way)
                .filteredOn(test -> test.status() != Verdict.PASS)
                .extracting(test -> test.id() + ": " + test.output())
                .isEmpty();
        assertThat(result.mistakes())
                .as(lab.id() + ": " + way)
                .filteredOn(m -> !m.severity().equalsIgnoreCase("warn"))
                .isEmpty();
        assertThat(result.score()).isEqualTo(lab.maxScore());
    }
}
