package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Signals where sockets have them: signal(7), socket(7), fcntl(2). Each was seen on Linux 6.18 with
 * a C program that makes the same calls.
 */
class SignalScenarioTest {

    private static final int PID = 100;
    private static final int CHILD = 101;
    private static final int ALARM = Signal.SIGALRM.number();

    private final TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private <R> TwoHosts.Answer<R> server(int task, Syscall<R> call) {
        return net.call(net.server, task, call);
    }

    private void clientSends(String text, int flags) {
        net.call(net.client, new Syscall.Send(3, octets(text), flags, Optional.empty())).value();
        net.runFor(50 * MS);
    }

    private static Syscall.Recv recv(int fd) {
        return new Syscall.Recv(fd, 100, 0, false);
    }

    private static Syscall.Send send(int fd, int flags) {
        return new Syscall.Send(fd, octets("x"), flags, Optional.empty());
    }

    private void handler(Signal signal, int flags) {
        var action = new SignalAction(SignalAction.Kind.HANDLER, flags);
        server(new Syscall.SigAction(signal.number(), action)).value();
    }

    private int handled(Signal signal) {
        return net.server.processes().first().timesHandled(signal);
    }

    /** A signal for the server from its child. */
    private void kill(Signal signal) {
        server(CHILD, new Syscall.Kill(PID, signal.number())).value();
        net.runFor(1);
    }

    private void timeout(int fd, SocketOption option) {
        server(new Syscall.SetSockOpt(fd, option, new OptionValue.Time(500 * MS))).value();
    }

    /** The server listens on 3, has a connection on 4, and a child; the client's is its 3. */
    @BeforeEach
    void connected() {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        server(new Syscall.Accept(3, 0)).value();
        server(new Syscall.Fork()).value();
        server(CHILD, new Syscall.Close(4)).value();
    }

    // ---- SIGPIPE

    @Test
    void sigpipeEndsWhoeverDoesNothingAboutIt() {
        server(new Syscall.Fork()).value();
        server(102, new Syscall.SigAction(Signal.SIGPIPE.number(), SignalAction.DEFAULT)).value();
        server(102, new Syscall.Shutdown(4, Syscall.Shutdown.SHUT_WR)).value();
        assertThat(server(102, send(4, MessageFlags.MSG_NOSIGNAL)).errno()).contains(Errno.EPIPE);
        assertThat(server(102, send(4, 0)).text()).isEqualTo("waiting"); // it never sees the error

        assertThat(net.server.task(102).isOver()).isTrue();
        assertThat(server(new Syscall.WaitPid(102, 0)).value())
                .isEqualTo(new Syscall.Waited(102, Signal.SIGPIPE.number()));
        assertThat(net.events(TraceEvent.ProcessExited.class).getLast().signal())
                .isEqualTo("SIGPIPE");
    }

    @Test
    void sigpipeCanBeCaught() {
        handler(Signal.SIGPIPE, 0);
        server(new Syscall.Shutdown(4, Syscall.Shutdown.SHUT_WR)).value();
        assertThat(server(send(4, 0)).errno()).contains(Errno.EPIPE);
        assertThat(handled(Signal.SIGPIPE)).isEqualTo(1);
        assertThat(server(send(4, MessageFlags.MSG_NOSIGNAL)).errno()).contains(Errno.EPIPE);
        assertThat(handled(Signal.SIGPIPE)).isEqualTo(1);
    }

    @Test
    void aDatagramSocketHasNoBrokenPipe() {
        handler(Signal.SIGPIPE, 0);
        int udp = net.udp(net.server);
        server(new Syscall.Connect(udp, at(TwoHosts.CLIENT, 9))).value();
        server(new Syscall.Shutdown(udp, Syscall.Shutdown.SHUT_WR)).value();
        assertThat(server(send(udp, 0)).errno()).contains(Errno.EPIPE);
        assertThat(handled(Signal.SIGPIPE)).isZero();
    }

    // ---- EINTR

    @Test
    void withoutSaRestartACallThatWaitsFails() {
        handler(Signal.SIGALRM, 0);
        var receiving = server(recv(4));
        kill(Signal.SIGALRM);
        assertThat(receiving.errno()).contains(Errno.EINTR);
        var accepting = server(new Syscall.Accept(3, 0));
        kill(Signal.SIGALRM);
        assertThat(accepting.errno()).contains(Errno.EINTR);
        assertThat(server(new Syscall.Socket(2, 1, 0)).value()).isEqualTo(5);
        assertThat(handled(Signal.SIGALRM)).isEqualTo(2);
    }

