package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Textbook programs on the simulated kernel. */
class ProgramsTest {

    private final ProgramNetwork net = new ProgramNetwork();

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void anEchoServerAnswersAClient() {
        Task server = net.start("server", "echo_server", "7777", "1");
        Task client = net.start("client", "echo_client", "10.0.0.2", "7777", "hello, world");
        net.run(10);
        assertThat(net.output("client", client)).contains("12 octets came back: hello, world");
        assertThat(net.output("server", server))
                .isEqualTo("listening on port 7777\n10.0.0.1 has come\n10.0.0.1 has gone\n");
        assertThat(calls("accept")).containsExactly("echo_server.c:53");
        assertThat(net.deaths).isEmpty();
    }

    /** A handler with SA_RESTART runs while the call waits, which is then made again. */
    @Test
    void aCallThatGivesWayToAHandlerIsMadeAgainOnItsLine() {
        net.start("server", "tcpserv_sigchld", "restart", "7777", "2");
        net.start("client", "visitor", "10.0.0.2", "7777", "2");
        net.run(10);
        assertThat(net.deaths).isEmpty();
        assertThat(calls("accept")).hasSize(1);
        List<String> afterTheFirstChild =
                net.events.stream()
                        .dropWhile(e -> !(e instanceof TraceEvent.SignalDelivered))
                        .filter(e -> e.stamp().host().equals("server"))
                        .map(ProgramsTest::call)
                        .filter(text -> !text.isEmpty() && !text.contains("write"))
                        .limit(8)
                        .toList();
        assertThat(afterTheFirstChild)
                .containsExactly(
                        "accept gave way",
                        "waitpid",
                        "waitpid returned",
                        "waitpid",
                        "waitpid returned",
                        "sigreturn",
                        "sigreturn returned",
                        "accept");
    }

    private static String call(TraceEvent event) {
        return switch (event) {
            case TraceEvent.CallEntered e -> e.name();
            case TraceEvent.CallReturned e when e.isMadeAgain() -> e.name() + " gave way";
            case TraceEvent.CallReturned e -> e.name() + " returned";
            default -> "";
        };
    }

    /** What it has run counts when it gives back its turn, and not when its slice is over. */
    @Test
    void whatHasBeenRunIsKnownWhileAProgramWaits() {
        net.start("server", "echo_server", "7777", "1");
        net.run(1);
        long waiting = net.programs.instructions();
        assertThat(waiting).isPositive();
        net.start("client", "echo_client", "10.0.0.2", "7777", "hello");
        List<Turns<Answer, Request>> threads = net.programs.waiting();
        net.run(10);
        long over = net.programs.instructions();
        assertThat(over).isGreaterThan(waiting);
        threads.forEach(ProgramsTest::join);
        assertThat(net.programs.instructions()).isEqualTo(over);
    }

    private static void join(Turns<Answer, Request> turns) {
        try {
            assertThat(turns.hasEnded(Duration.ofSeconds(30))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where calls of that name were made. */
    private List<String> calls(String name) {
        return net.events.stream()
                .filter(TraceEvent.CallEntered.class::isInstance)
                .map(TraceEvent.CallEntered.class::cast)
                .filter(call -> call.name().equals(name))
                .map(call -> String.valueOf(call.place()))
                .distinct()
                .toList();
    }
}
