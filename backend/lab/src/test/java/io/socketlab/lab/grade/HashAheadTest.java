package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace that is hashed piece by piece while its run goes on. */
class HashAheadTest {

    private static final LabCatalogue LABS =
            LabCatalogue.ofClassPath(HashAheadTest.class.getClassLoader());

    @ParameterizedTest
    @CsvSource({
        "c1-handshake, solution/plain.pkt, 1",
        "cc2-recovery-or-timeout, solution/plain.pkt, 1000",
        "x1-select-and-poll, solution/in_c.pkt, 300"
    })
    void isThatOfTheWholeTrace(String id, String script, int events) {
        Lab lab = LABS.find(id).orElseThrow().withAnswers();
        LabRun run = LabRun.start(lab, 3);
        HashAhead ahead = HashAhead.of(run);
        assertThatThrownBy(ahead::value).hasMessage("the run is not over");

        ScriptRunner.run(run, Source.of(script, lab.files().read(script).orElseThrow()));
        ahead.finish();

        assertThat(run.events()).hasSizeGreaterThan(events);
        assertThat(ahead.value()).isEqualTo(run.traceHash());
    }
}