    @Test
    void withSaRestartItIsMadeAgain() {
        handler(Signal.SIGALRM, SignalAction.SA_RESTART);
        var receiving = server(recv(4));
        kill(Signal.SIGALRM);
        assertThat(receiving.text()).isEqualTo("waiting");
        assertThat(handled(Signal.SIGALRM)).isEqualTo(1);
        clientSends("late", 0);
        assertThat(receiving.value().data()).isEqualTo(octets("late"));
    }

    /** As strace(1) shows it: the call ends, the handler runs, and there is a call anew. */
    @Test
    void theTraceShowsThatItGaveWayAndWasMadeAgain() {
        handler(Signal.SIGALRM, SignalAction.SA_RESTART);
        server(recv(4));
        kill(Signal.SIGALRM);
        List<TraceEvent.CallEntered> made =
                net.events(TraceEvent.CallEntered.class).stream()
                        .filter(e -> e.name().equals("recv"))
                        .toList();
        assertThat(made)
                .extracting(TraceEvent.CallEntered::text)
                .containsOnly("recv(4, ..., 100, 0)");
        assertThat(made).hasSize(2);
        TraceEvent.CallReturned gaveWay =
                net.events(TraceEvent.CallReturned.class).stream()
                        .filter(e -> e.call() == made.getFirst().call())
                        .findFirst()
                        .orElseThrow();
        assertThat(gaveWay.isMadeAgain()).isTrue();
        assertThat(gaveWay.result()).isEqualTo(-512);
        assertThat(gaveWay.stamp().rule()).isEqualTo(Rule.CALL_RESTARTS);
        assertThat(gaveWay.text())
                .isEqualTo(
                        "recv(4, ..., 100, 0) = ? ERESTARTSYS"
                                + " (To be restarted if SA_RESTART is set)");
        TraceEvent.SignalDelivered delivered =
                net.events(TraceEvent.SignalDelivered.class).getLast();
        assertThat(delivered.call()).isEqualTo(made.getFirst().call());
        assertThat(delivered.stamp().seq())
                .isBetween(made.getFirst().stamp().seq(), made.getLast().stamp().seq());
    }

    // ---- programs that run handlers

    /** What the server's program is told of, whose handlers end where the test says so. */
    private List<Integer> toldOfHandlers() {
        var told = new ArrayList<Integer>();
        net.server.task(1).onHandler(told::add);
        return told;
    }

    private void handler(Signal signal, int flags, Signal masked) {
        long mask = 1L << (masked.number() - 1);
        var action = new SignalAction(SignalAction.Kind.HANDLER, flags, mask);
        server(new Syscall.SigAction(signal.number(), action)).value();
    }

    @Test
    void aProgramRunsTheHandlerAndMakesTheCallAgainItself() {
        List<Integer> told = toldOfHandlers();
        handler(Signal.SIGALRM, SignalAction.SA_RESTART);
        var receiving = server(recv(4));
        kill(Signal.SIGALRM);
        assertThat(told).containsExactly(ALARM);
        assertThat(receiving.errno()).contains(Errno.ERESTARTSYS);
        assertThat(server(new Syscall.GetPid()).value()).isEqualTo(PID); // the handler's call
        server(new Syscall.SigReturn()).value();
        var again = server(recv(4));
        clientSends("late", 0);
        assertThat(again.value().data()).isEqualTo(octets("late"));
    }

    @Test
    void whatComesWhileItsHandlerRunsWaitsForItsEnd() {
        List<Integer> told = toldOfHandlers();
        handler(Signal.SIGALRM, 0);
        kill(Signal.SIGALRM);
        kill(Signal.SIGALRM);
        kill(Signal.SIGALRM);
        assertThat(told).containsExactly(ALARM);
        server(new Syscall.SigReturn()).value();
        assertThat(told).containsExactly(ALARM, ALARM); // two that wait are one
        server(new Syscall.SigReturn()).value();
        assertThat(told).hasSize(2);
        assertThat(net.server.task(1).blockedSignals()).isZero();
    }

