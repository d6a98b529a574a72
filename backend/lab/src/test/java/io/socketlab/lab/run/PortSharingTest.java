package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sockets that share a port get of it, by the kernel. setsockopt(2) of FreeBSD, socket(7). */
class PortSharingTest {

    private static final Lab FREEBSD = TwoHosts.labWith("server: {}}", "server: {profile: bsd}}");

    private LabRun run = LabRun.start(FREEBSD, 7);

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    /** Two sockets of the server, which share port 7000, and datagrams from eight of the client. */
    private int[] datagrams(String option) {
        var text = new StringBuilder();
        for (int fd = 3; fd < 5; fd++) {
            text.append("server: socket(AF_INET, SOCK_DGRAM, 0) = %d\n".formatted(fd));
            text.append("server: setsockopt(%d, SOL_SOCKET, %s, [1]) = 0\n".formatted(fd, option));
            text.append("server: bind(%d, *:7000) = 0\n".formatted(fd));
        }
        for (int i = 0; i < 8; i++) {
            text.append("client: socket(AF_INET, SOCK_DGRAM, 0) = %d\n".formatted(3 + i));
            text.append("client: sendto(%d, ..., 5, 0, server:7000) = 5\n".formatted(3 + i));
        }
        script(text + "quiet()\n");
        int[] had = new int[2];
        for (int fd = 3; fd < 5; fd++) {
            while (run.input("server: recv(" + fd + ", ..., 9, MSG_DONTWAIT)")
                    .text()
                    .orElse("")
                    .endsWith(" = 5")) {
                had[fd - 3]++;
            }
        }
        return had;
    }

    @Test
    void freeBsdSharesOutWhatComesForTheBalancedAlone() {
        assertThat(datagrams("SO_REUSEPORT_LB")).doesNotContain(0);
        run = LabRun.start(FREEBSD, 7);
        assertThat(datagrams("SO_REUSEPORT")).containsExactly(0, 8);
        run = LabRun.start(TwoHosts.lab(), 7);
        assertThat(datagrams("SO_REUSEPORT")).doesNotContain(0);
    }

    @ParameterizedTest
    @CsvSource({"SO_REUSEPORT_LB, true", "SO_REUSEPORT, false"})
    void freeBsdsListenersShareLikewise(String option, boolean shared) {
        var text = new StringBuilder();
        for (int fd = 3; fd < 5; fd++) {
            text.append("server: socket(AF_INET, SOCK_STREAM, 0) = %d\n".formatted(fd));
            text.append("server: setsockopt(%d, SOL_SOCKET, %s, [1]) = 0\n".formatted(fd, option));
            text.append("server: bind(%d, *:7000) = 0\n".formatted(fd));
            text.append("server: listen(%d, 20) = 0\n".formatted(fd));
        }
        for (int i = 0; i < 8; i++) {
            text.append("client: socket(AF_INET, SOCK_STREAM, 0) = %d\n".formatted(3 + i));
            text.append("client: connect(%d, server:7000) = 0\n".formatted(3 + i));
        }
        script(
                text
                        + "quiet()\nserver: poll([{fd=3, events=POLLIN}, {fd=4, events=POLLIN}], 2, 0) = "
                        + (shared ? 2 : 1));
    }

    @Test
    void aRefusalNamesFreeBsdsRuleAndTheHolder() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: socket(AF_INET, SOCK_DGRAM, 0) = 4
                server: bind(3, *:7000) = 0
                server: setsockopt(4, SOL_SOCKET, SO_REUSEADDR, [1]) = 0
                server: bind(4, *:7000) = -1 EADDRINUSE
                server: bind(4, server:7000) = 0
                """);
        CallReturned failure =
                run.events().stream()
                        .filter(e -> e instanceof CallReturned c && c.errno() != null)
                        .map(CallReturned.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(failure.stamp().rule()).isEqualTo(Rule.ADDRESS_IN_USE_FREEBSD);
        assertThat(failure.stamp().why()).isEqualTo("0.0.0.0:7000 is held by socket 1");
    }

    @Test
    void linuxHasNoSuchOption() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: setsockopt(3, SOL_SOCKET, SO_REUSEPORT_LB, [1]) = -1 ENOPROTOOPT
                client: getsockopt(3, SOL_SOCKET, SO_REUSEPORT_LB, ...) = -1 ENOPROTOOPT
                """);
    }
}
