package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * RLIMIT_NOFILE and fs.file-max. getrlimit(2), accept(2), dup(2), fs/file.c; the results are those
 * of a C program on Linux 6.18, but ENFILE, which a program with privileges does not meet there.
 */
class DescriptorLimitScenarioTest {

    private TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private void limit(long descriptors) {
        server(new Syscall.SetRlimit(new Syscall.Rlimit(descriptors, 1024))).value();
    }

    /** The server listens on 3, watches that by epoll on 4, and a connection is in the queue. */
    private void oneInTheQueue() {
        server(new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(3, 5)).value();
        server(new Syscall.EpollCreate1(0)).value();
        int add = Syscall.EpollCtl.EPOLL_CTL_ADD;
        server(new Syscall.EpollCtl(4, add, 3, EventMask.IN, 3)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
    }

    private List<Syscall.EpollEvent> ready() {
        return server(new Syscall.EpollWait(4, 8, 0)).value();
    }

    @Test
    void acceptWithoutADescriptorLeavesTheConnectionWhereItIs() {
        oneInTheQueue();
        limit(5);
        for (int turn = 0; turn < 3; turn++) { // a level-triggered loop turns without end
            assertThat(ready()).hasSize(1);
            assertThat(server(new Syscall.Accept(3, 0)).errno()).contains(Errno.EMFILE);
        }
        limit(6);
        assertThat(server(new Syscall.Accept(3, 0)).value().fd()).isEqualTo(5);
        assertThat(ready()).isEmpty();
    }

    @Test
    void acceptWithoutADescriptorDoesNotWaitForAConnection() {
        oneInTheQueue();
        server(new Syscall.Accept(3, 0)).value();
        limit(6);
        assertThat(server(new Syscall.Accept(3, 0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.Accept(5, 0)).errno()).contains(Errno.EMFILE); // not EINVAL
        assertThat(server(new Syscall.Accept(77, 0)).errno()).contains(Errno.EBADF);
    }

    @Test
    void everyCallThatWouldOpenSomethingFails() {
        oneInTheQueue();
        limit(5);
        assertThat(server(new Syscall.Socket(2, 1, 0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.Dup(3)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.Pipe(0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.EpollCreate1(0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.Open("/dev/null", 0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.FcntlDup(3, 0)).errno()).contains(Errno.EMFILE);
        assertThat(server(new Syscall.FcntlDup(3, 5)).errno()).contains(Errno.EINVAL);
        assertThat(server(new Syscall.Dup2(3, 5)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.Dup2(3, 4)).value()).isEqualTo(4);
        assertThat(server(new Syscall.Dup(77)).errno()).contains(Errno.EBADF);
    }

    @Test
    void aLowerLimitClosesNothing() {
        oneInTheQueue();
        limit(0);
        assertThat(server(new Syscall.GetSockName(3)).value().port()).isEqualTo(80);
        assertThat(server(new Syscall.Poll(List.of(new Syscall.PollFd(3, 1, 0)), 0)).errno())
                .contains(Errno.EINVAL);
    }

    @Test
    void theHardLimitOnlyFalls() {
        assertThat(server(new Syscall.GetRlimit()).value())
                .isEqualTo(new Syscall.Rlimit(1024, 524_288));
        assertThat(limits(2048, 1024)).contains(Errno.EINVAL);
        assertThat(limits(1024, 524_289)).contains(Errno.EPERM);
        assertThat(limits(16, 16)).isEmpty();
        assertThat(limits(16, 17)).contains(Errno.EPERM);
        assertThat(server(new Syscall.GetRlimit()).value()).isEqualTo(new Syscall.Rlimit(16, 16));
    }

    private java.util.Optional<Errno> limits(long soft, long hard) {
        return server(new Syscall.SetRlimit(new Syscall.Rlimit(soft, hard))).errno();
    }

    @Test
    void fileMaxCountsTheOpenFilesOfAllProcesses() {
        net = new TwoHosts(1, Map.of("fs.file-max", "4"));
        oneInTheQueue();
        server(new Syscall.Fork()).value(); // shares its files
        server(new Syscall.Dup(3)).value(); // likewise
        net.call(net.server, 101, new Syscall.Socket(2, 1, 0)).value();
        assertThat(server(new Syscall.Pipe(0)).errno()).contains(Errno.ENFILE); // it needs two
        server(new Syscall.EpollCreate1(0)).value();
        assertThat(server(new Syscall.Socket(2, 1, 0)).errno()).contains(Errno.ENFILE);
        assertThat(server(new Syscall.Accept(3, 0)).errno()).contains(Errno.ENFILE);
        assertThat(ready()).hasSize(1);
        net.call(net.server, 101, new Syscall.Exit(0)); // with the only number of its socket
        assertThat(server(new Syscall.Accept(3, 0)).value().fd()).isEqualTo(7);
    }
}
