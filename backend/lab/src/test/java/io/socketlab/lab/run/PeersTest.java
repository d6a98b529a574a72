package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hosts that nobody drives do what the lab says, as part of the run. */
class PeersTest {

    private static final String PEERS =
            """
            peers: |
              client: socket(AF_INET, SOCK_DGRAM, 0)
              +20ms client: sendto(3, "{{port}}", server:{{port}})
              0.5 client: close(3)
              client.2: sleep(0.1)
            checks:
            """;

    private static Lab withPeers(String peers) {
        return TwoHosts.labWith(
                "student: {modes: [bench, script], hosts: [client, server]}\nchecks:\n",
                "student: {modes: [bench, script], hosts: [server]}\n" + peers);
    }

    private static List<String> calls(LabRun run) {
        return run.events().stream()
                .filter(CallReturned.class::isInstance)
                .map(TraceEvent::toString)
                .toList();
    }

    private static List<String> returns(LabRun run) {
        return run.events().stream()
                .filter(e -> e instanceof CallReturned)
                .map(e -> (CallReturned) e)
                .map(r ->
                        "%d %s %s"
                                .formatted(
                                        r.stamp().at() / 1_000_000,
                                        r.stamp().host(),
                                        r.text().replaceAll(":[0-9]+", ":port")))
                .toList();
    }

    @Test
    void theyUseTheirShellToo() {
        String peers =
                """
                peers: |
                  0.1 client: iptables -A INPUT -p udp -j DROP
                  client: socket(AF_INET, SOCK_DGRAM, 0)
                checks:
                """;
        LabRun run = LabRun.start(withPeers(peers), 7);
        run.input("run 1s");
        assertThat(run.events())
                .filteredOn(TraceEvent.CommandRun.class::isInstance)
                .extracting(e -> e.stamp().at() + " " + ((TraceEvent.CommandRun) e).command())
                .containsExactly("100000000 iptables -A INPUT -p udp -j DROP");
        assertThat(returns(run)).containsExactly("100 client socket(AF_INET, SOCK_DGRAM, 0) = 3");
    }

    @Test
    void eachTaskGoesOnByItselfInVirtualTime() {
        LabRun run = LabRun.start(withPeers(PEERS), 7);
        assertThat(calls(run)).isEmpty();
        run.input("run 1s");
        assertThat(returns(run))
                .containsExactly(
                        "0 client socket(AF_INET, SOCK_DGRAM, 0) = 3",
                        "20 client sendto(3, \"26680\", 5, 0, 10.0.0.2:port) = 5",
                        "100 client sleep(0.1) = 0",
                        "500 client close(3) = 0");
    }

    @Test
    void theyCanHavePrograms() {
        Lab lab =
                withPeers(
                        """
                        peers: |
                          0.1 client: {
                              $n = 3
                              while $n > 0 { sleep(0.01); close($n); $n -= 1 }
                              $s = socket(AF_INET, SOCK_DGRAM, 0)
                              if errno == EBADF { close($s) }
                          }
                          client: close(9)
                        checks:
                        """);
        LabRun run = LabRun.start(lab, 7);
        run.input("run 1s");
        assertThat(returns(run))
                .containsExactly(
                        "110 client sleep(0.01) = 0",
                        "110 client close(3) = -1 EBADF (Bad file descriptor)",
                        "120 client sleep(0.01) = 0",
                        "120 client close(2) = -1 EBADF (Bad file descriptor)",
                        "130 client sleep(0.01) = 0",
                        "130 client close(1) = -1 EBADF (Bad file descriptor)",
                        "130 client socket(AF_INET, SOCK_DGRAM, 0) = 3",
                        "130 client close(3) = 0",
                        "130 client close(9) = -1 EBADF (Bad file descriptor)");
    }

    @Test
    void theyAreNoInputsAndAReplayHasThemAgain() {
        Lab lab = withPeers(PEERS);
        LabRun run = LabRun.start(lab, 7);
        run.input("run 1s");
        assertThat(run.inputs()).containsExactly("run 1s");
        assertThat(LabRun.replay(lab, 7, run.inputs()).traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void whatCannotBeIsToldWithItsPlace() {
        assertRefused(
                "server: close(3)",
                "two-hosts/lab.yaml:15:3: expected a host that the student does not");
        assertRefused("quiet()", "two-hosts/lab.yaml:15:3: expected a call; peers do not wait");
        assertRefused(
                "client: close(3) = 0",
                "two-hosts/lab.yaml:15:22: expected a call without its result");
        assertRefused("client: { fork() }", "expected calls of one task");
        assertRefused("client: clos(3)", "did you mean 'close'");
    }

    private static void assertRefused(String line, String message) {
        Lab lab = withPeers("peers: |\n  " + line + "\nchecks:\n");
        assertThatThrownBy(() -> LabRun.start(lab, 1))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(message);
    }
}
