package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * poll(2) and select(2) of the profile bsd where they differ from Linux's: sopoll_generic() of
 * FreeBSD's sys/kern/uipc_socket.c, kern_select() of sys_generic.c.
 */
class FreeBsdReadinessTest {

    private static final int ASKED = EventMask.IN | EventMask.OUT | EventMask.PRI | EventMask.RDHUP;

    private final TwoHosts net = new TwoHosts(KernelProfile.BSD);

    private String poll(Host host, int fd) {
        var call = new Syscall.Poll(List.of(new Syscall.PollFd(fd, ASKED, 0)), 0);
        return EventMask.toString(net.call(host, call).value().getFirst().revents());
    }

    private void listening() {
        net.call(net.server, new Syscall.Bind(net.tcp(net.server), at(Ipv4Address.ANY, 80)));
        net.call(net.server, new Syscall.Listen(3, 5)).value();
    }

    private void connected() {
        listening();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Accept(3, 0)).value();
    }

    @Test
    void nothingIsSaidOfWhatIsNotConnected() {
        assertThat(poll(net.client, net.tcp(net.client))).isEqualTo("0");
        listening();
        assertThat(poll(net.server, 3)).isEqualTo("0");
        assertThat(poll(net.server, net.udp(net.server))).isEqualTo("POLLOUT");
    }

    @Test
    void aFailedConnectHangsUpWithoutAnErrorBit() {
        int fd = net.tcp(net.client);
        net.call(net.client, new Syscall.Fcntl(fd, Optional.of(Syscall.Fcntl.O_NONBLOCK)));
        net.call(net.client, new Syscall.Connect(fd, at(SERVER, 81)));
        assertThat(poll(net.client, fd)).isEqualTo("0");
        net.runFor(100 * MS);
        assertThat(poll(net.client, fd)).isEqualTo("POLLIN|POLLOUT|POLLHUP|POLLRDHUP");
    }

    @Test
    void endAndHangingUpAreToldApartAsOnLinux() {
        connected();
        assertThat(poll(net.server, 4)).isEqualTo("POLLOUT");
        net.call(net.client, new Syscall.Shutdown(3, Syscall.Shutdown.SHUT_WR)).value();
        net.runFor(50 * MS);
        assertThat(poll(net.server, 4)).isEqualTo("POLLIN|POLLOUT|POLLRDHUP");
        net.call(net.server, new Syscall.Shutdown(4, Syscall.Shutdown.SHUT_WR)).value();
        assertThat(poll(net.server, 4)).isEqualTo("POLLIN|POLLOUT|POLLHUP|POLLRDHUP");
    }

    @Test
    void aResetHasNoErrorBitEither() {
        connected();
        var linger = new OptionValue.Linger(true, 0);
        net.call(net.client, new Syscall.SetSockOpt(3, SocketOption.SO_LINGER, linger)).value();
        net.call(net.client, new Syscall.Close(3)).value();
        net.runFor(50 * MS);
        assertThat(poll(net.server, 4)).isEqualTo("POLLIN|POLLOUT|POLLHUP|POLLRDHUP");
    }

    @Test
    void selectRefusesABitBeyondTheHighestDescriptor() {
        connected();
        var select = new Syscall.Select(1024, List.of(4, 1000), List.of(), List.of(), 0);
        assertThat(net.call(net.server, select).errno()).contains(Errno.EBADF);
        var beyondCount = new Syscall.Select(6, List.of(1000), List.of(4), List.of(), 0);
        assertThat(net.call(net.server, beyondCount).value().writing()).containsExactly(4);
    }

    @Test
    void selectLeavesItsTimeoutAlone() {
        connected();
        var select = new Syscall.Select(5, List.of(4), List.of(), List.of(), 40 * MS);
        var waiting = net.call(net.server, select);
        net.runFor(10 * MS);
        net.call(net.client, new Syscall.Write(3, new byte[1])).value();
        net.runFor(20 * MS);
        assertThat(waiting.value().leftNanos()).isEqualTo(40 * MS);
    }
}
