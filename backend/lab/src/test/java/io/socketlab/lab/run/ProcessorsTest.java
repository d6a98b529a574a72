package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.Finding;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A lab whose server has processors that take time. */
class ProcessorsTest {

    /** Three threads, each with a datagram of its own to wait for; all three come at once. */
    private static final String SCRIPT =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:53) = 0
            server: pthread_create() = 101
            server: pthread_create() = 102
            +1ms server: recv(3, 100) = 1
            server.101: recv(3, 100) = 1
            server.102: recv(3, 100) = 1
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            +1ms client: sendto(3, "a", server:53) = 1
            client: sendto(3, "b", server:53) = 1
            client: sendto(3, "c", server:53) = 1
            """;

    private static LabRun run(String cpu) {
        LabRun run = LabRun.start(TwoHosts.labWith("server: {}", "server: {cpu: " + cpu + "}"), 7);
        ScriptResult result = ScriptRunner.run(run, Source.of("test.pkt", SCRIPT));
        assertThat(result.differences()).isEmpty();
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.cost.contextSwitches == 3",
                "server.cost.voluntarySwitches == 3",
                "server.cost.involuntarySwitches == 0",
                "server.runQueue.length == 0",
                "max(server.runQueue.length) == 2",
                // the second waits for the first, and the third for both, as they began and as
                // they went on
                "server.cost.runQueueWait > 0us",
                "server.task[102].cost.cpu > 4us",
                "client.cost.cpu == 0us"
            })
    void checksSeeWhoWaitsForTheCpu(String condition) throws SyntaxException {
        LabRun run = run("{switch: 2us, wake: 1us, call: 100ns}");
        Finding finding =
                new Checker(new TraceIndex(run.events()), run.parameters())
                        .check(new Assertion.Final(Condition.parse(condition)));
        assertThat(finding.verdict()).as(condition + ": " + finding).isEqualTo(Verdict.PASS);
    }

    @Test
    void theConsoleHasColumnsForItWhereThereIsAModel() {
        assertThat(
                        run("{switch: 2us, wake: 1us, call: 100ns, copy: 0ns}")
                                .input("cost server")
                                .text())
                .get()
                .asString()
                .startsWith("TASK ")
                .contains("CPU-US   WAIT-US")
                .contains("server.102           1         1         1");
    }

    @Test
    void withCpusEnoughNobodyWaits() {
        LabRun run = run("{cpus: 3}");
        assertThat(run.events()).noneMatch(e -> e instanceof TraceEvent.RunQueueEntered);
        assertThat(run.events()).anyMatch(e -> e instanceof TraceEvent.CpuAcquired);
    }

    @Test
    void theConsoleSaysThatACallIsUnderWay() {
        LabRun run = LabRun.start(TwoHosts.labWith("server: {}", "server: {cpu: {}}"), 7);
        assertThat(run.input("server: socket(AF_INET, SOCK_DGRAM, 0)").text())
                .contains("socket(AF_INET, SOCK_DGRAM, 0) … waiting: the kernel's work");
        assertThat(run.input("server.2: getpid()").text()).contains("getpid() … waiting: a CPU");
        run.input("run");
        assertThat(run.input("client: socket(AF_INET, SOCK_DGRAM, 0)").text())
                .contains("socket(AF_INET, SOCK_DGRAM, 0) = 3");
        assertThat(List.copyOf(run.tasks())).noneMatch(t -> t.call().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{cpus: 0} | expected a number of CPUs from 1 to 64, not '0'",
                "{switch: 2} | expected a time with its unit, as in 20ms, not 2",
                "{slice: 0us} | expected a time above 0, as in 700us, not '0",
                "{swich: 2us} | unknown key 'swich'; did you mean 'switch'?"
            })
    void mistakesAreTold(String cpu, String problem) {
        assertThatThrownBy(() -> TwoHosts.labWith("server: {}", "server: {cpu: " + cpu + "}"))
                .hasMessageContaining(problem);
    }
}
