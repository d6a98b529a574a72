package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.Finding;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.script.ScriptException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls cost, by the kernel's counters and by the trace. */
class CostTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    /** A datagram that is waited for with poll(2): the sizes are those of struct pollfd. */
    private void exchange() {
        List.of(
                        "server: socket(AF_INET, SOCK_DGRAM, 0)",
                        "server: bind(3, *:53)",
                        "server: poll([{fd=3, events=POLLIN}], -1)",
                        "client: socket(AF_INET, SOCK_DGRAM, 0)",
                        "client: sendto(3, \"hello\", server:53)",
                        "run",
                        "server: recv(3, 100)",
                        "server.2: recv(3, 100)")
                .forEach(run::input);
    }

    @Test
    void theConsoleShowsThemTaskByTask() {
        exchange();

        assertThat(run.input("cost").text().orElseThrow().lines())
                .containsExactly(
                        "TASK             CALLS  WAKE-UPS     CSWCH   NVCSWCH   SCANNED TO-KERNEL   TO-USER",
                        "client               2         0         0         0         0        21         0",
                        "server               4         1         1         0         2        24         7",
                        "server.2             1         0         1         0         0         0         0",
                        "client: 1 task, 16 KiB of kernel stacks",
                        "server: 2 tasks, 32 KiB of kernel stacks");
        assertThat(run.input("cost client").text().orElseThrow().lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.cost.calls == 5",
                "server.task[1].cost.calls == 4",
                "server.task[2].cost.voluntarySwitches == 1",
                "server.cost.wakeUps == 1",
                "server.cost.scanned == 2",
                "server.cost.toKernel == 24",
                "server.cost.toUser == 7",
                "client.cost.toKernel == 21",
                "client.cost.involuntarySwitches == 0"
            })
    void checksReadTheSameOutOfTheTrace(String condition) throws SyntaxException {
        exchange();

        Finding finding =
                new Checker(new TraceIndex(run.events()), run.parameters())
                        .check(new Assertion.Final(Condition.parse(condition)));
        assertThat(finding.verdict()).as(condition + ": " + finding).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max(server.kernelStack) == 4 * 16384",
                "server.kernelStack == 2 * 16384",
                "client.kernelStack == 16384"
            })
    void aStackIsThereAsLongAsItsTask(String condition) throws SyntaxException {
        exchange();
        List.of("server: fork()", "server: pthread_create()", "server.102: pthread_exit()")
                .forEach(run::input);
        run.input("server.101: exit(0)");

        Finding finding =
                new Checker(new TraceIndex(run.events()), run.parameters())
                        .check(new Assertion.Final(Condition.parse(condition)));
        assertThat(finding.verdict()).as(condition + ": " + finding).isEqualTo(Verdict.PASS);
    }

    @Test
    void askingIsNoEvent() {
        exchange();
        int before = run.events().size();
        run.input("cost server");
        assertThat(run.events()).hasSize(before);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> run.input("cost sever"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(
                        "1:6: expected one of the hosts client, server, found 'sever'; did you mean 'server'?");
        assertThatThrownBy(() -> Condition.parse("server.cost.wakeups == 1"))
                .hasMessageContaining("wakeUps");
    }
}
