package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.run.ScriptResult.Difference;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs in scripts: calls that what came before decides about. */
class ProgramScriptTest {

    /** Two clients that speak by turns, and hang up. */
    private static final String CLIENTS =
            """
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client.2: socket(AF_INET, SOCK_STREAM, 0) = 4
            client: connect(3, server:{{port}}) = 0
            client.2: connect(4, server:{{port}}) = 0
            client.2: send(4, "one") = 3
            client.2: recv(4, 100) = 3
            client: send(3, "two!") = 4
            client: recv(3, 100) = 4
            client: close(3) = 0
            client.2: send(4, "three") = 5
            client.2: recv(4, 100) = 5
            client.2: close(4) = 0
            """;

    private static final String SELECT_SERVER =
            """
            server: {
                $listener = socket(AF_INET, SOCK_STREAM, 0)
                bind($listener, *:{{port}}) = 0
                listen($listener, 8) = 0
                $open = [$listener]
                while len($open) > 1 || $done == 0 {
                    $ready = $open
                    $n = select(max($open) + 1, $ready, NULL, NULL, NULL)
                    for $fd in $ready {
                        if $fd == $listener {
                            $new = accept($listener)
                            $open += $new
                        } else {
                            $n = recv($fd, $data, 100, 0)
                            if $n > 0 {
                                send($fd, $data, $n, 0)
                            } else {
                                close($fd) = 0
                                $open -= $fd
                                $done = 1
                            }
                        }
                    }
                }
                close($listener) = 0
            }
            """
                    .replace("while", "$done = 0\n    while");

    private static final String POLL_SERVER =
            """
            server: {
                $listener = socket(AF_INET, SOCK_STREAM, 0)
                bind($listener, *:{{port}}); listen($listener, 8)
                $fds = [{fd=$listener, events=POLLIN}]
                $gone = 0
                while $gone < 2 {
                    poll($fds, len($fds), -1)
                    for $entry in $fds {
                        if $entry.revents & POLLIN == 0 { continue }
                        if $entry.fd == $listener {
                            $new = accept($listener)
                            $fds += {fd=$new, events=POLLIN}
                        } else {
                            $n = recv($entry.fd, $data, 100, 0)
                            if $n == 0 {
                                close($entry.fd)
                                $fds -= $entry
                                $gone += 1
                            } else { send($entry.fd, $data, $n, 0) }
                        }
                    }
                }
            }
            """;

    private static final String EDGE_SERVER =
            """
            server: {
                $listener = socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, 0)
                bind($listener, *:{{port}})
                listen($listener, 8)
                $ep = epoll_create1(0)
                epoll_ctl($ep, EPOLL_CTL_ADD, $listener, {events=EPOLLIN|EPOLLET, fd=$listener}) = 0
                $gone = 0
                while $gone < 2 {
                    epoll_wait($ep, $events, 10, -1)
                    for $event in $events {
                        $fd = $event.fd
                        while 1 {
                            if $fd == $listener {
                                $new = accept4($listener, SOCK_NONBLOCK)
                                if $new < 0 && errno == EAGAIN { break }
                                epoll_ctl($ep, EPOLL_CTL_ADD, $new, {events=EPOLLIN|EPOLLET, fd=$new})
                            } else {
                                $n = recv($fd, $data, 2, 0)
                                if $n > 0 { send($fd, $data, $n, 0) }
                                else if $n == 0 { close($fd); $gone += 1; break }
                                else { break }
                            }
                        }
                    }
                }
            }
            """;

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    @Test
    void aSelectLoopServesTwoClients() {
        ScriptResult result = script(SELECT_SERVER + CLIENTS);

        assertThat(result.differences()).isEmpty();
        assertThat(calls("server"))
                .contains("select(4, [3], [], [], NULL) = 1", "recv(4, \"two!\", 100, 0) = 4")
                .contains("close(3) = 0");
    }

    @Test
    void aPollLoopDoes() {
        ScriptResult result = script(POLL_SERVER + CLIENTS);

        assertThat(result.differences()).isEmpty();
        assertThat(calls("server")).filteredOn(c -> c.startsWith("poll(")).hasSize(5);
    }

    @Test
    void anEdgeTriggeredLoopReadsUntilNothingIsLeft() {
        ScriptResult result =
                script(
                        EDGE_SERVER
                                + CLIENTS.replaceAll("recv\\((\\d), 100\\) = \\d", "sleep(0.1)"));

        assertThat(result.differences()).isEmpty();
        assertThat(calls("server"))
                .contains("recv(5, \"o!\", 2, 0) = 2", "recv(5, ..., 2, 0) = -1 EAGAIN");
    }

    @Test
    void itIsTheLinesThatItPutsIn() {
        script(SELECT_SERVER + CLIENTS);

        assertThat(run.inputs()).contains("server: send(5, \"one\", 3, 0)");
        assertThat(LabRun.replay(TwoHosts.lab(), 7, run.inputs()).traceHash())
                .isEqualTo(run.traceHash());
    }

    @Test
    void linesOfItsTaskComeAfterIt() {
        script(
                """
                server: {
                    $n = 0
                    while $n < 3 { close(9); $n += 1 }
                }
                client: close(8)
                server: close(7)
                """);

        assertThat(calls("server"))
                .containsExactly(
                        "close(9) = -1 EBADF",
                        "close(9) = -1 EBADF",
                        "close(9) = -1 EBADF",
                        "close(7) = -1 EBADF");
    }

