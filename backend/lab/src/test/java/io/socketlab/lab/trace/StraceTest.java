package io.socketlab.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.ProcessExited;
import io.socketlab.kernel.trace.TraceEvent.SignalDelivered;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls of a run as strace(1) writes them. */
class StraceTest {

    private int seq;

    private Stamp at(long millis, String host) {
        return new Stamp(++seq, millis * 1_000_000, host, 0, null, null);
    }

    private TraceEvent entered(long millis, String host, int task, int call, String text) {
        String name = text.substring(0, text.indexOf('('));
        return new CallEntered(at(millis, host), task, call, name, 3, text, null, null);
    }

    private TraceEvent returned(long millis, String host, int task, int call, String text) {
        String name = text.substring(0, text.indexOf('('));
        return new CallReturned(at(millis, host), task, call, name, 3, 0, null, text, null, 0, 0);
    }

    @Test
    void aCallIsALineWithWhenItBeganAndHowLongItTook() {
        List<TraceEvent> events =
                List.of(
                        entered(5, "client", 1, 1, "connect(3, 10.0.0.2:80)"),
                        returned(25, "client", 1, 1, "connect(3, 10.0.0.2:80) = 0"));
        assertThat(Strace.text(events))
                .isEqualTo("# client\n0.005000 connect(3, 10.0.0.2:80) = 0 <0.020000>\n");
    }

    @Test
    void aCallThatAnotherTaskGetsInFrontOfIsUnfinishedAndResumed() {
        List<TraceEvent> events =
                List.of(
                        entered(1, "server", 1, 1, "recv(4, 100, 0)"),
                        entered(2, "server", 2, 2, "close(5)"),
                        returned(2, "server", 2, 2, "close(5) = 0"),
                        returned(9, "server", 1, 1, "recv(4, \"hello\", 100, 0) = 5"));
        assertThat(Strace.text(events))
                .isEqualTo(
                        """
                        # server
                        [pid 1] 0.001000 recv(4, 100, 0 <unfinished ...>
                        [pid 2] 0.002000 close(5) = 0 <0.000000>
                        [pid 1] 0.009000 <... recv resumed>"hello", 100, 0) = 5 <0.008000>
                        """);
    }

    @Test
    void eachHostIsTracedByItself() {
        List<TraceEvent> events =
                List.of(
                        entered(1, "server", 1, 1, "accept(3)"),
                        entered(2, "client", 1, 2, "close(5)"),
                        returned(2, "client", 1, 2, "close(5) = 0"));
        assertThat(Strace.text(events))
                .isEqualTo(
                        """
                        # server
                        0.001000 accept(3 <unfinished ...>

                        # client
                        0.002000 close(5) = 0 <0.000000>
                        """);
    }

    @Test
    void signalsAndEndsHaveTheirLines() {
        List<TraceEvent> events =
                List.of(
                        new SignalDelivered(at(3, "client"), 1, "SIGPIPE", "terminate", 0),
                        new ProcessExited(at(3, "client"), 1, 1, 0, "SIGPIPE"));
        assertThat(Strace.text(events))
                .isEqualTo(
                        """
                        # client
                        0.003000 --- SIGPIPE {si_signo=SIGPIPE} ---
                        0.003000 +++ killed by SIGPIPE +++
                        """);
    }

    @Test
    void aCallThatGivesWayToAHandlerEndsBeforeItsSignalIsTold() {
        String gaveWay = "accept(3, ...) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)";
        List<TraceEvent> events =
                List.of(
                        entered(1, "server", 1, 1, "accept(3, ...)"),
                        new SignalDelivered(at(3, "server"), 1, "SIGCHLD", "handler", 1),
                        returned(3, "server", 1, 1, gaveWay),
                        entered(3, "server", 1, 2, "waitpid(-1, ..., WNOHANG)"),
                        returned(3, "server", 1, 2, "waitpid(-1, ..., WNOHANG) = 101"),
                        entered(3, "server", 1, 3, "sigreturn()"),
                        returned(3, "server", 1, 3, "sigreturn() = 0"),
                        entered(3, "server", 1, 4, "accept(3, ...)"));
        assertThat(Strace.text(events))
                .isEqualTo(
                        """
                        # server
                        0.001000 accept(3, ...) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.002000>
                        0.003000 --- SIGCHLD {si_signo=SIGCHLD} ---
                        0.003000 waitpid(-1, ..., WNOHANG) = 101 <0.000000>
                        0.003000 sigreturn() = 0 <0.000000>
                        0.003000 accept(3, ... <unfinished ...>
                        """);
    }

    @Test
    void aRunWithoutCallsHasNone() {
        assertThat(Strace.text(List.of())).isEmpty();
    }
}
