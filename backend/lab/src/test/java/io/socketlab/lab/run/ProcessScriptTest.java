package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Processes, threads and signals as scripts and the console write them. */
class ProcessScriptTest {

    private static final List<String> CONNECTED =
            List.of(
                    "server: socket(AF_INET, SOCK_STREAM, 0)",
                    "server: bind(3, *:80)",
                    "server: listen(3, 5)",
                    "client: socket(AF_INET, SOCK_STREAM, 0)",
                    "client: connect(3, server:80)",
                    "run",
                    "server: accept(3)");

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String input(String line) {
        return run.input(line).text().orElse("");
    }

    private static ScriptResult script(LabRun run, String text) {
        return ScriptRunner.run(run, Source.of("test.pkt", text));
    }

    @Test
    void aForkingServerThatForgetsToClose() {
        ScriptResult result =
                script(
                        run,
                        """
                        server: socket(AF_INET, SOCK_STREAM, 0) = 3
                        server: bind(3, *:80) = 0
                        server: listen(3, 5) = 0
                        client: socket(AF_INET, SOCK_STREAM, 0) = 3
                        client: connect(3, server:80) = 0
                        server: accept(3) = 4
                        server: fork() = 101
                        server.101: close(3) = 0
                        server.101: send(4, "bye") = 3
                        server.101: close(4) = 0
                        server.101: exit(0)
                        server: wait([0]) = 101
                        client: recv(3, 100) = 3
                        client.2: recv(3, 100) = 0
                        quiet()
                        +1 server: close(4) = 0
                        """);
        assertThat(result.differences()).isEmpty();
        // the FIN came with the server's close(), a second after the child's
        assertThat(run.events())
                .filteredOn(e -> e instanceof CallReturned c && c.task() == 2)
                .singleElement()
                .matches(e -> e.stamp().at() > 1_000_000_000L);
    }

    @Test
    void aLineForATaskThatIsNotThereYetWaitsForIt() {
        ScriptResult result =
                script(
                        run,
                        """
                        server.101: getppid() = 100
                        +0.1 server: fork() = 101
                        server.102: getpid() = 102
                        """);
        assertThat(result.differences())
                .extracting(ScriptResult.Difference::line, ScriptResult.Difference::actual)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                3, "never made: there is no such task"));
    }

    @Test
    void theConsoleSaysHowAProgramEnded() {
        CONNECTED.forEach(run::input);
        input("server: shutdown(4, SHUT_WR)");

        assertThat(input("server: send(4, \"x\")"))
                .isEqualTo(
                        "send(4, \"x\", 1, 0) = -1 EPIPE (Broken pipe)\n+++ killed by SIGPIPE +++");
        assertThatThrownBy(() -> run.input("server: listen(3, 5)"))
                .isInstanceOf(ScriptException.class)
                .hasMessage(
                        "console:1:1: expected a task that still runs; server has ended: +++ killed by SIGPIPE"
                                + " +++ (start server starts its program again)");
        assertThat(input("start server")).isEqualTo("server runs as process 101");
        assertThat(input("server: socket(AF_INET, SOCK_STREAM, 0)")).endsWith(" = 3");
        assertThat(input("server: exit(3)")).isEqualTo("exit(3) = ?\n+++ exited with 3 +++");
    }

    @Test
    void tasksAreListedAsTheyComeAndGo() {
        input("server: fork()");
        assertThat(input("server.101: pause()")).isEqualTo("pause() … waiting: a signal");
        assertThat(run.tasks())
                .containsExactly(
                        new TaskSummary("server", 1, Optional.empty(), Optional.empty()),
                        new TaskSummary(
                                "server", 101, Optional.of("pause()"), Optional.of("a signal")));
        input("server: kill(101, SIGTERM)");
        run.input("run");
        assertThat(run.tasks()).extracting(TaskSummary::name).containsExactly("server");
        assertThat(input("server: waitpid(101)"))
                .isEqualTo("waitpid(101, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGTERM}], 0) = 101");
    }

    @Test
    void whatIsNotThereIsRefused() {
        refused("server.105: getpid()", "fork() or pthread_create() has not made server.105 yet");
        refused("server.50: getpid()", "or the number that fork() returned, found 50");
        refused("start server", "expected a host whose program has ended, found server");
        refused("start sever", "found 'sever'; did you mean 'server'?");
        refused("start", "expected the host whose program to start again: start server");
        refused("server: kill(100, SIGFOO)", "expected a signal such as SIGHUP, found 'SIGFOO'");
        refused("server: signal(SIGPIPE, ignore)", "expected handler, SIG_IGN or SIG_DFL");
        refused("server: sigaction(SIGALRM, handler)", "expected an action");
        refused("server: setrlimit(RLIMIT_NOFILE, 16)", "expected limits");
        refused("server: fcntl(3, F_SETOWN)", "expected a process after F_SETOWN");
        refused("server: exit()", "expected 1 argument, found 0");
    }

    private void refused(String line, String problem) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void everyCallOfThemCanBeWritten() {
        List.of(
                        "server: signal(SIGPIPE, SIG_IGN)",
                        "server: sigaction(SIGALRM, {sa_handler=handler, sa_flags=SA_RESTART}, NULL)",
                        "server: sigaction(SIGALRM, {sa_handler=handler, sa_mask=[SIGPIPE], sa_flags=0})",
                        "server: sigprocmask(SIG_BLOCK, [SIGALRM, SIGIO], NULL)",
                        "server: alarm(5)",
                        "server: getrlimit(RLIMIT_NOFILE, {rlim_cur=1024, rlim_max=524288})",
                        "server: setrlimit(RLIMIT_NOFILE, {rlim_cur=16, rlim_max=32})",
                        "server: socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, 0)",
                        "server: fcntl(3, F_GETFD)",
                        "server: fcntl(3, F_SETFD, 0)",
                        "server: fcntl(3, F_SETOWN, 100)",
                        "server: fcntl(3, F_SETSIG, SIGUSR1)",
                        "server: fcntl(3, F_SETFL, O_RDWR|O_ASYNC)",
                        "server: fcntl(3, F_DUPFD_CLOEXEC, 7)",
                        "server: dup3(3, 9, O_CLOEXEC)",
                        "server: pthread_create()",
                        "server.101: pthread_exit(NULL)",
                        "server: kill(100, 0)",
                        "server: waitpid(-1, ..., WNOHANG)")
                .forEach(run::input);
        assertThat(run.board().returns()).isEqualTo(18); // pthread_exit() does not return
        assertThat(input("server: fcntl(3, F_GETOWN)")).endsWith(" = 100");
        assertThat(input("server: fcntl(9, F_GETFD)")).endsWith(" = 1");
    }

    @Test
    void aRunWithProcessesIsReplayedFromItsInputs() {
        CONNECTED.forEach(run::input);
        List.of(
                        "server: fork()",
                        "server.101: signal(SIGPIPE, SIG_IGN)",
                        "server: close(4)",
                        "server.101: recv(4, 100)",
                        "client: send(3, \"x\")",
                        "run",
                        "server: exit(0)",
                        "start server",
                        "server: socket(AF_INET, SOCK_DGRAM, 0)")
                .forEach(run::input);
        LabRun again = LabRun.replay(TwoHosts.lab(), 7, run.inputs());
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
    }
}