    @Test
    void aChildGoesOnWhereItsParentDoes() {
        ScriptResult result =
                script(
                        """
                        server: {
                            $x = 5
                            $pid = fork()
                            if $pid == 0 { $x += 1; close($x) } else { wait([0]) = $pid; close($x) }
                        }
                        """
                                .replace(" = $pid;", ";"));

        assertThat(result.differences()).isEmpty();
        assertThat(calls("server"))
                .containsExactly(
                        "fork() = 101",
                        "close(6) = -1 EBADF",
                        "waitpid(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0) = 101",
                        "close(5) = -1 EBADF");
    }

    @Test
    void aThreadRunsItsBlock() {
        script(
                """
                server: {
                    $n = 6
                    pthread_create() { sleep(1); close($n) }
                    $n = 7
                    close($n)
                    sleep(2)
                }
                """);

        assertThat(calls("server"))
                .containsExactly(
                        "pthread_create() = 101",
                        "close(7) = -1 EBADF",
                        "sleep(1) = 0",
                        "close(6) = -1 EBADF",
                        "sleep(2) = 0");
    }

    @Test
    void listsAndTextsCanBeCut() {
        script(
                """
                server: {
                    $fds = [3, 4, 5] ; $fds -= 4
                    close($fds[1])
                    $text = "hello" + " world"
                    write(9, $text[3:7])
                    close($text[0] * (2 + 1) - 1)
                    if 5 in $fds && !(4 in $fds) { close(len($text)) }
                }
                """);

        assertThat(calls("server"))
                .containsExactly(
                        "close(5) = -1 EBADF",
                        "write(9, \"lo w\", 4) = -1 EBADF",
                        "close(311) = -1 EBADF",
                        "close(11) = -1 EBADF");
    }

    @Test
    void aProgramThatCannotGoOnStopsAndSaysWhy() {
        assertThat(differences("server: {\n  $a = [3]\n  close($a)\n}"))
                .containsExactly(
                        stopped(
                                3,
                                9,
                                "expected a descriptor, the number of a socket, found '[3]'"));
        assertThat(differences("server: {\n  if 0 { $a = 1 }\n  close($a)\n}"))
                .containsExactly(stopped(3, 9, "expected $a to have been given a value"));
        assertThat(differences("server: {\n  $n = 0\n  while 1 { $n += 1 }\n}"))
                .containsExactly(
                        stopped(3, 3, "expected a call within 100000 steps; it goes in circles"));
        assertThat(differences("server: {\n  close(1 / (2 - 2))\n}"))
                .containsExactly(stopped(2, 16, "expected something else than 0 to divide by"));
        assertThat(differences("server: {\n  close([1][1])\n}"))
                .containsExactly(
                        stopped(2, 13, "expected an index below 1, how many there are, found 1"));
    }

    @Test
    void whatAProgramExpectsIsCompared() {
        assertThat(differences("server: {\n  $n = 1\n\n  close(3) = 0\n}"))
                .containsExactly(new Difference(4, "server: close(3)", "0", "-1 EBADF"));
    }

    @Test
    void whatCannotBeUnderstoodRunsNotAtAll() {
        assertRefused(
                "server: {\n  close($lisner)\n  $listener = 3\n}", "2:9: expected a variable");
        assertRefused(
                "server: {\n  close($lisner)\n  $listener = 3\n}", "did you mean '$listener'?");
        assertRefused("server: {\n  $n = acept(3)\n}", "2:8: expected a call, found 'acept'; did");
        assertRefused("server: {\n  while 1 {\n  close(3)\n}", "expected '}' for the '{' at 1:9");
        assertRefused("server: {\n  break\n}", "2:3: expected a loop around break");
        assertRefused("server: {\n  while 1 { }\n}", "expected something to do in the loop");
        assertRefused("server: {\n  if close(3) { }\n}", "each call on a line of its own");
        assertRefused("server: { $n = POLIN }", "did you mean 'POLLIN'?");
        assertRefused("server: { $n = 1 \n close(n) }", "expected a constant, or a variable");
        assertRefused("server: accept(3) = $fd", "variables are for programs");
        assertRefused("sever: { close(3) }", "did you mean 'server'?");
        assertRefused("server: " + "{ if 1 ".repeat(1000), "at most 30 blocks in blocks");
        assertRefused("server: { $n = " + "(".repeat(100_000), "at most 50 brackets in brackets");
        assertRefused("server: { $n = " + "!".repeat(100_000) + "1 }", "at most 50 brackets");
        assertThat(run.inputs()).isEmpty();
    }

    private void assertRefused(String script, String message) {
        assertThatThrownBy(() -> script(script))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(message);
    }

    private static List<Difference> differences(String script) {
        LabRun run = LabRun.start(TwoHosts.lab(), 7);
        return ScriptRunner.run(run, Source.of("t.pkt", script)).differences();
    }

    private static Difference stopped(int line, int column, String problem) {
        return new Difference(
                line, "server: { … }", "to go on", "stopped at column " + column + ": " + problem);
    }

    private ScriptResult script(String text) {
        return ScriptRunner.run(run, Source.of("t.pkt", text));
    }

    private List<String> calls(String host) {
        return run.events().stream()
                .filter(e -> e instanceof CallReturned && e.stamp().host().equals(host))
                .map(e -> ((CallReturned) e).text().replaceFirst(" \\(.*\\)$", ""))
                .toList();
    }
}
