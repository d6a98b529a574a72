package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.run.ScriptResult.Difference;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {

    private static final String CONVERSATION =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:{{port}}) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            client: bind(3, *:7000) = 0
            client: connect(3, server:{{port}}) = 0
            server: recvfrom(3, 100) = 5
            client: send(3, "hello") = 5
            client: recv(3, 100) = 3
            +5ms server: sendto(3, "hey", client:7000) = 3
            server: close(3) = 0
            client: close(3) = 0
            """;

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    @Test
    void runsAConversationToItsEnd() {
        ScriptResult result = script(CONVERSATION);

        assertThat(result.differences()).isEmpty();
        assertThat(result.asExpected()).isTrue();
        assertThat(run.nextAt()).isEmpty();
        assertThat(run.limitReached()).isFalse();
    }

    @Test
    void aScriptIsTheLinesThatItPutsIn() {
        script(CONVERSATION);

        LabRun replayed = LabRun.replay(TwoHosts.lab(), 7, run.inputs());

        assertThat(run.inputs()).contains("server: recvfrom(3, 100)", "client: send(3, \"hello\")");
        assertThat(replayed.traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void listsWhatReturnedSomethingElse() {
        ScriptResult result =
                script(
                        """
                        client: socket(AF_INET, SOCK_DGRAM, 0) = 4
                        client: close(9) = 0
                        client: close(9) = -1 EINVAL
                        client: close(9) = -1 EBADF
                        client: close(9) = ...
                        client: close(9)
                        client: getsockopt(3, SOL_SOCKET, SO_TYPE, [1], [4]) = 0
                        """);

        assertThat(result.differences())
                .containsExactly(
                        new Difference(1, "client: socket(AF_INET, SOCK_DGRAM, 0)", "4", "3"),
                        new Difference(2, "client: close(9)", "0", "-1 EBADF"),
                        new Difference(3, "client: close(9)", "-1 EINVAL", "-1 EBADF"),
                        new Difference(
                                7,
                                "client: getsockopt(3, SOL_SOCKET, SO_TYPE, [1], [4])",
                                "1",
                                "2"));
        assertThat(result.asExpected()).isFalse();
    }

    @Test
    void saysWhichCallIsStillWaitingAndWhatItNeverCameTo() {
        ScriptResult result =
                script(
                        """
                        server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                        server: bind(3, *:53) = 0
                        server: recvfrom(3, 100) = 5
                        server: close(3) = 0
                        client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                        """);

        assertThat(result.differences()).hasSize(2);
        assertThat(result.differences().get(0).line()).isEqualTo(3);
        assertThat(result.differences().get(0).actual())
                .startsWith("recvfrom(3")
                .contains("… waiting: ");
        assertThat(result.differences().get(1).line()).isEqualTo(4);
        assertThat(result.differences().get(1).actual()).startsWith("never made: recvfrom(3");
        assertThat(entered("client")).containsExactly(0L);
    }

    @Test
    void aLineWaitsForItsTaskAndOthersGoOn() {
        script(
                """
                client: sleep(1)
                client: close(7)
                server: close(8)
                """);

        assertThat(entered("client")).containsExactly(0L, 1_000_000_000L);
        assertThat(entered("server")).containsExactly(0L);
    }

    @Test
    void timesCountFromWhenTheStepBeforeWasIssued() {
        script(
                """
                +10ms client: close(7)
                +0.02 server: close(7)
                client: sleep(1)
                +5ms server: close(7)
                client: close(7)
                +5ms client: close(7)
                +5ms server: close(7)
                2.0 client: close(7)
                """);

        assertThat(entered("client"))
                .containsExactly(
                        10_000_000L, 30_000_000L, 1_030_000_000L, 1_035_000_000L, 2_000_000_000L);
        assertThat(entered("server")).containsExactly(30_000_000L, 35_000_000L, 1_040_000_000L);
    }

    @Test
    void aLineThatCannotBeIssuedDoesNotHoldUpTheTimesOfOthers() {
        ScriptResult result =
                script(
                        """
                        client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                        client: bind(3, *:53) = 0
                        client: recvfrom(3, 100) = 2
                        client: close(3) = 0
                        +50ms server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                        server: sendto(3, "hi", client:53) = 2
                        """);

        assertThat(result.differences()).isEmpty();
        assertThat(entered("server")).containsExactly(50_000_000L, 50_000_000L);
        assertThat(entered("client")).last().isEqualTo(60_000_000L);
    }

    @Test
    void quietLetsWhatIsUnderWayHappen() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:53) = 0
                client: sendto(3, "hi", server:53) = 2
                quiet()
                server: recv(3, ..., 100, MSG_DONTWAIT) = 2
                client: sleep(10)
                client: close(3)
                quiet()
                +1ms server: close(3)
                """);

        assertThat(entered("server")).endsWith(10_000_000L, 11_000_000L);
        assertThat(entered("client")).last().isEqualTo(10_010_000_000L);
        assertThat(run.events())
                .filteredOn(CallReturned.class::isInstance)
                .extracting(e -> ((CallReturned) e).result())
                .contains(2L);
    }

    @Test
    void aScriptThatIsWrongRunsNotAtAll() {
        String hash = run.traceHash();

        assertThatThrownBy(() -> script("client: close(3)\n  sever: listen(3, 5)"))
                .isInstanceOf(ScriptException.class)
                .hasMessage(
                        "t.pkt:2:3: expected one of the hosts client, server, found 'sever'; did you mean 'server'?");
        assertThatThrownBy(() -> script("client: close(3)\nclient: close(3) = NOTHING"))
                .hasMessage("t.pkt:2:20: expected a number after '=', found 'NOTHING'");
        assertThatThrownBy(() -> script("client: bind(3, *:{{prot}})"))
                .hasMessageStartingWith("t.pkt:1:19: ");
        assertThat(run.traceHash()).isEqualTo(hash);
        assertThat(run.inputs()).isEmpty();
    }

    @Test
    void stopsAtTheLimits() {
        ScriptResult result =
                script(
                        "client: close(3)\n+150 client: close(3)\n+100 client: close(3) = -1 EBADF\nclient: close(3)");

        assertThat(result.limit())
                .contains("the run has reached its lab's limit of 200 s of virtual time");
        assertThat(result.differences()).extracting(Difference::line).containsExactly(3, 4);
        assertThat(entered("client")).hasSize(2);
    }

    private ScriptResult script(String text) {
        return ScriptRunner.run(run, Source.of("t.pkt", text));
    }

    private List<Long> entered(String host) {
        return run.events().stream()
                .filter(e -> e instanceof CallEntered && e.stamp().host().equals(host))
                .map(e -> e.stamp().at())
                .toList();
    }
}
