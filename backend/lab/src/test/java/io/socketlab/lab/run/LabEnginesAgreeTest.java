package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.module.ProgramModule;
import io.socketlab.sandbox.program.CodeCache;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A lab is graded the same whether its programs are interpreted or compiled: the traces are the
 * same.
 */
class LabEnginesAgreeTest {

    private static final long KEPT = 8L << 20;

    /** Seeds of the proof of all labs, {@code -Pproof}; the build has fewer. */
    private static final int PROOF = 64;

    /** Four servers and a hundred clients. */
    private static final String HEAVY = "e1-threads-or-events";

    /** Every solution in C of every lab; of the heavy one where labs are proven. */
    static Stream<Arguments> solutions() {
        boolean whole = Integer.getInteger("socketlab.labs.seeds", 0) >= PROOF;
        return LabCatalogue.ofClassPath(LabEnginesAgreeTest.class.getClassLoader()).all().stream()
                .filter(lab -> whole || !lab.id().equals(HEAVY))
                .map(Lab::withAnswers)
                .flatMap(lab ->
                        lab.solutions().stream()
                                .filter(path -> script(lab, path).contains("exec "))
                                .map(path -> Arguments.of(lab, path)));
    }

    private static String script(Lab lab, String path) {
        return lab.file(path, 1).orElseThrow();
    }

    /**
     * @param worthCompiling fuel after which a program is compiled
     */
    private static LabRun run(Lab lab, String path, long worthCompiling) {
        var engine = new ChicoryEngine(ProgramModule.MOST_PAGES, worthCompiling);
        LabRun run = LabRun.start(lab, 1);
        run.programs().use(new CodeCache(engine, KEPT));
        ScriptRunner.run(run, Source.of(path, script(lab, path)));
        ProgramRunner.finish(run);
        return run;
    }

    @ParameterizedTest
    @MethodSource("solutions")
    void interpretedAndCompiled(Lab lab, String path) {
        LabRun interpreted = run(lab, path, Long.MAX_VALUE);
        LabRun compiled = run(lab, path, 0);
        assertThat(interpreted.events().size()).isGreaterThan(50);
        assertThat(compiled.traceHash()).isEqualTo(interpreted.traceHash());
    }
}
