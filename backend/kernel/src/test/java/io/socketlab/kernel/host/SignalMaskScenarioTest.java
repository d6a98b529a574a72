package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Waiting with another signal mask: ppoll(2), pselect(2), epoll_pwait(2), sigsuspend(2). A C
 * program that makes the same calls on Linux 6.18 has each of these results.
 */
class SignalMaskScenarioTest {

    private static final int PID = 100;
    private static final int CHILD = 101;
    private static final long NONE = 0;
    private static final long IO = 1L << Signal.SIGIO.number() - 1;
    private static final long ALARM = 1L << Signal.SIGALRM.number() - 1;

    private final TwoHosts net = new TwoHosts();
    private int epoll;

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    /** The program has handlers for SIGIO and SIGALRM, a pipe 3-4 that epoll watches, a child. */
    @BeforeEach
    void program() {
        for (Signal signal : List.of(Signal.SIGIO, Signal.SIGALRM)) {
            var handler = new SignalAction(SignalAction.Kind.HANDLER, SignalAction.SA_RESTART);
            server(new Syscall.SigAction(signal.number(), handler)).value();
        }
        server(new Syscall.Pipe(0)).value();
        epoll = server(new Syscall.EpollCreate1(0)).value();
        server(new Syscall.EpollCtl(epoll, Syscall.EpollCtl.EPOLL_CTL_ADD, 3, EventMask.IN, 3))
                .value();
        server(new Syscall.Fork()).value();
    }

    private void mask(int how, long set) {
        server(new Syscall.SigProcMask(how, set)).value();
    }

    private void isReady() {
        server(new Syscall.Write(4, new byte[1])).value();
    }

    private void sent(Signal signal) {
        net.call(net.server, CHILD, new Syscall.Kill(PID, signal.number())).value();
    }

    private int handled(Signal signal) {
        return net.server.processes().first().timesHandled(signal);
    }

    private Syscall<?> waiting(String name, int timeoutMs) {
        var entry = List.of(new Syscall.PollFd(3, EventMask.IN, 0));
        return switch (name) {
            case "ppoll" -> new Syscall.Ppoll(entry, timeoutMs * MS);
            case "pselect" ->
                    new Syscall.Select(4, List.of(3), List.of(), List.of(), timeoutMs * MS, true);
            case "epoll_pwait" -> new Syscall.EpollWait(epoll, 1, timeoutMs);
            case "epoll_pwait2" -> new Syscall.EpollPwait2(epoll, 1, timeoutMs * MS);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private TwoHosts.Answer<?> masked(String name, int timeoutMs, long mask) {
        return server(new Syscall.Masked<>(waiting(name, timeoutMs), mask));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppoll", "pselect", "epoll_pwait", "epoll_pwait2"})
    void aSignalThatHasComeBeforeEndsTheWaitThatLetsItThrough(String name) {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO);
        sent(Signal.SIGIO);
        TwoHosts.Answer<?> answer = masked(name, 50, NONE);
        assertThat(answer.text()).startsWith(name + "(").contains(", []) = -1 EINTR");
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
        sent(Signal.SIGIO);
        assertThat(handled(Signal.SIGIO)).as("the old mask is back").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppoll", "pselect", "epoll_pwait", "epoll_pwait2"})
    void whatIsReadyGoesFirstAndTheSignalStaysPending(String name) {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO);
        sent(Signal.SIGIO);
        isReady();
        assertThat(masked(name, 50, NONE).text()).endsWith(" = 1");
        assertThat(handled(Signal.SIGIO)).isZero();
        mask(Syscall.SigProcMask.SIG_UNBLOCK, IO);
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"ppoll, 1", "pselect, 1", "epoll_pwait, 0", "epoll_pwait2, 0"})
    void onlyPollAndSelectAreInterruptedWhereTheyDoNotWait(String name, int handled) {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO);
        sent(Signal.SIGIO);
        assertThat(masked(name, 0, NONE).text()).contains(handled == 1 ? "= -1 EINTR" : " = 0");
        assertThat(handled(Signal.SIGIO)).isEqualTo(handled);
    }

    @Test
    void aSignalThatIsBlockedForTheWaitComesWhenItIsOver() {
        TwoHosts.Answer<?> answer = masked("ppoll", 50, IO);
        net.runFor(20 * MS);
        sent(Signal.SIGIO);
        net.runFor(20 * MS);
        assertThat(answer.text()).isEqualTo("waiting");
        assertThat(handled(Signal.SIGIO)).isZero();
        net.runFor(20 * MS);
        assertThat(answer.text()).endsWith(" = 0");
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
    }

    @Test
    void allThatAreLetThroughAreHandledBeforeTheMaskIsPutBack() {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO | ALARM);
        sent(Signal.SIGIO);
        sent(Signal.SIGALRM);
        assertThat(masked("ppoll", 50, NONE).text()).contains("EINTR");
        assertThat(handled(Signal.SIGIO) + handled(Signal.SIGALRM)).isEqualTo(2);
    }

    @Test
    void aCallThatFailsLeavesTheMaskAndTheSignal() {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO);
        sent(Signal.SIGIO);
        assertThat(server(new Syscall.Masked<>(new Syscall.EpollWait(99, 1, 50), NONE)).text())
                .isEqualTo("epoll_pwait(99, ..., 1, 50, []) = -1 EBADF (Bad file descriptor)");
        assertThat(handled(Signal.SIGIO)).isZero();
    }

    @Test
    void sigsuspendWaitsForWhatItsMaskLetsThrough() {
        mask(Syscall.SigProcMask.SIG_BLOCK, IO);
        TwoHosts.Answer<?> answer = server(new Syscall.Masked<>(new Syscall.Pause(), ALARM));
        sent(Signal.SIGALRM);
        net.runFor(MS);
        assertThat(answer.text()).isEqualTo("waiting");
        sent(Signal.SIGIO);
        net.runFor(MS);
        assertThat(answer.text())
                .isEqualTo("sigsuspend([SIGALRM]) = -1 EINTR (Interrupted system call)");
        assertThat(handled(Signal.SIGALRM)).as("it comes with the old mask").isEqualTo(1);
    }

    /** The race for which pselect(2) was made, as its page and select_tut(2) tell it. */
    @Test
    void withoutTheExchangeASignalBetweenLookingAndWaitingIsSleptOver() {
        // if (!flag) select(…): the handler has set the flag after it was looked at
        sent(Signal.SIGIO);
        TwoHosts.Answer<?> select = server(waiting("pselect", 60_000));
        net.runFor(1000 * MS);
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
        assertThat(select.text()).isEqualTo("waiting");
    }
}
