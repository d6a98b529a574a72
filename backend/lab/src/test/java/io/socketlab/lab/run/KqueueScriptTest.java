package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.run.ScriptResult.Difference;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;

/** kqueue(2) as a script writes it, on hosts of the profile bsd. */
class KqueueScriptTest {

    private static final String SERVER =
            """
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:53) = 0
            server: kqueue() = 4
            server: kevent(4, [{ident=3, filter=EVFILT_READ, flags=EV_ADD, udata=7}], 0, 0) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            client: sendto(3, "hello", server:53) = 5
            """;

    private static ScriptResult run(String profile, String script) {
        LabRun run = LabRun.start(TwoHosts.labWith("profile: linux", "profile: " + profile), 7);
        return ScriptRunner.run(run, Source.of("t", script));
    }

    @Test
    void anEventIsComparedWithWhatTheScriptSays() {
        ScriptResult result =
                run(
                        "bsd",
                        SERVER
                                + """
                                server: kevent(4, NULL, 0, {ident=3, data=5, udata=7}, 9, NULL) = 1
                                server: kevent(4, NULL, 0, {ident=3, data=6}, 9, NULL) = 1
                                """);
        assertThat(result.differences())
                .containsExactly(
                        new Difference(
                                8,
                                "server: kevent(4, NULL, 0, {ident=3, data=6}, 9, NULL)",
                                "{ident=3, filter=0, flags=0, fflags=0, data=6, udata=0}",
                                "{ident=3, filter=EVFILT_READ, flags=0, fflags=0, data=5,"
                                        + " udata=7}"));
    }

    @Test
    void linuxHasNone() {
        assertThat(run("linux", "server: kqueue() = -1 ENOSYS").asExpected()).isTrue();
        assertThat(run("bsd", "server: epoll_create1(0) = -1 ENOSYS").asExpected()).isTrue();
    }
}
