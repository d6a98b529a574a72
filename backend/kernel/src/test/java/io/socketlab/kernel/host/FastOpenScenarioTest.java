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
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fast Open between a client and a server: RFC 7413, as a Linux host has it. */
class FastOpenScenarioTest {

    private static final String FAST_OPEN = "net.ipv4.tcp_fastopen";

    private TwoHosts net = hosts();
    private int listener;

    private static TwoHosts hosts(Impairment... impairments) {
        return new TwoHosts(7, Map.of(FAST_OPEN, "3"), impairments);
    }

    /** Loses the client's packets from the {@code first} to the {@code last}. */
    private static Impairment[] dropping(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> new Impairment.DropNth("client", n))
                .toArray(Impairment[]::new);
    }

    private void listen(int fastOpenBacklog) {
        listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 80))).value();
        option(net.server, listener, SocketOption.TCP_FASTOPEN, fastOpenBacklog).value();
        net.call(net.server, new Syscall.Listen(listener, 10)).value();
    }

    private TwoHosts.Answer<Integer> option(Host host, int fd, SocketOption option, int value) {
        return net.call(host, new Syscall.SetSockOpt(fd, option, new OptionValue.Int(value)));
    }

    private TwoHosts.Answer<Integer> sendFast(int fd, String text, int moreFlags) {
        return net.call(
                net.client,
                new Syscall.Send(
                        fd,
                        octets(text),
                        MessageFlags.MSG_FASTOPEN | moreFlags,
                        Optional.of(at(SERVER, 80))));
    }

    private int accept() {
        return net.call(net.server, new Syscall.Accept(listener, 0)).value().fd();
    }

    private String received(int fd) {
        return net.call(net.server, new Syscall.Recv(fd, 100, MessageFlags.MSG_DONTWAIT, false))
                .text();
    }

    /** A first connection, by which the client gets a cookie. */
    private void getCookie() {
        int fd = net.tcp(net.client);
        var sent = sendFast(fd, "first", 0);
        net.runFor(100 * MS);
        assertThat(sent.value()).isEqualTo(5);
        accept();
        net.events.clear();
    }

    private List<String> segments() {
        return net.events(SegmentSent.class).stream()
                .map(s -> TwoHosts.line(s) + (s.options().contains("FO") ? " FO" : ""))
                .toList();
    }

    private List<Rule> rulesOfSegments() {
        return net.events(SegmentSent.class).stream()
                .flatMap(s -> Stream.ofNullable(s.stamp().rule()))
                .toList();
    }

    @Test
    void theFirstConnectionAsksForACookieAndSendsAfterTheHandshake() {
        listen(5);
        sendFast(net.tcp(net.client), "hello", 0);
        net.runFor(100 * MS);
        assertThat(segments())
                .containsSubsequence(
                        "client 0 S 0:0(0) FO", "server 10 S. 0:0(0) FO", "client 20 P. 1:6(5)");
        assertThat(rulesOfSegments())
                .contains(Rule.RFC7413_COOKIE_REQUEST, Rule.RFC7413_COOKIE_GRANTED);
    }

    @Test
    void withACookieTheServersProgramReadsAndAnswersBeforeTheHandshakeIsOver() {
        listen(5);
        getCookie();
        long start = net.network.loop().now();
        var sent = sendFast(net.tcp(net.client), "hello", 0);
        net.runFor(11 * MS);
        int child = accept();
        assertThat(received(child)).isEqualTo("recv(5, \"hello\", 100, MSG_DONTWAIT) = 5");
        net.call(net.server, new Syscall.Send(child, octets("world"), 0, Optional.empty())).value();
        assertThat(sent.text()).isEqualTo("waiting");
        assertThat(net.events(StateChanged.class))
                .extracting(StateChanged::to)
                .doesNotContain("ESTABLISHED");
        net.runFor(50 * MS);
        assertThat(sent.value()).isEqualTo(5);
        assertThat(start).isEqualTo(100 * MS);
        assertThat(segments())
                .startsWith(
                        "client 100 S 0:5(5) FO",
                        "server 110 S. 0:0(0)",
                        "server 111 P. 1:6(5)",
                        "client 120 . 6:6(0)");
        assertThat(rulesOfSegments()).contains(Rule.RFC7413_SYN_DATA, Rule.RFC7413_DATA_ACCEPTED);
    }

    @Test
    void aLostSynIsSentAgainWithoutCookieAndTextWhichFollowsTheHandshake() {
        net = hosts(dropping(3, 3));
        listen(5);
        getCookie();
        var sent = sendFast(net.tcp(net.client), "hello", MessageFlags.MSG_DONTWAIT);
        assertThat(sent.value()).isEqualTo(5);
        net.runFor(1100 * MS);
        assertThat(segments())
                .startsWith(
                        "client 100 S 0:5(5) FO",
                        "client 1100 S 0:0(0)",
                        "server 1110 S. 0:0(0)",
                        "client 1120 P. 1:6(5)");
        assertThat(rulesOfSegments()).contains(Rule.RFC7413_PLAIN_SYN, Rule.RFC7413_DATA_NOT_ACKED);
        assertThat(received(accept())).contains("\"hello\"");
    }

    @Test
    void anOldCookieIsRefusedAndReplacedOnceTheServersKeyHasChanged() {
        listen(5);
        getCookie();
        net.server.sysctls().set("net.ipv4.tcp_fastopen_key", "1-2-3-4");
        sendFast(net.tcp(net.client), "hello", 0);
        net.runFor(50 * MS);
        sendFast(net.tcp(net.client), "again", 0);
        net.runFor(50 * MS);
        assertThat(segments())
                .containsSubsequence(
                        "client 100 S 0:5(5) FO",
                        "server 110 S. 0:0(0) FO",
                        "client 120 P. 1:6(5)",
                        "client 150 S 0:5(5) FO",
                        "server 160 S. 0:0(0)");
        assertThat(rulesOfSegments()).contains(Rule.RFC7413_COOKIE_INVALID);
        assertThat(received(accept())).contains("\"hello\"");
        assertThat(received(accept())).contains("\"again\"");
    }

    @Test
    void aSecondKeyLetsOldCookiesInAndRenewsThem() {
        net.server.sysctls().set("net.ipv4.tcp_fastopen_key", "1-2-3-4");
        listen(5);
        getCookie();
        net.server.sysctls().set("net.ipv4.tcp_fastopen_key", "5-6-7-8,1-2-3-4");
        sendFast(net.tcp(net.client), "hello", 0);
        net.runFor(15 * MS);
        assertThat(segments()).startsWith("client 100 S 0:5(5) FO", "server 110 S. 0:0(0) FO");
        assertThat(received(accept())).contains("\"hello\"");
    }

    @Test
    void asManyUnfinishedHandshakesAsTheOptionAllowsAndNoMore() {
        listen(1);
        getCookie();
        int second = net.tcp(net.client);
        sendFast(net.tcp(net.client), "one", MessageFlags.MSG_DONTWAIT);
        sendFast(second, "two", MessageFlags.MSG_DONTWAIT);
        net.runFor(15 * MS);
        assertThat(rulesOfSegments())
                .contains(Rule.RFC7413_DATA_ACCEPTED, Rule.LINUX_FASTOPEN_QUEUE_FULL);
        net.runFor(50 * MS);
        assertThat(received(accept())).contains("\"one\"");
        assertThat(received(accept())).contains("\"two\"");
    }

    @Test
    void aConnectionResetInUseCountsForAMinute() {
        listen(1);
        getCookie();
        int client = net.tcp(net.client);
        sendFast(client, "one", MessageFlags.MSG_DONTWAIT);
        net.runFor(10 * MS);
        accept();
        // closed in SYN_SENT: the SYN-ACK finds nobody, and is reset
        net.call(net.client, new Syscall.Close(client)).value();
        net.runFor(50 * MS);
        net.events.clear();
        sendFast(net.tcp(net.client), "two", MessageFlags.MSG_DONTWAIT);
        net.runFor(50 * MS);
        assertThat(rulesOfSegments()).contains(Rule.LINUX_FASTOPEN_QUEUE_FULL);
        net.runFor(60_000 * MS);
        net.events.clear();
        sendFast(net.tcp(net.client), "three", MessageFlags.MSG_DONTWAIT);
        net.runFor(50 * MS);
        assertThat(rulesOfSegments()).contains(Rule.RFC7413_DATA_ACCEPTED);
    }

    @Test
    void connectReturnsAtOnceAndTheFirstWriteOpensTheConnection() {
        listen(5);
        getCookie();
        int fd = net.tcp(net.client);
        option(net.client, fd, SocketOption.TCP_FASTOPEN_CONNECT, 1).value();
        assertThat(net.call(net.client, new Syscall.Connect(fd, at(SERVER, 80))).value()).isZero();
        assertThat(net.call(net.client, new Syscall.Connect(fd, at(SERVER, 80))).errno())
                .contains(Errno.EISCONN);
        net.runFor(50 * MS);
        assertThat(segments()).isEmpty();
        var poll = new Syscall.Poll(List.of(new Syscall.PollFd(fd, EventMask.OUT, 0)), 0);
        assertThat(net.call(net.client, poll).value().getFirst().revents())
                .isEqualTo(EventMask.OUT);
        net.call(net.client, new Syscall.Write(fd, octets("hello")));
        net.runFor(15 * MS);
        assertThat(segments()).startsWith("client 150 S 0:5(5) FO", "server 160 S. 0:0(0)");
        assertThat(received(accept())).contains("\"hello\"");
    }

    @Test
    void callsFailAsTheManualSays() {
        listen(5);
        int fd = net.tcp(net.client);
        net.client.sysctls().set(FAST_OPEN, "0");
        assertThat(sendFast(fd, "x", 0).errno()).contains(Errno.EOPNOTSUPP);
        assertThat(option(net.client, fd, SocketOption.TCP_FASTOPEN_CONNECT, 1).errno())
                .contains(Errno.EOPNOTSUPP);
        net.client.sysctls().set(FAST_OPEN, "1");
        assertThat(option(net.client, fd, SocketOption.TCP_FASTOPEN_CONNECT, 2).errno())
                .contains(Errno.EINVAL);
        var key =
                new Syscall.SetSockOpt(
                        fd, SocketOption.TCP_FASTOPEN_KEY, new OptionValue.Octets(new byte[15]));
        assertThat(net.call(net.client, key).errno()).contains(Errno.EINVAL);
        var nowhere =
                new Syscall.Send(fd, octets("x"), MessageFlags.MSG_FASTOPEN, Optional.empty());
        assertThat(net.call(net.client, nowhere).errno()).contains(Errno.EINVAL);
        int wait = MessageFlags.MSG_DONTWAIT;
        assertThat(sendFast(fd, "x", wait).errno()).contains(Errno.EINPROGRESS);
        assertThat(sendFast(fd, "x", wait).errno()).contains(Errno.EALREADY);
        net.runFor(50 * MS);
        assertThat(sendFast(fd, "x", wait).value()).isEqualTo(1);
        assertThat(sendFast(fd, "x", wait).errno()).contains(Errno.EISCONN);
    }

    @Test
    void theServerGivesUpWhenItsSynAckIsNeverAcknowledged() {
        net = hosts(dropping(4, 60));
        listen(5);
        getCookie();
        sendFast(net.tcp(net.client), "hello", MessageFlags.MSG_DONTWAIT);
        net.runFor(11 * MS);
        int child = accept();
        net.runFor(400_000 * MS);
        assertThat(received(child)).contains("\"hello\"");
        assertThat(received(child)).contains("ETIMEDOUT");
        // at 1, 3, 7, 15, 31 and 63 seconds; once more often than net.ipv4.tcp_synack_retries says
        assertThat(segments().stream().filter(s -> s.startsWith("server") && s.contains("S.")))
                .hasSize(1 + 6);
    }

    @Test
    void threeTimeoutsInARowPauseFastOpenForAsLongAsTheSysctlSays() {
        net = hosts(dropping(3, 6));
        listen(5);
        getCookie();
        net.client.sysctls().set("net.ipv4.tcp_fastopen_blackhole_timeout_sec", "100");
        sendFast(net.tcp(net.client), "lost", MessageFlags.MSG_DONTWAIT);
        net.runFor(20_000 * MS);
        net.events.clear();
        sendFast(net.tcp(net.client), "plain", MessageFlags.MSG_DONTWAIT);
        net.runFor(50 * MS);
        assertThat(segments().getFirst()).isEqualTo("client 20100 S 0:0(0)");
        net.runFor(100_000 * MS);
        net.events.clear();
        sendFast(net.tcp(net.client), "again", MessageFlags.MSG_DONTWAIT);
        net.runFor(50 * MS);
        assertThat(segments().getFirst()).endsWith(" S 0:5(5) FO");
    }
}
