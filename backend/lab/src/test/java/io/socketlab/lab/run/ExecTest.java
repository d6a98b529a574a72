package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.lab.model.TextFiles;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Starting compiled programs by a line of input. */
class ExecTest {

    /** A module with a memory and a function {@code _start} that does nothing. */
    private static final byte[] NOTHING =
            Base64.getDecoder().decode("AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKBAECAAs=");

    /** A module of nothing at all. */
    private static final byte[] EMPTY = Base64.getDecoder().decode("AGFzbQEAAAA=");

    private static final String NAME = SubmittedPrograms.name("nothing", NOTHING);

    private static LabRun run(Lab lab) {
        Map<String, byte[]> programs = Map.of(NAME, NOTHING, "empty", EMPTY);
        return LabRun.start(lab.with(name -> Optional.ofNullable(programs.get(name))), 1);
    }

    @Test
    void aProgramRunsUntilItWaitsOrEnds() {
        LabRun run = run(TwoHosts.lab());
        Reply reply = run.input("exec server " + NAME + " 7777 more");
        assertThat(reply.text()).hasValue("server runs " + NAME + " as process 100");
        assertThat(run.events())
                .filteredOn(TraceEvent.ProcessExited.class::isInstance)
                .singleElement()
                .extracting(event -> event.stamp().host())
                .isEqualTo("server");
        assertThat(run.now()).isZero();
    }

    @Test
    void anotherOnTheSameHostIsAProcessOfItsOwnAndTheLogMakesTheSameTrace() {
        Lab lab = TwoHosts.lab();
        LabRun run = run(lab);
        run.input("server: socket(AF_INET, SOCK_STREAM, 0)");
        run.input("exec server " + NAME);
        assertThat(run.input("exec server " + NAME).text().orElseThrow())
                .endsWith("as process 102");
        LabRun again = run(lab);
        run.inputs().forEach(again::input);
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void programsOfOneHostAreTasksInTheirOrderOrAsTheyAreTold() {
        LabRun run = run(TwoHosts.lab());
        run.input("server: socket(AF_INET, SOCK_STREAM, 0)");
        run.input("exec server.3 " + NAME);
        run.input("exec server " + NAME);
        run.input("exec server " + NAME);
        assertThat(run.events())
                .filteredOn(TraceEvent.TaskStarted.class::isInstance)
                .extracting(event -> ((TraceEvent.TaskStarted) event).task())
                .containsExactly(3, 2, 4);
        refused(run, "exec server.3 " + NAME, "expected a number that no task has yet");
        refused(run, "exec server.17 " + NAME, "expected a task from 1 to 16");
    }

    @Test
    void aScriptStartsProgramsAtTheirTime() {
        LabRun run = run(TwoHosts.lab());
        String script = "+0.5 exec server %s {{port}} // then\nquiet()\n".formatted(NAME);
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", script)).differences()).isEmpty();
        assertThat(run.inputs()).contains("exec server " + NAME + " " + port(run));
        assertThat(run.events())
                .filteredOn(TraceEvent.ProcessExited.class::isInstance)
                .singleElement()
                .extracting(event -> event.stamp().at())
                .isEqualTo(500_000_000L);
    }

    private static String port(LabRun run) {
        return run.parameters().fill("{{port}}");
    }

    @Test
    void aScriptIsToldWhatCannotBeStartedBeforeItRuns() {
        LabRun run = run(TwoHosts.lab());
        assertThatThrownBy(() ->
                        ScriptRunner.run(run, Source.of("a.pkt", "quiet()\nexec server other\n")))
                .isInstanceOf(ScriptException.class)
                .hasMessage("a.pkt:2:13: expected a compiled program that is there, found other");
        assertThat(run.inputs()).isEmpty();
    }

    @Test
    void whoeverDoesTheLabCannotStartItsSolutions() {
        String yaml = TwoHosts.lab().files().read("lab.yaml").orElseThrow();
        Map<String, byte[]> programs =
                Map.of("solution/a.wasm", NOTHING, "programs/b.wasm", NOTHING);
        Lab lab = LabReader.read(new TextFiles("two-hosts", Map.of("lab.yaml", yaml), programs));
        LabRun run = LabRun.start(lab, 1);
        run.input("exec server programs/b.wasm");
        refused(run, "exec server solution/a.wasm", "expected a compiled program that is there");
        LabRun.start(lab.withAnswers(), 1).input("exec server solution/a.wasm");
    }

    @Test
    void whatCannotBeStartedIsRefusedAndChangesNothing() {
        LabRun run = run(TwoHosts.lab());
        int before = run.events().size();
        refused(run, "exec server", "expected a host and a program");
        refused(run, "exec server other", "expected a compiled program that is there, found other");
        refused(run, "exec server empty", "expected a memory in the module");
        refused(run, "exec nobody " + NAME, "nobody");
        assertThat(run.inputs()).isEmpty();
        assertThat(run.events()).hasSize(before);
    }

    @Test
    void aLabThatListsItsCallsHasNoPrograms() {
        LabRun run =
                run(
                        TwoHosts.labWith(
                                "modes: [bench, script]",
                                "modes: [bench, script], syscalls: [socket, connect]"));
        refused(run, "exec server " + NAME, "expected calls that this lab allows, one by one");
    }

    @Test
    void moreProgramsThanTheLimitsAllowEndTheRunAndAreNoMistakeOfTheLines() {
        LabRun run = run(TwoHosts.labWith("events: 2000", "events: 20"));
        ProgramRunner.start(run, Collections.nCopies(20, "exec server " + NAME));
        ProgramRunner.finish(run);
        assertThat(run.limitReached()).isTrue();
        assertThat(run.inputs()).hasSizeLessThan(20);
    }

    private static void refused(LabRun run, String line, String sentence) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(sentence);
    }

    /** Adds up the numbers on its standard input, and prints the sum. */
    @Test
    void whatStandsBehindTheSignIsTheProgramsStandardInput() throws IOException {
        byte[] sums =
                Files.readAllBytes(
                        Path.of("../sandbox/src/test/resources/programs").resolve("sums.wasm"));
        Lab lab = TwoHosts.lab().with(name -> Optional.of(sums));
        LabRun run = LabRun.start(lab, 1);
        run.input("exec server sums < \"3 4\\n35\\n\"");
        run.input("run 1s");
        assertThat(ProgramRunner.printed(run)).startsWith("the sum is 42\n");
        LabRun without = LabRun.start(lab, 1);
        without.input("exec server sums");
        assertThat(ProgramRunner.printed(without)).startsWith("the sum is 0\n");
        assertThat(LabRun.replay(lab, 1, run.inputs()).traceHash()).isEqualTo(run.traceHash());
        refused(run, "exec server sums < 3 4", "expected what there is to read");
        refused(run, "exec server sums < \"3\\q\"", "expected what there is to read");
    }
}
