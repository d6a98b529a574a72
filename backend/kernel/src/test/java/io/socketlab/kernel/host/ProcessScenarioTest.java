package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Processes and threads that share open files. fork(2), close(2), wait(2), exit(3), accept(2); each
 * was seen on Linux 6.18 with a C program that makes the same calls.
 */
class ProcessScenarioTest {

    private static final int CHILD = 101;

    private final TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private <R> TwoHosts.Answer<R> server(int task, Syscall<R> call) {
        return net.call(net.server, task, call);
    }

    private TwoHosts.Answer<Integer> clientConnects() {
        return net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
    }

    private void clientSends(int fd, String text) {
        net.call(net.client, new Syscall.Send(fd, octets(text), 0, Optional.empty())).value();
        net.runFor(100 * MS);
    }

    private static Syscall.Recv recv(int fd) {
        return new Syscall.Recv(fd, 100, 0, false);
    }

    /** The server listens on 3 and has a connection on 4; the client's is its 3. */
    @BeforeEach
    void connected() {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, 5)).value();
        clientConnects();
        net.runFor(100 * MS);
        server(new Syscall.Accept(3, 0)).value();
    }

    @Test
    void forkGivesTheChildTheSameOpenFiles() {
        assertThat(server(new Syscall.Fork()).value()).isEqualTo(CHILD);
        clientSends(3, "to either");

        assertThat(server(CHILD, recv(4)).value().data()).isEqualTo(octets("to either"));
        server(CHILD, new Syscall.Fcntl(4, Optional.of(Syscall.Fcntl.O_NONBLOCK))).value();
        assertThat(server(new Syscall.Fcntl(4, Optional.empty())).value())
                .isEqualTo(Syscall.Fcntl.O_RDWR | Syscall.Fcntl.O_NONBLOCK);
    }

    @Test
    void numbersAndCloseOnExecAreEachProcesssOwn() {
        server(new Syscall.Fork()).value();
        var setFd = Syscall.FcntlNumber.F_SETFD;
        server(CHILD, new Syscall.FcntlNumber(4, setFd, 1)).value();
        assertThat(server(new Syscall.FcntlNumber(4, Syscall.FcntlNumber.F_GETFD, 0)).value())
                .isZero();
        assertThat(server(CHILD, new Syscall.Dup(4)).value()).isEqualTo(5);
        assertThat(server(new Syscall.Dup(5)).errno()).contains(Errno.EBADF);
        assertThat(server(CHILD, new Syscall.GetPid()).value()).isEqualTo(CHILD);
        assertThat(server(CHILD, new Syscall.GetPpid()).value()).isEqualTo(100);
    }

    @Test
    void noFinIsSentUntilBothHaveClosed() {
        server(new Syscall.Fork()).value();
        server(new Syscall.Close(4)).value();
        var end = net.call(net.client, recv(3));
        net.runFor(100 * MS);
        assertThat(end.text()).isEqualTo("waiting");

        server(CHILD, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(end.value().result()).isZero();
    }

    @Test
    void exitClosesWhatTheProcessHasOpen() {
        server(new Syscall.Fork()).value();
        server(new Syscall.Close(4)).value();
        var end = net.call(net.client, recv(3));
        var exit = server(CHILD, new Syscall.Exit(3));
        net.runFor(100 * MS);

        assertThat(exit.text()).isEqualTo("waiting"); // it does not return
        assertThat(end.value().result()).isZero();
        assertThat(server(new Syscall.WaitPid(-1, 0)).value())
                .isEqualTo(new Syscall.Waited(CHILD, 3 << 8));
        assertThat(server(new Syscall.WaitPid(-1, 0)).errno()).contains(Errno.ECHILD);
        assertThatThrownBy(() -> server(CHILD, new Syscall.GetPid()))
                .hasMessageContaining("task 101 has ended");
    }

    @Test
    void theLastProcessWithUnreadDataResets() {
        clientSends(3, "unread");
        server(new Syscall.Fork()).value();
        server(new Syscall.Close(4)).value();
        server(CHILD, new Syscall.Exit(0));
        net.runFor(100 * MS);
        assertThat(net.call(net.client, recv(3)).errno()).contains(Errno.ECONNRESET);
    }

    @Test
    void waitWaitsForAChildAndAZombieTakesSignals() {
        server(new Syscall.Fork()).value();
        int noHang = Syscall.WaitPid.WNOHANG;
        assertThat(server(new Syscall.WaitPid(CHILD, noHang)).value().pid()).isZero();
        var waiting = server(new Syscall.WaitPid(-1, 0));
        assertThat(waiting.text()).isEqualTo("waiting");
        server(CHILD, new Syscall.Exit(2));
        net.runFor(1);
        assertThat(waiting.text())
                .isEqualTo("waitpid(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 2}], 0) = 101");

        server(new Syscall.Fork()).value();
        server(102, new Syscall.Exit(0));
        assertThat(server(new Syscall.Kill(102, 0)).value()).isZero();
        assertThat(server(new Syscall.WaitPid(102, 0)).value().pid()).isEqualTo(102);
        assertThat(server(new Syscall.Kill(102, 0)).errno()).contains(Errno.ESRCH);
        assertThat(server(new Syscall.WaitPid(-1, 0x100)).errno()).contains(Errno.EINVAL);
    }

    /** wait(2): whoever ignores SIGCHLD has no zombies, and waits for nobody in particular. */
    @Test
    void whoIgnoresSigchldIsToldOfNoChild() {
        net.server.processes().first().action(Signal.SIGCHLD, SignalAction.IGNORE);
        server(new Syscall.Fork()).value();
        var waiting = server(new Syscall.WaitPid(-1, 0));
        assertThat(waiting.text()).isEqualTo("waiting");
        server(CHILD, new Syscall.Exit(2));
        net.runFor(1);
        assertThat(waiting.errno()).contains(Errno.ECHILD);
    }

    @Test
    void anOrphanIsInits() {
        server(new Syscall.Fork()).value();
        server(new Syscall.Exit(0));
        assertThat(server(CHILD, new Syscall.GetPpid()).value()).isEqualTo(1);
        clientSends(3, "still there");
        assertThat(server(CHILD, recv(4)).value().data()).isEqualTo(octets("still there"));
    }

    @Test
    void aThreadSharesTheDescriptorsThemselves() {
        int thread = server(new Syscall.PthreadCreate()).value();
        server(thread, new Syscall.Close(4)).value();
        assertThat(server(recv(4)).errno()).contains(Errno.EBADF);
        assertThat(server(thread, new Syscall.GetPid()).value()).isEqualTo(100);
        server(thread, new Syscall.PthreadExit());
        assertThat(server(new Syscall.GetPid()).value()).isEqualTo(100);
    }

    @Test
    void exitEndsThreadsInTheMidstOfACall() {
        int thread = server(new Syscall.PthreadCreate()).value();
        var receiving = server(thread, recv(4));
        server(new Syscall.Exit(0));
        net.runFor(100 * MS);
        assertThat(receiving.text()).isEqualTo("waiting");
        assertThat(net.server.task(thread)).matches(Task::isOver).matches(t -> !t.isBlocked());
        assertThat(net.call(net.client, recv(3)).value().result()).isZero();
    }

    /** The call holds the file: close(2), "Multithreaded processes and close()". */
    @Test
    void aReceivingCallGoesOnWhenAnotherThreadCloses() {
        var receiving = server(2, recv(4));
        server(new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(receiving.text()).isEqualTo("waiting");
        clientSends(3, "hi");
        assertThat(receiving.value().data()).isEqualTo(octets("hi"));
        net.runFor(100 * MS); // and with its end the connection is closed
        assertThat(net.call(net.client, recv(3)).value().result()).isZero();
    }

    @Test
    void anAcceptingCallKeepsAClosedListenerForOneMore() {
        var accepting = server(2, new Syscall.Accept(3, 0));
        server(new Syscall.Close(3)).value();
        var first = clientConnects();
        net.runFor(100 * MS);
        assertThat(first.value()).isZero();
        assertThat(accepting.value().fd()).isEqualTo(5);
        var second = clientConnects();
        net.runFor(100 * MS);
        assertThat(second.errno()).contains(Errno.ECONNREFUSED);
    }

    /** __sys_accept4() takes the number before it waits. */
    @Test
    void acceptHasItsDescriptorBeforeItWaits() {
        var accepting = server(2, new Syscall.Accept(3, 0));
        assertThat(server(new Syscall.Socket(2, 1, 0)).value()).isEqualTo(6);
        clientConnects();
        net.runFor(100 * MS);
        assertThat(accepting.value().fd()).isEqualTo(5);
    }

    @Test
    void aCallThatFailsGivesItsDescriptorBack() {
        server(new Syscall.Fcntl(3, Optional.of(Syscall.Fcntl.O_NONBLOCK))).value();
        assertThat(server(new Syscall.Accept(3, 0)).errno()).contains(Errno.EAGAIN);
        assertThat(server(new Syscall.Socket(2, 1, 0)).value()).isEqualTo(5);
    }

    @Test
    void theProgramCanBeStartedAgainWhenItHasEnded() {
        assertThatThrownBy(() -> net.server.processes().restart())
                .isInstanceOf(IllegalStateException.class);
        server(2, new Syscall.GetPid()).value();
        server(new Syscall.Fork()).value();
        server(new Syscall.Exit(0));
        net.server.processes().restart();
        assertThat(server(new Syscall.GetPid()).value()).isEqualTo(102);
        assertThat(server(2, new Syscall.GetPid()).value()).isEqualTo(102);
        assertThat(server(CHILD, new Syscall.GetPid()).value()).isEqualTo(CHILD);
        assertThat(server(new Syscall.Socket(2, 1, 0)).value()).isEqualTo(3);
        assertThat(net.events(TraceEvent.TaskStarted.class))
                .extracting(TraceEvent.TaskStarted::task, TraceEvent.TaskStarted::pid)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(CHILD, CHILD),
                        org.assertj.core.groups.Tuple.tuple(1, 102));
    }

    @Test
    void dup3SetsTheFlagAndRefusesOneNumberTwice() {
        assertThat(server(new Syscall.Dup3(4, 7, Syscall.Fcntl.O_CLOEXEC)).value()).isEqualTo(7);
        assertThat(server(new Syscall.FcntlNumber(7, Syscall.FcntlNumber.F_GETFD, 0)).value())
                .isEqualTo(1);
        assertThat(server(new Syscall.Dup3(4, 4, 0)).errno()).contains(Errno.EINVAL);
        assertThat(server(new Syscall.Dup3(4, 8, Syscall.Fcntl.O_NONBLOCK)).errno())
                .contains(Errno.EINVAL);
        assertThat(server(new Syscall.Dup2(4, 4)).value()).isEqualTo(4);
        assertThat(server(new Syscall.FcntlDup(4, 20, true)).value()).isEqualTo(20);
        assertThat(server(new Syscall.FcntlNumber(20, Syscall.FcntlNumber.F_GETFD, 0)).value())
                .isEqualTo(1);
    }
}
