package io.socketlab.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabText;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A script made of a log does what the run did, and with other seeds what they make of it. */
class RecordedScriptTest {

    private static final long SEED = 3;

    private static final Lab LAB =
            LabText.lab(
                    "one-check",
                    """
                    apiVersion: socketlab/v1
                    id: one-check
                    revision: 1
                    title: {en: "One check"}
                    level: 1
                    minutes: 5
                    stack: {profile: linux}
                    params: {port: {int: [20000, 29999]}, size: {choice: [100, 200, 300]}}
                    topology:
                      hosts: {client: {}, server: {}}
                      links: [{a: client, b: server, delay: 10ms, rate: 10mbit}]
                    student: {modes: [script], hosts: [client, server], faults: [drop, link]}
                    predictions:
                      - {id: sent, ask: {en: "How many octets?"}, value: "{{size}}", points: 1}
                    checks:
                      - id: it
                        title: {en: "It"}
                        points: 1
                        assert: {exists: "client > S"}
                        feedback: {fail: {en: "No."}}
                    scoring: {total: 2}
                    """);

    private static String port() {
        return LAB.parameters(SEED).fill("{{port}}");
    }

    private static String recorded(String... lines) {
        return RecordedScript.of(LAB, SEED, List.of(lines));
    }

    private static String handshake() {
        String size = LAB.parameters(SEED).fill("{{size}}");
        return recorded(
                "predict sent " + size,
                "server: socket(AF_INET, SOCK_STREAM, 0)",
                "server: bind(3, *:" + port() + ")",
                "server: listen(3, 5)",
                "cost server",
                "client: socket(AF_INET, SOCK_STREAM, 0)",
                "client: connect(3, server:" + port() + ")",
                "run",
                "server: accept(3)",
                "client: send(3, ..., " + size + ", 0)",
                "run",
                "server: recv(4, ..., " + size + ", 0)",
                "server: recv(9, 1)",
                "client: ss -tn");
    }

    @Test
    void callsHaveTheirResultsAndParametersTheirNames() {
        assertThat(handshake())
                .isEqualTo(
                        """
                        // Recorded from a run with seed 3.
                        predict(sent) = {{size}}
                        server: socket(AF_INET, SOCK_STREAM, 0) = 3
                        server: bind(3, *:{{port}}) = 0
                        server: listen(3, 5) = 0
                        client: socket(AF_INET, SOCK_STREAM, 0) = 3
                        client: connect(3, server:{{port}}) = 0
                        quiet()
                        server: accept(3) = 4
                        client: send(3, ..., {{size}}, 0) = {{size}}
                        quiet()
                        server: recv(4, ..., {{size}}, 0) = {{size}}
                        server: recv(9, 1) = -1 EBADF
                        client: ss -tn
                        """);
    }

    @Test
    void itDoesTheSameWithEverySeed() {
        String script = handshake();
        for (long seed = 1; seed <= 8; seed++) {
            LabRun run = LabRun.start(LAB, seed);
            assertThat(ScriptRunner.run(run, Source.of("recorded.pkt", script)).differences())
                    .as("seed " + seed)
                    .isEmpty();
        }
        List<ProposedCheck> proposed =
                Recorder.proposals(LAB, List.of(Source.of("recorded.pkt", script)), 8);
        assertThat(proposed).extracting(ProposedCheck::id).contains("calls", "no-reset");
    }

    @Test
    void stretchesOfTimeArePointsInTime() {
        assertThat(
                        recorded(
                                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                                "run until 1.5s",
                                "client: sendto(3, ..., 50, 0, server:9)"))
                .contains("\n1.5 client: sendto(3, ..., 50, 0, server:9) = 50\n");
    }

    @Test
    void faultsAreStepsAndAProgramCannotBe() {
        String script =
                recorded(
                        "client: socket(AF_INET, SOCK_DGRAM, 0)",
                        "drop client",
                        "link client loss 10%",
                        "client: sendto(3, ..., 50, 0, server:9)");
        assertThat(script).contains("\ndrop(client)\n", "\nlink(client, \"loss 10%\")\n");
        ScriptRunner.run(LabRun.start(LAB, 1), Source.of("recorded.pkt", script));
        assertThatThrownBy(() ->
                        recorded(
                                "client: socket(AF_INET, SOCK_STREAM, 0)",
                                "client: connect(3, 10.9.9.9:80)",
                                "interrupt client"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("a script has no 'interrupt client'");
    }

    /** Its line gives what came of it in the end, and not that it gave way to a handler. */
    @Test
    void aCallThatWasMadeAgainHasItsLastResult() {
        String script =
                recorded(
                        "server: sigaction(SIGALRM, {sa_handler=handler, sa_flags=SA_RESTART})",
                        "server: socket(AF_INET, SOCK_DGRAM, 0)",
                        "server: bind(3, *:" + port() + ")",
                        "server: alarm(1)",
                        "server: recv(3, ..., 5, 0)",
                        "run",
                        "client: socket(AF_INET, SOCK_DGRAM, 0)",
                        "client: sendto(3, ..., 5, 0, server:" + port() + ")",
                        "run");
        assertThat(script).contains("recv(3, ..., 5, 0) = 5").doesNotContain("ERESTARTSYS");
    }
}