    @Test
    void saMaskAndSaNodeferSayWhatMayInterruptAHandler() {
        List<Integer> told = toldOfHandlers();
        int user = Signal.SIGUSR1.number();
        handler(Signal.SIGUSR1, 0);
        handler(Signal.SIGALRM, SignalAction.SA_NODEFER, Signal.SIGUSR1);
        kill(Signal.SIGALRM);
        kill(Signal.SIGUSR1);
        kill(Signal.SIGALRM);
        assertThat(told).containsExactly(ALARM, ALARM);
        server(new Syscall.SigReturn()).value();
        assertThat(told).hasSize(2); // the outer one masks SIGUSR1, too
        server(new Syscall.SigReturn()).value();
        assertThat(told).containsExactly(ALARM, ALARM, user);
    }

    @Test
    void theChildOfAHandlerIsInItToo() {
        toldOfHandlers();
        handler(Signal.SIGALRM, 0);
        kill(Signal.SIGALRM);
        int child = server(new Syscall.Fork()).value();
        assertThat(net.server.task(child).blockedSignals()).isEqualTo(1L << (ALARM - 1));
        server(child, new Syscall.SigReturn()).value();
        assertThat(net.server.task(child).blockedSignals()).isZero();
        assertThat(net.server.task(1).blockedSignals()).isEqualTo(1L << (ALARM - 1));
    }

    @Test
    void aReturnFromNoHandlerChangesNothing() {
        long set = 1L << (ALARM - 1);
        server(new Syscall.SigProcMask(Syscall.SigProcMask.SIG_BLOCK, set)).value();
        assertThat(server(new Syscall.SigReturn()).value()).isZero();
        assertThat(net.server.task(1).blockedSignals()).isEqualTo(set);
    }

    /** Made again means that its descriptor is looked up again. */
    @Test
    void aRestartedCallFindsItsDescriptorClosed() {
        handler(Signal.SIGALRM, SignalAction.SA_RESTART);
        var receiving = server(recv(4));
        server(2, new Syscall.Close(4)).value();
        kill(Signal.SIGALRM);
        assertThat(receiving.errno()).contains(Errno.EBADF);
    }

    /** signal(7): "The following interfaces are never restarted". */
    @Test
    void someCallsAreNeverRestarted() {
        handler(Signal.SIGALRM, SignalAction.SA_RESTART);
        var entry = new Syscall.PollFd(4, EventMask.IN, 0);
        int epoll = server(new Syscall.EpollCreate1(0)).value();
        timeout(3, SocketOption.SO_RCVTIMEO);
        List<Syscall<?>> calls =
                List.of(
                        new Syscall.Poll(List.of(entry), 500),
                        new Syscall.Select(5, List.of(4), List.of(), List.of(), -1),
                        new Syscall.EpollWait(epoll, 1, -1),
                        new Syscall.Sleep(500 * MS),
                        new Syscall.Pause(),
                        new Syscall.Accept(3, 0));
        for (Syscall<?> call : calls) {
            var waiting = server(call);
            kill(Signal.SIGALRM);
            assertThat(waiting.errno()).as(call.toString()).contains(Errno.EINTR);
        }
    }

    @Test
    void whatIsReadyComesBeforeTheSignal() {
        handler(Signal.SIGALRM, 0);
        var waiting = server(new Syscall.WaitPid(CHILD, 0));
        handlerOfSigchld();
        server(CHILD, new Syscall.Exit(2));
        net.runFor(1);
        assertThat(waiting.value().pid()).isEqualTo(CHILD);
        assertThat(handled(Signal.SIGCHLD)).isEqualTo(1);
    }

    private void handlerOfSigchld() {
        net.server
                .processes()
                .first()
                .action(Signal.SIGCHLD, new SignalAction(SignalAction.Kind.HANDLER, 0));
    }

    @Test
    void anIgnoredSignalInterruptsNothing() {
        var receiving = server(recv(4));
        kill(Signal.SIGURG);
        kill(Signal.SIGCHLD);
        assertThat(receiving.text()).isEqualTo("waiting");
        clientSends("x", 0);
        assertThat(receiving.value().result()).isEqualTo(1);
    }

