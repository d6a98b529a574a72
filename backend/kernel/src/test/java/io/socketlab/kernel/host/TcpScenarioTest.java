package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.Counted;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.SegmentReceived;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wire.Ipv4Address;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TcpScenarioTest {

    private TwoHosts net = new TwoHosts();

    private int listener(int port, int backlog) {
        int fd = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(fd, at(Ipv4Address.ANY, port))).value();
        net.call(net.server, new Syscall.Listen(fd, backlog)).value();
        return fd;
    }

    private TwoHosts.Answer<Integer> connect(int fd, int port) {
        return net.call(net.client, new Syscall.Connect(fd, at(SERVER, port)));
    }

    private TwoHosts.Answer<Integer> send(Host host, int fd, byte[] data) {
        return net.call(host, new Syscall.Send(fd, data, 0, Optional.empty()));
    }

    private TwoHosts.Answer<?> recv(Host host, int fd, int count) {
        return net.call(host, new Syscall.Recv(fd, count, 0, false));
    }

    /** A connection: the client's descriptor is 3, the server's 4. */
    private void connected() {
        int listener = listener(8080, 5);
        int client = net.tcp(net.client);
        var connecting = connect(client, 8080);
        net.runFor(100 * MS);
        assertThat(connecting.text()).isEqualTo("connect(3, 10.0.0.2:8080) = 0");
        assertThat(net.call(net.server, new Syscall.Accept(listener, 0)).text())
                .startsWith("accept(3, ")
                .endsWith("= 4");
    }

    /** The segments as they went out, with their acknowledgements and windows. */
    private List<String> wire() {
        return net.events(SegmentSent.class).stream()
                .map(s ->
                        TwoHosts.line(s)
                                + (s.relAck() < 0 ? "" : " ack " + s.relAck())
                                + " win "
                                + s.window())
                .toList();
    }

    private List<String> states(String host, int socket) {
        return net.events(StateChanged.class).stream()
                .filter(s -> s.stamp().host().equals(host) && s.socket() == socket)
                .map(StateChanged::to)
                .toList();
    }

    @Test
    void opensAConnectionInThreeSegmentsAsLinuxDoes() {
        connected();
        assertThat(wire())
                .containsExactly(
                        "client 0 S 0:0(0) win 64240",
                        "server 10 S. 0:0(0) ack 1 win 65160",
                        "client 20 . 1:1(0) ack 1 win 63");
        SegmentSent syn = net.events(SegmentSent.class).getFirst();
        assertThat(syn.options()).matches("mss 1460,sackOK,TS val [0-9]+ ecr 0,nop,wscale 10");
        assertThat(states("client", 1)).containsExactly("SYN_SENT", "ESTABLISHED");
        assertThat(states("server", 1)).containsExactly("LISTEN");
        assertThat(states("server", 2)).containsExactly("SYN_RECEIVED", "ESTABLISHED");
    }

    @Test
    void carriesOctetsAndAcknowledgesThem() {
        connected();
        assertThat(send(net.client, 3, octets("hello")).text())
                .isEqualTo("send(3, \"hello\", 5, 0) = 5");
        net.runFor(100 * MS);
        assertThat(recv(net.server, 4, 100).text()).isEqualTo("recv(4, \"hello\", 100, 0) = 5");
        assertThat(wire().subList(3, 5))
                .containsExactly(
                        "client 100 P. 1:6(5) ack 1 win 63", "server 110 . 1:1(0) ack 6 win 64");
    }

    @Test
    void saysGoodbyeInFourStepsAndWaitsAMinute() {
        connected();
        net.call(net.client, new Syscall.Close(3)).value();
        net.runFor(100 * MS);
        assertThat(recv(net.server, 4, 100).text()).isEqualTo("recv(4, \"\", 100, 0) = 0");
        net.call(net.server, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(states("client", 1))
                .containsExactly(
                        "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT");
        assertThat(states("server", 2))
                .containsExactly("SYN_RECEIVED", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK", "CLOSED");
        net.run();
        assertThat(states("client", 1)).endsWith("CLOSED");
        assertThat(net.network.loop().now()).isEqualTo(60_210 * MS);
        assertThat(net.events(SocketDestroyed.class)).hasSize(2);
    }

    @Test
    void keepsOneDirectionOpenAfterShutdown() {
        connected();
        net.call(net.client, new Syscall.Shutdown(3, Syscall.Shutdown.SHUT_WR)).value();
        net.runFor(100 * MS);
        send(net.server, 4, octets("still here")).value();
        net.runFor(100 * MS);
        assertThat(recv(net.client, 3, 100).text()).contains("still here");
        assertThat(send(net.client, 3, octets("x")).errno()).contains(Errno.EPIPE);
        net.call(net.server, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(states("client", 1)).endsWith("FIN_WAIT_2", "TIME_WAIT");
        assertThat(recv(net.client, 3, 100).text()).endsWith("= 0");
    }

    @Test
    void finsThatCrossLeadThroughClosing() {
        connected();
        net.call(net.client, new Syscall.Close(3)).value();
        net.call(net.server, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(states("client", 1)).endsWith("FIN_WAIT_1", "CLOSING", "TIME_WAIT");
        assertThat(states("server", 2)).endsWith("FIN_WAIT_1", "CLOSING", "TIME_WAIT");
    }

    @Test
    void isRefusedWhereNobodyListens() {
        int fd = net.tcp(net.client);
        var connecting = connect(fd, 81);
        net.run();
        assertThat(connecting.errno()).contains(Errno.ECONNREFUSED);
        assertThat(wire().get(1)).isEqualTo("server 10 R. 0:0(0) ack 1 win 0");
    }

    @Test
    void asksAgainWhenTheSynIsLost() {
        net = new TwoHosts(new Impairment.Loss("client", 1.0));
        int fd = net.tcp(net.client);
        var connecting = connect(fd, 8080);
        net.run();
        assertThat(connecting.errno()).contains(Errno.ETIMEDOUT);
        assertThat(net.events(SegmentSent.class).stream().map(s -> s.stamp().at() / (1000 * MS)))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 7L, 11L, 19L, 35L, 67L);
    }

    @Test
    void dropsSynsAndLastAcksWhenTheAcceptQueueIsFull() {
        listener(8080, 0);
        for (int i = 0; i < 3; i++) {
            int fd = net.tcp(net.client);
            net.call(net.client, i + 1, new Syscall.Connect(fd, at(SERVER, 8080)));
            net.runFor(100 * MS);
        }
        assertThat(states("server", 2)).containsExactly("SYN_RECEIVED", "ESTABLISHED");
        assertThat(net.events(PacketDropped.class))
                .isNotEmpty()
                .allSatisfy(d -> assertThat(d.reason().name()).isEqualTo("ACCEPT_QUEUE_FULL"));
    }

    @Test
    void resetsWhenThereIsUnreadData() {
        connected();
        send(net.client, 3, octets("unread")).value();
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        assertThat(recv(net.client, 3, 10).errno()).contains(Errno.ECONNRESET);
        assertThat(states("client", 1)).endsWith("CLOSED");
    }

    @Test
    void aTimeWaitPortNeedsReuseAddrOnBothSockets() {
        connected();
        net.call(net.server, new Syscall.Close(4)).value();
        net.runFor(100 * MS);
        net.call(net.client, new Syscall.Close(3)).value();
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Close(3)).value();
        int again = net.tcp(net.server);
        assertThat(net.call(net.server, new Syscall.Bind(again, at(Ipv4Address.ANY, 8080))).errno())
                .contains(Errno.EADDRINUSE);
        net.run();
        assertThat(net.call(net.server, new Syscall.Bind(again, at(Ipv4Address.ANY, 8080))).text())
                .endsWith("= 0");
    }

    @Test
    void stopsAtAClosedWindowAndProbesIt() {
        connected();
        byte[] much = new byte[2_000_000];
        var sending = send(net.client, 3, much);
        net.runFor(3000 * MS);
        assertThat(sending.text()).isEqualTo("waiting");
        List<SegmentSent> segments = net.events(SegmentSent.class);
        assertThat(
                        segments.stream()
                                .anyMatch(
                                        s -> s.stamp().host().equals("server") && s.window() == 0))
                .isTrue();
        assertThat(segments.getLast().window()).isZero();
        int got = 0;
        while (got < much.length) {
            var answer = net.call(net.server, new Syscall.Recv(4, 100_000, 0, false));
            net.runFor(1000 * MS);
            got += answer.value().result();
        }
        assertThat(got).isEqualTo(much.length);
        assertThat(sending.text()).endsWith("= 2000000");
    }

    @Test
    void deliversEveryOctetInOrderThoughSegmentsAreLost() {
        for (int seed = 1; seed <= 20; seed++) {
            net =
                    new TwoHosts(
                            seed,
                            Map.of(),
                            new Impairment.Loss("", 0.05),
                            new Impairment.Reorder("", 0.05, 3 * MS),
                            new Impairment.Duplicate("", 0.02),
                            new Impairment.Corrupt("", 0.02));
            int listener = listener(8080, 5);
            var connecting = connect(net.tcp(net.client), 8080);
            net.runFor(200_000 * MS);
            assertThat(connecting.text()).as("seed %d", seed).endsWith("= 0");
            net.call(net.server, new Syscall.Accept(listener, 0)).value();
            byte[] data = new byte[300_000];
            for (int i = 0; i < data.length; i++) data[i] = (byte) (i * 31 + i / 251);
            send(net.client, 3, data);
            var got = new ByteArrayOutputStream();
            for (int i = 0; i < 2000 && got.size() < data.length; i++) {
                var answer = net.call(net.server, new Syscall.Recv(4, 65_536, 0, false));
                net.runFor(200_000 * MS);
                got.writeBytes(answer.value().data());
            }
            assertThat(Arrays.mismatch(got.toByteArray(), data)).as("seed %d", seed).isEqualTo(-1);
        }
    }

    @Test
    void repairsALossByFastRetransmit() {
        net = new TwoHosts(new Impairment.DropNth("client", 6));
        connected();
        send(net.client, 3, new byte[14_480]).value();
        net.runFor(150 * MS);
        List<SegmentSent> again =
                net.events(SegmentSent.class).stream().filter(s -> s.retransmission() > 0).toList();
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().stamp().at()).isLessThan(150 * MS);
        assertThat(again.getFirst().stamp().rule()).isNotNull();
        assertThat(again.getFirst().stamp().rule().id()).isEqualTo("RFC5681.FAST_RETRANSMIT");
    }

    @Test
    void losesTheSegmentThatAnImpairmentCounts() {
        net = new TwoHosts(new Impairment.DropNth("client", new Counted(8080, true), 2, 1));
        int other = listener(9090, 5);
        int early = net.tcp(net.client);
        connect(early, 9090);
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Accept(other, 0)).value();
        send(net.client, early, octets("not for port 8080")).value();
        net.runFor(100 * MS);
        int listener = listener(8080, 5);
        int client = net.tcp(net.client);
        connect(client, 8080);
        net.runFor(100 * MS);
        net.call(net.server, new Syscall.Accept(listener, 0)).value();
        for (String text : List.of("one", "second", "three")) {
            send(net.client, client, octets(text)).value();
            net.runFor(100 * MS);
        }
        List<PacketDropped> lost = net.events(PacketDropped.class);
        assertThat(lost).hasSize(1);
        assertThat(net.events(SegmentSent.class))
                .filteredOn(s -> s.packet() == lost.getFirst().packet())
                .extracting(SegmentSent::length)
                .containsExactly("second".length());
    }

    @Test
    void holdsBackTheSegmentThatAnImpairmentCounts() {
        net = new TwoHosts(new Impairment.DelayNth("client", new Counted(0, true), 1, 20 * MS));
        connected();
        int before = net.events(SegmentReceived.class).size();
        send(net.client, 3, new byte[2 * 1448]).value();
        net.runFor(100 * MS);
        List<Integer> sent =
                net.events(SegmentSent.class).stream()
                        .filter(s -> s.length() > 0)
                        .map(SegmentSent::packet)
                        .toList();
        assertThat(net.events(SegmentReceived.class).stream().skip(before))
                .filteredOn(r -> sent.contains(r.packet()))
                .extracting(SegmentReceived::packet)
                .startsWith(sent.get(1), sent.get(0));
    }
}
