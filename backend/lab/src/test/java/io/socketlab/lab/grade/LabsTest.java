package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The labs that are built in are what they say. */
@Execution(ExecutionMode.CONCURRENT)
class LabsTest {

    /** Of the 64 of a pool, which {@code -Pproof} and {@code socketlab verify} try all. */
    private static final int SEEDS = Integer.getInteger("socketlab.labs.seeds", 4);

    private final LabCatalogue labs = LabCatalogue.ofClassPath(getClass().getClassLoader());

    @Test
    void allCanBeRead() {
        // with their scripts, which nobody tries again when they are on a class path
        LabCatalogue all = LabCatalogue.ofFolder(Path.of("../../labs"));
        assertThat(all.broken()).isEmpty();
        assertThat(all.labs()).containsKeys("c1-handshake", "c5-goodbye", "u1-datagrams");
        assertThat(labs.labs().keySet()).isEqualTo(all.labs().keySet());
    }

    @TestFactory
    Stream<DynamicTest> solutionsPassAndMutantsFailAsTheySay() {
        return labs.all().stream()
                .map(lab ->
                        DynamicTest.dynamicTest(
                                lab.id(),
                                () -> {
                                    Verifier.Report report = Verifier.verify(lab, SEEDS);
                                    assertThat(report.problems()).isEmpty();
                                    assertThat(report.runs()).isGreaterThanOrEqualTo(5 * SEEDS);
                                }));
    }
}
