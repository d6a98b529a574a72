package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UdpScenarioTest {

    private TwoHosts net = new TwoHosts();

    private int boundServer(int port) {
        int fd = net.udp(net.server);
        assertThat(net.call(net.server, new Syscall.Bind(fd, at(Ipv4Address.ANY, port))).text())
                .isEqualTo("bind(" + fd + ", 0.0.0.0:" + port + ") = 0");
        return fd;
    }

    private void send(int fd, String text, int port) {
        net.call(net.client, new Syscall.Send(fd, octets(text), 0, Optional.of(at(SERVER, port))))
                .value();
    }

    private String recv(int fd, int count, int flags) {
        return net.call(net.server, new Syscall.Recv(fd, count, flags, false)).text();
    }

    @Test
    void keepsTheBoundariesOfDatagrams() {
        int server = boundServer(9000);
        int client = net.udp(net.client);
        send(client, "one", 9000);
        send(client, "", 9000);
        send(client, "three", 9000);
        net.run();
        assertThat(recv(server, 100, 0)).isEqualTo("recv(3, \"one\", 100, 0) = 3");
        assertThat(recv(server, 100, 0)).isEqualTo("recv(3, \"\", 100, 0) = 0");
        assertThat(recv(server, 100, 0)).isEqualTo("recv(3, \"three\", 100, 0) = 5");
        assertThat(recv(server, 100, MessageFlags.MSG_DONTWAIT))
                .isEqualTo(
                        "recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily"
                                + " unavailable)");
    }

    @Test
    void throwsAwayWhatDoesNotFit() {
        int server = boundServer(9000);
        int client = net.udp(net.client);
        send(client, "0123456789", 9000);
        send(client, "next", 9000);
        net.run();
        assertThat(recv(server, 4, MessageFlags.MSG_PEEK | MessageFlags.MSG_TRUNC))
                .endsWith("= 10");
        assertThat(recv(server, 4, 0)).isEqualTo("recv(3, \"0123\", 4, 0) = 4");
        assertThat(recv(server, 4, 0)).isEqualTo("recv(3, \"next\", 4, 0) = 4");
    }

    @Test
    void aBlockedReceiveReturnsWhenTheDatagramIsThere() {
        int server = boundServer(9000);
        var receiving = net.call(net.server, new Syscall.Recv(server, 100, 0, true));
        assertThat(receiving.text()).isEqualTo("waiting");
        assertThat(net.server.task(1).blockedCall()).contains("recvfrom(3, ..., 100, 0)");
        assertThat(net.server.task(1).waitsFor()).contains("a datagram");
        send(net.udp(net.client), "hello", 9000);
        net.runFor(10 * MS - 1);
        assertThat(receiving.text()).isEqualTo("waiting");
        net.runFor(1);
        assertThat(receiving.text())
                .matches("recvfrom\\(3, \"hello\", 100, 0, 10.0.0.1:\\d+\\) = 5");
        assertThat(net.isIdle()).isTrue();
    }

    @Test
    void onlyAConnectedSocketIsToldThatNobodyListens() {
        int unconnected = net.udp(net.client);
        send(unconnected, "?", 9);
        int connected = net.udp(net.client);
        net.call(net.client, new Syscall.Connect(connected, at(SERVER, 9))).value();
        net.call(net.client, new Syscall.Send(connected, octets("?"), 0, Optional.empty())).value();
        net.run();
        assertThat(net.call(net.client, new Syscall.Recv(connected, 9, 0, false)).errno())
                .contains(Errno.ECONNREFUSED);
        assertThat(
                        net.call(
                                        net.client,
                                        new Syscall.Recv(
                                                unconnected, 9, MessageFlags.MSG_DONTWAIT, false))
                                .errno())
                .contains(Errno.EAGAIN);
        // once
        assertThat(
                        net.call(
                                        net.client,
                                        new Syscall.Recv(
                                                connected, 9, MessageFlags.MSG_DONTWAIT, false))
                                .errno())
                .contains(Errno.EAGAIN);
    }

    @Test
    void aPortBelongsToOneSocketUnlessBothShare() {
        boundServer(9000);
        int second = net.udp(net.server);
        var bind = new Syscall.Bind(second, at(SERVER, 9000));
        assertThat(net.call(net.server, bind).errno()).contains(Errno.EADDRINUSE);
        net.call(
                net.server,
                new Syscall.SetSockOpt(second, SocketOption.SO_REUSEADDR, new OptionValue.Int(1)));
        assertThat(net.call(net.server, bind).errno()).contains(Errno.EADDRINUSE);
        net.call(
                net.server,
                new Syscall.SetSockOpt(3, SocketOption.SO_REUSEADDR, new OptionValue.Int(1)));
        assertThat(net.call(net.server, bind).errno()).isEmpty();
        assertThat(net.call(net.server, bind).errno()).contains(Errno.EINVAL);
    }

    @Test
    void errorsAreLinuxs() {
        int fd = net.udp(net.client);
        assertThat(net.call(net.client, new Syscall.Bind(fd, at(SERVER, 1))).errno())
                .contains(Errno.EADDRNOTAVAIL);
        assertThat(net.call(net.client, new Syscall.Bind(77, at(SERVER, 1))).errno())
                .contains(Errno.EBADF);
        assertThat(net.call(net.client, new Syscall.Listen(fd, 1)).errno())
                .contains(Errno.EOPNOTSUPP);
        assertThat(
                        net.call(net.client, new Syscall.Send(fd, octets("x"), 0, Optional.empty()))
                                .errno())
                .contains(Errno.EDESTADDRREQ);
        assertThat(
                        net.call(
                                        net.client,
                                        new Syscall.Send(
                                                fd,
                                                new byte[65_508],
                                                0,
                                                Optional.of(at(SERVER, 9))))
                                .errno())
                .contains(Errno.EMSGSIZE);
        assertThat(
                        net.call(
                                        net.client,
                                        new Syscall.Connect(
                                                fd,
                                                at(
                                                        Ipv4Address.parse("192.0.2.1")
                                                                .orElseThrow(),
                                                        9)))
                                .errno())
                .contains(Errno.ENETUNREACH);
        assertThat(net.call(net.client, new Syscall.GetPeerName(fd)).errno())
                .contains(Errno.ENOTCONN);
        assertThat(net.call(net.client, new Syscall.Shutdown(fd, 7)).errno())
                .contains(Errno.EINVAL);
        assertThat(net.call(net.client, new Syscall.Socket(99, 1, 0)).errno())
                .contains(Errno.EAFNOSUPPORT);
        assertThat(net.call(net.client, new Syscall.Socket(2, 1, 17)).errno())
                .contains(Errno.EPROTONOSUPPORT);
    }

    @Test
    void aFullReceiveBufferDropsAndTheSenderIsNotTold() {
        int server = boundServer(9000);
        net.call(
                net.server,
                new Syscall.SetSockOpt(server, SocketOption.SO_RCVBUF, new OptionValue.Int(1)));
        int client = net.udp(net.client);
        for (int i = 0; i < 10; i++) send(client, "x", 9000);
        net.run();
        // 2304 octets of memory, and each takes 832: two fit
        assertThat(net.events(PacketDropped.class))
                .hasSize(8)
                .allMatch(d -> d.reason() == DropReason.RECEIVE_BUFFER_FULL);
    }

    @Test
    void aLargeDatagramCrossesInFragments() {
        int server = boundServer(9000);
        int client = net.udp(net.client);
        send(client, "x".repeat(5000), 9000);
        net.run();
        assertThat(recv(server, 9000, 0)).endsWith("= 5000");
    }

    @Test
    void oneLostFragmentLosesTheDatagram() {
        net = new TwoHosts(new Impairment.DropNth("client", 2));
        int server = boundServer(9000);
        send(net.udp(net.client), "x".repeat(5000), 9000);
        net.run();
        assertThat(recv(server, 9000, MessageFlags.MSG_DONTWAIT)).contains("EAGAIN");
        assertThat(net.events(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .containsExactly(DropReason.LINK_LOSS, DropReason.REASSEMBLY_TIMEOUT);
    }

    @Test
    void aCorruptedDatagramIsDropped() {
        net = new TwoHosts(new Impairment.Corrupt("client", 1));
        boundServer(9000);
        int client = net.udp(net.client);
        for (int i = 0; i < 50; i++) send(client, "some octets to be damaged on the way", 9000);
        net.run();
        // never delivered damaged; where the flipped bit is in no checksum's reach there is none to
        // flip
        assertThat(net.events(PacketDropped.class)).hasSize(50);
    }

    @Test
    void pollFindsWhatIsReadyAndTimesOut() {
        int server = boundServer(9000);
        var poll =
                new Syscall.Poll(
                        List.of(
                                new Syscall.PollFd(server, EventMask.IN, 0),
                                new Syscall.PollFd(99, EventMask.IN, 0)),
                        5);
        assertThat(net.call(net.server, poll).text())
                .isEqualTo(
                        "poll([{fd=3, events=POLLIN, revents=0}, {fd=99, events=POLLIN, revents=POLLNVAL}], 2, 5) = 1");
        var waiting =
                net.call(
                        net.server,
                        new Syscall.Poll(List.of(new Syscall.PollFd(server, EventMask.IN, 0)), 5));
        net.runFor(5 * MS - 1);
        assertThat(waiting.text()).isEqualTo("waiting");
        net.runFor(1);
        assertThat(waiting.text()).endsWith("revents=0}], 1, 5) = 0");
        var ready =
                net.call(
                        net.server,
                        new Syscall.Poll(List.of(new Syscall.PollFd(server, EventMask.IN, 0)), -1));
        send(net.udp(net.client), "x", 9000);
        net.run();
        assertThat(ready.text()).endsWith("revents=POLLIN}], 1, -1) = 1");
    }

    @Test
    void aSignalEndsAWait() {
        int server = boundServer(9000);
        var receiving = net.call(net.server, new Syscall.Recv(server, 100, 0, false));
        net.server.task(1).interrupt();
        assertThat(receiving.errno()).contains(Errno.EINTR);
        assertThat(net.server.task(1).isBlocked()).isFalse();
    }

    @Test
    void theReceiveTimeoutEndsAWait() {
        int server = boundServer(9000);
        net.call(
                net.server,
                new Syscall.SetSockOpt(
                        server, SocketOption.SO_RCVTIMEO, new OptionValue.Time(7 * MS)));
        var receiving = net.call(net.server, new Syscall.Recv(server, 100, 0, false));
        net.runFor(7 * MS);
        assertThat(receiving.errno()).contains(Errno.EAGAIN);
    }

    @Test
    void descriptorsRunOutAtTheLimitAndTheLowestIsGivenFirst() {
        for (int fd = 3; fd < 1024; fd++) assertThat(net.udp(net.client)).isEqualTo(fd);
        assertThat(net.call(net.client, new Syscall.Socket(2, 2, 0)).errno())
                .contains(Errno.EMFILE);
        net.call(net.client, new Syscall.Close(500)).value();
        net.call(net.client, new Syscall.Close(400)).value();
        assertThat(net.udp(net.client)).isEqualTo(400);
        assertThat(net.udp(net.client)).isEqualTo(500);
    }

    @Test
    void aDatagramToOneselfStaysOnTheHost() {
        int server = boundServer(9000);
        int sender = net.udp(net.server);
        net.call(
                        net.server,
                        new Syscall.Send(
                                sender,
                                octets("me"),
                                0,
                                Optional.of(new Endpoint(Ipv4Address.LOOPBACK, 9000))))
                .value();
        net.run();
        assertThat(recv(server, 9, 0)).endsWith("= 2");
        assertThat(net.network.loop().now()).isZero();
    }

    /** RFC 768: "delivery and duplicate protection are not guaranteed". RFC 8085 §3.3. */
    @Test
    void lossDuplicationAndReorderingAreLeftToTheProgram() {
        net =
                new TwoHosts(
                        3,
                        Map.of(),
                        new Impairment.Loss("", 0.2),
                        new Impairment.Duplicate("", 0.2),
                        new Impairment.Corrupt("", 0.1),
                        new Impairment.Reorder("", 0.2, 3 * MS));
        int server = boundServer(9000);
        int client = net.udp(net.client);
        for (int i = 0; i < 200; i++) {
            send(client, String.format("%03d", i), 9000);
            net.runFor(MS);
        }
        net.run();
        List<Integer> arrived = new ArrayList<>();
        while (true) {
            var recv = new Syscall.Recv(server, 100, MessageFlags.MSG_DONTWAIT, false);
            var answer = net.call(net.server, recv);
            if (answer.errno().isPresent()) break;
            arrived.add(
                    Integer.parseInt(new String(answer.value().data(), StandardCharsets.UTF_8)));
        }
        assertThat(arrived).as("none is damaged").allMatch(n -> n >= 0 && n < 200);
        assertThat(new TreeSet<>(arrived)).as("some are lost").hasSizeBetween(100, 190);
        assertThat(arrived).as("some come twice").hasSizeGreaterThan(new TreeSet<>(arrived).size());
        assertThat(arrived)
                .as("some are overtaken")
                .isNotEqualTo(arrived.stream().sorted().toList());
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        assertThat(lossy(7)).isEqualTo(lossy(7)).isNotEqualTo(lossy(8));
    }

    private static String lossy(long seed) {
        var net =
                new TwoHosts(
                        seed,
                        Map.of(),
                        new Impairment.Loss("", 0.3),
                        new Impairment.Duplicate("", 0.2),
                        new Impairment.Reorder("", 0.2, 3 * MS));
        int server = net.udp(net.server);
        net.call(net.server, new Syscall.Bind(server, at(Ipv4Address.ANY, 9000))).value();
        int client = net.udp(net.client);
        for (int i = 0; i < 50; i++) {
            net.call(
                            net.client,
                            new Syscall.Send(
                                    client, octets("n" + i), 0, Optional.of(at(SERVER, 9000))))
                    .value();
        }
        net.run();
        return net.events.toString().replaceAll("\\[B@[0-9a-f]+", "octets");
    }
}