    @Test
    void anInterruptedConnectGoesOnInTheBackground() {
        handler(Signal.SIGALRM, 0);
        int fd = net.tcp(net.server);
        var nobody = at(Ipv4Address.parse("10.0.0.9").orElseThrow(), 7);
        var connecting = server(new Syscall.Connect(fd, nobody));
        kill(Signal.SIGALRM);
        assertThat(connecting.errno()).contains(Errno.EINTR);
        server(new Syscall.Fcntl(fd, Optional.of(Syscall.Fcntl.O_NONBLOCK))).value();
        assertThat(server(new Syscall.Connect(fd, nobody)).errno()).contains(Errno.EALREADY);
    }

    @Test
    void aSignalEndsALingeringClose() {
        handler(Signal.SIGALRM, 0);
        var linger = new OptionValue.Linger(true, 10);
        server(new Syscall.SetSockOpt(4, SocketOption.SO_LINGER, linger)).value();
        server(new Syscall.Fcntl(4, Optional.of(Syscall.Fcntl.O_NONBLOCK))).value();
        var much = new Syscall.Send(4, new byte[1_000_000], 0, Optional.empty());
        assertThat(server(much).value()).isPositive();
        server(new Syscall.Fcntl(4, Optional.of(0))).value();
        var closing = server(new Syscall.Close(4));
        assertThat(closing.text()).isEqualTo("waiting");
        kill(Signal.SIGALRM);
        assertThat(closing.value()).isZero();
    }

    // ---- time limits

    @Test
    void timeLimitsEndEachCallInItsWay() {
        timeout(3, SocketOption.SO_RCVTIMEO);
        timeout(4, SocketOption.SO_RCVTIMEO);
        var accepting = server(new Syscall.Accept(3, 0));
        net.runFor(600 * MS);
        assertThat(accepting.errno()).contains(Errno.EAGAIN);
        var receiving = server(recv(4));
        net.runFor(600 * MS);
        assertThat(receiving.errno()).contains(Errno.EAGAIN);

        int fd = net.tcp(net.server);
        timeout(fd, SocketOption.SO_SNDTIMEO);
        var nobody = at(Ipv4Address.parse("10.0.0.9").orElseThrow(), 7);
        var connecting = server(new Syscall.Connect(fd, nobody));
        net.runFor(600 * MS);
        assertThat(connecting.errno()).contains(Errno.EINPROGRESS);
        var again = server(new Syscall.Connect(fd, nobody));
        net.runFor(600 * MS);
        assertThat(again.errno()).contains(Errno.EALREADY);
    }

    // ---- alarm, masks

    @Test
    void alarmSendsSigalrmOnce() {
        handler(Signal.SIGALRM, 0);
        assertThat(server(new Syscall.Alarm(10)).value()).isZero();
        net.runFor(700 * MS);
        assertThat(server(new Syscall.Alarm(1)).value()).isEqualTo(9);
        var pausing = server(new Syscall.Pause());
        net.runFor(999 * MS);
        assertThat(pausing.text()).isEqualTo("waiting");
        net.runFor(1 * MS);
        assertThat(pausing.errno()).contains(Errno.EINTR);
        assertThat(server(new Syscall.Alarm(0)).value()).isZero();
    }

    @Test
    void alarmEndsAProgramThatDoesNotCatchIt() {
        server(CHILD, new Syscall.Alarm(1)).value();
        var waiting = server(new Syscall.WaitPid(CHILD, 0));
        net.runFor(1000 * MS);
        assertThat(waiting.value()).isEqualTo(new Syscall.Waited(CHILD, ALARM));
    }

    @Test
    void aBlockedSignalWaitsAndCountsOnce() {
        handler(Signal.SIGALRM, 0);
        long set = 1L << (ALARM - 1);
        server(new Syscall.SigProcMask(Syscall.SigProcMask.SIG_BLOCK, set)).value();
        kill(Signal.SIGALRM);
        kill(Signal.SIGALRM);
        assertThat(handled(Signal.SIGALRM)).isZero();
        server(new Syscall.SigProcMask(Syscall.SigProcMask.SIG_UNBLOCK, set)).value();
        assertThat(handled(Signal.SIGALRM)).isEqualTo(1);
    }

    @Test
    void aThreadThatDoesNotBlockItTakesIt() {
        handler(Signal.SIGALRM, 0);
        long set = 1L << (ALARM - 1);
        server(new Syscall.SigProcMask(Syscall.SigProcMask.SIG_SETMASK, set)).value();
        int thread = 2; // as from the beginning: it has no mask
        var first = server(recv(4));
        var second = server(thread, new Syscall.Accept(3, 0));
        kill(Signal.SIGALRM);
        assertThat(first.text()).isEqualTo("waiting");
        assertThat(second.errno()).contains(Errno.EINTR);
    }

