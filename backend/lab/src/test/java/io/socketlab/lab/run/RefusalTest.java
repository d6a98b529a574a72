package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls that fail say by which rule, and who stands in the way. The errors are those of bind(2),
 * listen(2), connect(2), and of Linux 6.18 for the same calls.
 */
class RefusalTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private Stamp lastFailure() {
        return run.events().stream()
                .filter(e -> e instanceof CallReturned r && r.errno() != null)
                .reduce((_, last) -> last)
                .orElseThrow()
                .stamp();
    }

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    @Test
    void aConnectionInTimeWaitHoldsItsPort() {
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080) = 0
                server: listen(3, 5) = 0
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:8080) = 0
                server: accept(3) = 4
                server: close(4) = 0
                client: recv(3, 100) = 0
                client: close(3) = 0
                server: close(3) = 0
                +17 server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080) = -1 EADDRINUSE
                """);
        assertThat(lastFailure().rule()).isEqualTo(Rule.ADDRESS_IN_USE);
        assertThat(lastFailure().why())
                .matches("10\\.0\\.0\\.2:8080 is held by socket 2 in TIME_WAIT, for 4[34] s more");
    }

    @Test
    void aListenerHoldsIts() {
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1) = 0
                server: bind(3, *:8080) = 0
                server: listen(3, 5) = 0
                server: socket(AF_INET, SOCK_STREAM, 0) = 4
                server: setsockopt(4, SOL_SOCKET, SO_REUSEADDR, 1) = 0
                server: bind(4, server:8080) = -1 EADDRINUSE
                """);
        assertThat(lastFailure().why()).isEqualTo("0.0.0.0:8080 is held by socket 1 in LISTEN");
    }

    @Test
    void aSocketThatIsOnlyBoundHoldsIts() {
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080) = 0
                server: socket(AF_INET, SOCK_STREAM, 0) = 4
                server: bind(4, *:8080) = -1 EADDRINUSE
                """);
        assertThat(lastFailure().why())
                .isEqualTo("0.0.0.0:8080 is held by a socket that is bound to it");
    }

    @Test
    void ofDatagramSocketsTheHolderIsNamed() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:53) = 0
                server: socket(AF_INET, SOCK_DGRAM, 0) = 4
                server: bind(4, server:53) = -1 EADDRINUSE
                """);
        assertThat(lastFailure().why()).isEqualTo("0.0.0.0:53 is held by socket 1");
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource({
        "SOCK_STREAM, 'bind(3, server:80)', EADDRNOTAVAIL, ADDRESS_NOT_OURS",
        "SOCK_STREAM, 'connect(3, server:80)', ECONNREFUSED, REFUSED",
        "SOCK_STREAM, 'connect(3, 10.9.9.9:80)', ENETUNREACH, NO_WAY",
        "SOCK_DGRAM, 'sendto(3, \"x\", 1, 0, 10.9.9.9:80)', ENETUNREACH, NO_WAY",
    })
    void callsThatFailNameTheirRule(String type, String call, String errno, Rule rule) {
        script(
                """
                client: socket(AF_INET, %s, 0) = 3
                client: %s = -1 %s
                """
                        .formatted(type, call, errno));
        assertThat(lastFailure().rule()).isEqualTo(rule);
        assertThat(lastFailure().why()).isNull();
    }

    @Test
    void aSecondConnectIsOneTooMany() {
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080) = 0
                server: listen(3, 5) = 0
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:8080) = 0
                client: connect(3, server:8080) = -1 EISCONN
                """);
        assertThat(lastFailure().rule()).isEqualTo(Rule.CONNECTED_ALREADY);
    }

    @Test
    void whatACallOnAConnectedDatagramSocketGetsIsOfTheOneBefore() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: connect(3, server:99) = 0
                client: send(3, "x") = 1
                +1 client: recv(3, 100) = -1 ECONNREFUSED
                """);
        assertThat(lastFailure().rule()).isEqualTo(Rule.UDP_CONNECTED_ERROR);
    }
}
