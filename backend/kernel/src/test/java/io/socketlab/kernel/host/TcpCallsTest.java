package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.CLIENT;
import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the calls answer on stream sockets, as Linux has it. */
class TcpCallsTest {

    private static final int NON_BLOCKING = 1 | Syscall.Socket.SOCK_NONBLOCK;

    private TwoHosts net = new TwoHosts();

    private String server(Syscall<?> call) {
        return net.call(net.server, call).text();
    }

    private Optional<Errno> clientError(Syscall<?> call) {
        return net.call(net.client, call).errno();
    }

    private void listening(int port, int backlog) {
        int fd = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(fd, at(Ipv4Address.ANY, port))).value();
        net.call(net.server, new Syscall.Listen(fd, backlog)).value();
    }

    private void connected() {
        listening(8080, 5);
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Accept(3, 0)).value();
    }

    private String events(Host host, int fd) {
        var all = EventMask.IN | EventMask.OUT | EventMask.RDHUP;
        var poll = new Syscall.Poll(List.of(new Syscall.PollFd(fd, all, 0)), 0);
        List<Syscall.PollFd> found = net.call(host, poll).value();
        return EventMask.toString(found.getFirst().revents());
    }

    private static Syscall.Send send(int fd, byte[] data, int flags) {
        return new Syscall.Send(fd, data, flags, Optional.empty());
    }

    private static Syscall.Recv recv(int fd, int flags) {
        return new Syscall.Recv(fd, 100, flags, false);
    }

    @Test
    void aSocketThatIsNotConnectedCannotTransfer() {
        net.tcp(net.client);
        assertThat(clientError(recv(3, 0))).contains(Errno.ENOTCONN);
        assertThat(clientError(send(3, octets("x"), 0))).contains(Errno.EPIPE);
        assertThat(clientError(new Syscall.Shutdown(3, Syscall.Shutdown.SHUT_WR)))
                .contains(Errno.ENOTCONN);
        assertThat(clientError(new Syscall.GetPeerName(3))).contains(Errno.ENOTCONN);
        assertThat(clientError(new Syscall.Accept(3, 0))).contains(Errno.EINVAL);
        assertThat(events(net.client, 3)).isEqualTo("POLLOUT|POLLHUP");
    }

    @Test
    void aNonBlockingConnectIsInProgressThenAlreadyThenDone() {
        listening(8080, 5);
        net.call(net.client, new Syscall.Socket(2, NON_BLOCKING, 0)).value();
        var connect = new Syscall.Connect(3, at(SERVER, 8080));
        assertThat(clientError(connect)).contains(Errno.EINPROGRESS);
        assertThat(clientError(connect)).contains(Errno.EALREADY);
        assertThat(events(net.client, 3)).isEqualTo("0");
        net.runFor(100 * MS);
        assertThat(events(net.client, 3)).isEqualTo("POLLOUT");
        assertThat(net.call(net.client, connect).text()).endsWith("= 0");
        assertThat(clientError(connect)).contains(Errno.EISCONN);
    }

    @Test
    void aRefusedNonBlockingConnectShowsInSoError() {
        net.call(net.client, new Syscall.Socket(2, NON_BLOCKING, 0)).value();
        net.call(net.client, new Syscall.Connect(3, at(SERVER, 81)));
        net.run();
        assertThat(events(net.client, 3)).isEqualTo("POLLIN|POLLOUT|POLLERR|POLLHUP|POLLRDHUP");
        var error = new Syscall.GetSockOpt(3, SocketOption.SO_ERROR);
        assertThat(net.call(net.client, error).value()).hasToString("111");
        assertThat(net.call(net.client, error).value()).hasToString("0");
    }

    @Test
    void addressesCanBeHadOnce() {
        listening(8080, 5);
        int other = net.tcp(net.server);
        assertThat(server(new Syscall.Bind(other, at(Ipv4Address.ANY, 8080))))
                .endsWith("EADDRINUSE (Address already in use)");
        assertThat(server(new Syscall.Bind(other, at(CLIENT, 80)))).contains("EADDRNOTAVAIL");
        assertThat(server(new Syscall.Bind(other, at(SERVER, 81)))).endsWith("= 0");
        assertThat(server(new Syscall.Bind(other, at(SERVER, 82)))).contains("EINVAL");
        assertThat(server(new Syscall.GetSockName(other))).contains("10.0.0.2:81");
    }

    @Test
    void pollSeesDataHangUpAndReset() {
        connected();
        assertThat(events(net.server, 4)).isEqualTo("POLLOUT");
        net.call(net.client, send(3, octets("x"), 0)).value();
        net.runFor(100 * MS);
        assertThat(events(net.server, 4)).isEqualTo("POLLIN|POLLOUT");
        assertThat(server(recv(4, 0))).endsWith("= 1");
        net.call(net.client, new Syscall.Shutdown(3, Syscall.Shutdown.SHUT_WR)).value();
        net.runFor(100 * MS);
        assertThat(events(net.server, 4)).isEqualTo("POLLIN|POLLOUT|POLLRDHUP");
        net.call(
                        net.client,
                        new Syscall.SetSockOpt(
                                3, SocketOption.SO_LINGER, new OptionValue.Linger(true, 0)))
                .value();
        net.call(net.client, new Syscall.Close(3)).value();
        net.runFor(100 * MS);
        assertThat(events(net.server, 4)).isEqualTo("POLLIN|POLLOUT|POLLERR|POLLHUP|POLLRDHUP");
        assertThat(server(send(4, octets("x"), 0))).contains("EPIPE");
    }

    @Test
    void aListenerIsReadableWhenAConnectionWaits() {
        listening(8080, 5);
        assertThat(events(net.server, 3)).isEqualTo("0");
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
        assertThat(events(net.server, 3)).isEqualTo("POLLIN");
    }

    @Test
    void peekingLeavesTheOctetsAndWaitAllWaitsForThemAll() {
        connected();
        net.call(net.client, send(3, octets("abc"), 0)).value();
        net.runFor(100 * MS);
        assertThat(server(recv(4, MessageFlags.MSG_PEEK))).contains("\"abc\"");
        var all = net.call(net.server, new Syscall.Recv(4, 6, MessageFlags.MSG_WAITALL, false));
        assertThat(all.text()).isEqualTo("waiting");
        net.call(net.client, send(3, octets("def"), 0)).value();
        net.runFor(100 * MS);
        assertThat(all.text()).contains("\"abcdef\"").endsWith("= 6");
        assertThat(server(recv(4, MessageFlags.MSG_DONTWAIT))).contains("EAGAIN");
    }

    @Test
    void nagleHoldsTheSecondSmallSegmentUntilTheFirstIsAcknowledged() {
        connected();
        int before = sentByClient();
        net.call(net.client, send(3, octets("a"), 0)).value();
        net.call(net.client, send(3, octets("b"), 0)).value();
        assertThat(sentByClient() - before).isEqualTo(1);
        net.runFor(100 * MS);
        assertThat(sentByClient() - before).isEqualTo(2);
        net.call(
                        net.client,
                        new Syscall.SetSockOpt(3, SocketOption.TCP_NODELAY, new OptionValue.Int(1)))
                .value();
        net.call(net.client, send(3, octets("c"), 0)).value();
        net.call(net.client, send(3, octets("d"), 0)).value();
        assertThat(sentByClient() - before).isEqualTo(4);
    }

    private int sentByClient() {
        return (int)
                net.events(SegmentSent.class).stream()
                        .filter(s -> s.stamp().host().equals("client"))
                        .count();
    }

    @Test
    void keepAliveProbesAreAnsweredByALivePeer() {
        net = new TwoHosts();
        connected();
        for (var option :
                Map.of(
                                SocketOption.TCP_KEEPIDLE, 10,
                                SocketOption.TCP_KEEPINTVL, 5,
                                SocketOption.TCP_KEEPCNT, 3,
                                SocketOption.SO_KEEPALIVE, 1)
                        .entrySet()) {
            net.call(
                            net.client,
                            new Syscall.SetSockOpt(
                                    3, option.getKey(), new OptionValue.Int(option.getValue())))
                    .value();
        }
        var waiting = net.call(net.client, recv(3, 0));
        net.runFor(60_000 * MS);
        assertThat(waiting.text()).as("a live peer answers the probes").isEqualTo("waiting");
    }

    @Test
    void aLingeringCloseWaitsForTheAcknowledgement() {
        connected();
        net.call(
                        net.client,
                        new Syscall.SetSockOpt(
                                3, SocketOption.SO_LINGER, new OptionValue.Linger(true, 5)))
                .value();
        net.call(net.client, send(3, octets("last words"), 0)).value();
        var closing = net.call(net.client, new Syscall.Close(3));
        assertThat(closing.text()).isEqualTo("waiting");
        net.runFor(100 * MS);
        assertThat(closing.text()).isEqualTo("close(3) = 0");
    }

    @Test
    void buffersAreDoubledAndBounded() {
        net.tcp(net.client);
        for (var pair :
                List.of(
                        List.of(1000, 2304),
                        List.of(100_000, 200_000),
                        List.of(9_000_000, 8_388_608))) {
            net.call(
                            net.client,
                            new Syscall.SetSockOpt(
                                    3, SocketOption.SO_RCVBUF, new OptionValue.Int(pair.get(0))))
                    .value();
            assertThat(
                            net.call(net.client, new Syscall.GetSockOpt(3, SocketOption.SO_RCVBUF))
                                    .value())
                    .hasToString(pair.get(1).toString());
        }
    }
}