    @Test
    void sigkillCanNeitherBeCaughtNorBlocked() {
        int kill = Signal.SIGKILL.number();
        var handled = new SignalAction(SignalAction.Kind.HANDLER, 0);
        assertThat(server(new Syscall.SigAction(kill, handled)).errno()).contains(Errno.EINVAL);
        server(CHILD, new Syscall.SigProcMask(Syscall.SigProcMask.SIG_SETMASK, -1L)).value();
        server(new Syscall.Kill(CHILD, kill)).value();
        assertThat(net.server.task(CHILD).isOver()).isTrue();
        assertThat(server(new Syscall.Kill(PID, 65)).errno()).contains(Errno.EINVAL);
    }

    @Test
    void aHandlerCanBeForOneTime() {
        handler(Signal.SIGUSR1, SignalAction.SA_RESETHAND);
        kill(Signal.SIGUSR1);
        assertThat(handled(Signal.SIGUSR1)).isEqualTo(1);
        kill(Signal.SIGUSR1);
        assertThat(net.server.task(1).isOver()).isTrue();
    }

    // ---- SIGIO, SIGURG

    private void fcntl(int fd, int command, int argument) {
        server(new Syscall.FcntlNumber(fd, command, argument)).value();
    }

    private void async(int fd) {
        server(new Syscall.Fcntl(fd, Optional.of(Syscall.Fcntl.O_ASYNC))).value();
    }

    @Test
    void sigioTellsOfEveryArrival() {
        handler(Signal.SIGIO, SignalAction.SA_RESTART);
        fcntl(4, Syscall.FcntlNumber.F_SETOWN, PID);
        clientSends("x", 0);
        assertThat(handled(Signal.SIGIO)).isZero();
        async(4);
        assertThat(server(new Syscall.Fcntl(4, Optional.empty())).value()).isEqualTo(0x2002);
        clientSends("y", 0);
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
        clientSends("z", 0);
        assertThat(handled(Signal.SIGIO)).isEqualTo(2);
    }

    @Test
    void sigioTellsOfAConnectionInTheQueue() {
        handler(Signal.SIGIO, SignalAction.SA_RESTART);
        fcntl(3, Syscall.FcntlNumber.F_SETOWN, PID);
        async(3);
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        assertThat(handled(Signal.SIGIO)).isEqualTo(1);
    }

    @Test
    void aReaderThatWaitsNeedsNoSigio() {
        handler(Signal.SIGIO, SignalAction.SA_RESTART);
        fcntl(4, Syscall.FcntlNumber.F_SETOWN, PID);
        async(4);
        var receiving = server(recv(4));
        clientSends("x", 0);
        assertThat(receiving.value().result()).isEqualTo(1);
        assertThat(handled(Signal.SIGIO)).isZero();
    }

    @Test
    void anotherSignalCanBeAskedFor() {
        handler(Signal.SIGUSR1, 0);
        fcntl(4, Syscall.FcntlNumber.F_SETOWN, PID);
        fcntl(4, Syscall.FcntlNumber.F_SETSIG, Signal.SIGUSR1.number());
        async(4);
        clientSends("x", 0);
        assertThat(handled(Signal.SIGUSR1)).isEqualTo(1);
        var wrong = new Syscall.FcntlNumber(4, Syscall.FcntlNumber.F_SETSIG, 65);
        assertThat(server(wrong).errno()).contains(Errno.EINVAL);
        var nobody = new Syscall.FcntlNumber(4, Syscall.FcntlNumber.F_SETOWN, 99_999);
        assertThat(server(nobody).errno()).contains(Errno.ESRCH);
    }

    @Test
    void sigurgNeedsAnOwnerAndNothingElse() {
        handler(Signal.SIGURG, 0);
        clientSends("u", MessageFlags.MSG_OOB);
        assertThat(handled(Signal.SIGURG)).isZero();
        fcntl(4, Syscall.FcntlNumber.F_SETOWN, PID);
        clientSends("v", MessageFlags.MSG_OOB);
        assertThat(handled(Signal.SIGURG)).isEqualTo(1);
    }
}
