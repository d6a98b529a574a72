package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.CLIENT;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the calls on a datagram socket answer. Every answer here was given by Linux 6.18 to the same
 * calls of a C program.
 */
class UdpCallsTest {

    private TwoHosts net = new TwoHosts();

    private String call(Syscall<?> call) {
        String text = net.call(net.client, call).text();
        return text.replaceAll(".* = ", "").replaceAll(" \\(.*", "");
    }

    private String send(int fd, String text, int flags, Endpoint to) {
        return call(new Syscall.Send(fd, octets(text), flags, Optional.ofNullable(to)));
    }

    private String recv(int fd, int count, int flags) {
        return call(new Syscall.Recv(fd, count, flags, false));
    }

    private String set(int fd, SocketOption option, int value) {
        return call(new Syscall.SetSockOpt(fd, option, new OptionValue.Int(value)));
    }

    private Endpoint name(int fd) {
        return net.call(net.client, new Syscall.GetSockName(fd)).value();
    }

    private static Endpoint loopback(int port) {
        return at(Ipv4Address.LOOPBACK, port);
    }

    @Test
    void aSendThatFailsHasBoundTheSocketAllTheSame() {
        for (Endpoint to : List.of(at(SERVER, 0), at(new Ipv4Address(0xC000_0209), 9))) {
            int fd = net.udp(net.client);
            assertThat(name(fd)).isEqualTo(Endpoint.ANY);
            assertThat(send(fd, "x", 0, to)).startsWith("-1 E");
            assertThat(name(fd).port()).isBetween(32_768, 60_999);
        }
        int fd = net.udp(net.client);
        assertThat(send(fd, "x", 0, null)).isEqualTo("-1 EDESTADDRREQ");
        assertThat(name(fd).port()).isNotZero();
    }

    @Test
    void undoingAConnectKeepsWhatBindGave() {
        int fd = net.udp(net.client);
        call(new Syscall.Connect(fd, loopback(9)));
        assertThat(name(fd).address()).isEqualTo(Ipv4Address.LOOPBACK);
        assertThat(call(new Syscall.Connect(fd, Endpoint.UNSPECIFIED))).isEqualTo("0");
        assertThat(name(fd)).isEqualTo(Endpoint.ANY);
        assertThat(call(new Syscall.GetPeerName(fd))).isEqualTo("-1 ENOTCONN");

        call(new Syscall.Bind(fd, at(Ipv4Address.ANY, 7000)));
        call(new Syscall.Connect(fd, loopback(9)));
        call(new Syscall.Connect(fd, Endpoint.UNSPECIFIED));
        assertThat(name(fd)).isEqualTo(at(Ipv4Address.ANY, 7000));

        int second = net.udp(net.client);
        call(new Syscall.Bind(second, loopback(0)));
        call(new Syscall.Connect(second, loopback(9)));
        call(new Syscall.Connect(second, Endpoint.UNSPECIFIED));
        assertThat(name(second)).isEqualTo(loopback(0));
    }

    /** Seen on Linux 6.18 by the differential test; inet_getname(). */
    @Test
    void aPeerWithoutAPortIsNone() {
        int fd = net.udp(net.client);
        assertThat(call(new Syscall.Connect(fd, at(SERVER, 0)))).isEqualTo("0");
        assertThat(call(new Syscall.GetPeerName(fd))).isEqualTo("-1 ENOTCONN");
    }

    @Test
    void anyAddressMeansThisHost() {
        int fd = net.udp(net.client);
        call(new Syscall.Connect(fd, at(Ipv4Address.ANY, 9)));
        assertThat(net.call(net.client, new Syscall.GetPeerName(fd)).value())
                .isEqualTo(loopback(9));
        int bound = net.udp(net.client);
        call(new Syscall.Bind(bound, at(CLIENT, 7000)));
        call(new Syscall.Connect(bound, at(Ipv4Address.ANY, 9)));
        assertThat(net.call(net.client, new Syscall.GetPeerName(bound)).value())
                .isEqualTo(at(CLIENT, 9));
    }

    @Test
    void broadcastNeedsPermission() {
        Endpoint broadcast = at(new Ipv4Address(0x0A00_00FF), 9);
        int fd = net.udp(net.client);
        assertThat(send(fd, "x", 0, broadcast)).isEqualTo("-1 EACCES");
        assertThat(call(new Syscall.Connect(fd, broadcast))).isEqualTo("-1 EACCES");
        // there is no default route
        assertThat(send(fd, "x", 0, at(Ipv4Address.BROADCAST, 9))).isEqualTo("-1 ENETUNREACH");
        set(fd, SocketOption.SO_BROADCAST, 1);
        assertThat(send(fd, "x", 0, broadcast)).isEqualTo("1");
        assertThat(call(new Syscall.Connect(fd, broadcast))).isEqualTo("0");
        int bound = net.udp(net.client);
        assertThat(call(new Syscall.Bind(bound, broadcast))).isEqualTo("0");
    }

    @Test
    void shutDownForReadingEndsWaitsAndLetsDatagramsIn() {
        int fd = net.udp(net.client);
        call(new Syscall.Bind(fd, loopback(7000)));
        assertThat(call(new Syscall.Shutdown(fd, 0))).isEqualTo("-1 ENOTCONN");
        assertThat(recv(fd, 10, MessageFlags.MSG_DONTWAIT)).isEqualTo("-1 EAGAIN");
        assertThat(recv(fd, 10, 0)).isEqualTo("0");
        send(fd, "ab", 0, loopback(7000));
        net.run();
        assertThat(recv(fd, 10, 0)).isEqualTo("2");
        int other = net.udp(net.client);
        var waiting = net.call(net.client, 2, new Syscall.Recv(other, 10, 0, false));
        call(new Syscall.Shutdown(other, 0));
        net.run();
        assertThat(waiting.text()).endsWith("= 0");
    }

    @Test
    void whatIsHeldBackGoesWhereItsFirstPartWasToGo() {
        int server = net.udp(net.client);
        call(new Syscall.Bind(server, loopback(7000)));
        int fd = net.udp(net.client);
        call(new Syscall.Connect(fd, loopback(7000)));
        assertThat(set(fd, SocketOption.UDP_CORK, 1)).isEqualTo("0");
        send(fd, "ab", 0, null);
        send(fd, "cd", 0, null);
        assertThat(send(fd, "e", 0, loopback(9))).isEqualTo("1");
        set(fd, SocketOption.UDP_CORK, 0);
        net.run();
        assertThat(recv(server, 10, 0)).isEqualTo("5");
        send(fd, "x", MessageFlags.MSG_MORE, null);
        call(new Syscall.Connect(fd, Endpoint.UNSPECIFIED));
        assertThat(send(fd, "gh", 0, null)).isEqualTo("2");
        net.run();
        assertThat(recv(server, 10, 0)).isEqualTo("3");
    }

    @Test
    void aReceiveAtNullTakesTheDatagramOffTheQueue() {
        int fd = net.udp(net.client);
        call(new Syscall.Bind(fd, loopback(7000)));
        send(fd, "abc", 0, loopback(7000));
        net.run();
        assertThat(call(new Syscall.AtBadAddress<>(new Syscall.Recv(fd, 3, 0, false))))
                .isEqualTo("-1 EFAULT");
        assertThat(recv(fd, 10, MessageFlags.MSG_DONTWAIT)).isEqualTo("-1 EAGAIN");
    }

    @Test
    void optionsHaveLinuxsDefaultsAndErrors() {
        int fd = net.udp(net.client);
        assertThat(call(new Syscall.GetSockOpt(fd, SocketOption.IP_MTU))).isEqualTo("-1 ENOTCONN");
        call(new Syscall.Connect(fd, loopback(9)));
        assertThat(net.call(net.client, new Syscall.GetSockOpt(fd, SocketOption.IP_MTU)).text())
                .contains("65535");
        assertThat(set(fd, SocketOption.UDP_SEGMENT, 70_000)).isEqualTo("-1 EINVAL");
        assertThat(set(fd, SocketOption.IP_MTU_DISCOVER, 6)).isEqualTo("-1 EINVAL");
        assertThat(set(fd, SocketOption.IP_MTU, 1400)).isEqualTo("-1 ENOPROTOOPT");
        assertThat(set(fd, SocketOption.TCP_NODELAY, 1)).isEqualTo("-1 ENOPROTOOPT");
        assertThat(call(new Syscall.GetSockOpt(fd, SocketOption.TCP_NODELAY)))
                .isEqualTo("-1 EOPNOTSUPP");
    }

    @Test
    void aReceiveTellsHowManyWereDropped() {
        int fd = net.udp(net.client);
        call(new Syscall.Bind(fd, loopback(7000)));
        set(fd, SocketOption.SO_RCVBUF, 1);
        set(fd, SocketOption.SO_RXQ_OVFL, 1);
        set(fd, SocketOption.IP_RECVTTL, 1);
        for (int i = 0; i < 5; i++) send(fd, "x", 0, loopback(7000));
        net.run();
        recv(fd, 1, 0);
        recv(fd, 1, 0);
        send(fd, "last", 0, loopback(7000));
        net.run();
        assertThat(net.call(net.client, new Syscall.RecvMsg(fd, List.of(10), 0)).text())
                .contains(
                        "msg_control=[{cmsg_level=SOL_SOCKET, cmsg_type=SO_RXQ_OVFL, cmsg_data=3},"
                                + " {cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=64}]");
        assertThat(net.client.counters())
                .containsEntry("UdpInDatagrams", 3L)
                .containsEntry("UdpOutDatagrams", 6L)
                .containsEntry("UdpRcvbufErrors", 3L)
                .containsEntry("UdpInErrors", 3L);
    }

    /** In the order of udp_recvmsg(): sock_recv_cmsgs(), then ip_cmsg_recv_offset(). */
    @Test
    void tellsWhenAndHowADatagramCameAndWhereItWasSent() {
        net = new TwoHosts();
        int fd = net.udp(net.client);
        call(new Syscall.Bind(fd, at(Ipv4Address.ANY, 7000)));
        set(fd, SocketOption.IP_RECVORIGDSTADDR, 1);
        set(fd, SocketOption.IP_RECVTTL, 1);
        set(fd, SocketOption.SO_TIMESTAMPNS, 1);
        send(fd, "x", 0, loopback(7000));
        net.run();
        assertThat(net.call(net.client, new Syscall.RecvMsg(fd, List.of(10), 0)).text())
                .containsPattern(
                        "SCM_TIMESTAMPNS, cmsg_data=\\{tv_sec=[0-9]+, tv_nsec=[0-9]+}}, "
                                + "\\{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=64}, "
                                + "\\{cmsg_level=SOL_IP, cmsg_type=IP_ORIGDSTADDR, "
                                + "cmsg_data=127.0.0.1:7000}]");
    }

    @Test
    void countsDamagedDatagramsAndTakesThoseWithoutChecksum() {
        net = new TwoHosts(new Impairment.Corrupt("client", 1));
        int server = net.udp(net.server);
        net.call(net.server, new Syscall.Bind(server, at(Ipv4Address.ANY, 7000))).value();
        int fd = net.udp(net.client);
        for (int i = 0; i < 40; i++) send(fd, "x".repeat(1000), 0, at(SERVER, 7000));
        net.run();
        assertThat(net.server.counters().get("UdpInCsumErrors")).isBetween(35L, 40L);
        assertThat(net.server.counters()).containsEntry("UdpInDatagrams", 0L);
        set(fd, SocketOption.SO_NO_CHECK, 1);
        long damaged = net.server.counters().get("UdpInCsumErrors");
        for (int i = 0; i < 10; i++) send(fd, "x".repeat(1000), 0, at(SERVER, 7000));
        net.run();
        assertThat(net.server.counters()).containsEntry("UdpInCsumErrors", damaged);
        assertThat(net.call(net.server, new Syscall.Recv(server, 1000, 0, false)).value().data())
                .as("a bit of it is wrong, and nobody can tell")
                .hasSize(1000)
                .isNotEqualTo(octets("x".repeat(1000)));
    }

    /** SO_REUSEPORT, socket(7): one peer's datagrams always come to the same socket. */
    @Test
    void sharersOfAPortDivideThePeersAmongThem() {
        List<Integer> sharers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int fd = net.udp(net.client);
            set(fd, SocketOption.SO_REUSEPORT, 1);
            call(new Syscall.Bind(fd, loopback(7000)));
            sharers.add(fd);
        }
        var hit = new TreeSet<Integer>();
        for (int peer = 0; peer < 40; peer++) {
            int fd = net.udp(net.client);
            for (int i = 0; i < 3; i++) send(fd, "x", 0, loopback(7000));
            net.run();
            var counts = new ArrayList<Integer>();
            for (int sharer : sharers) {
                int count = 0;
                while (recv(sharer, 1, MessageFlags.MSG_DONTWAIT).equals("1")) count++;
                counts.add(count);
            }
            assertThat(counts).containsOnlyOnce(3).containsOnly(0, 3);
            hit.add(counts.indexOf(3));
        }
        assertThat(hit).hasSize(4);
    }

    /** As a course states it; the kernels cut the datagram off. */
    @Test
    void inTheTextbookProfileATruncatedDatagramIsAnError() {
        var textbook = new TwoHosts(KernelProfile.TEXTBOOK);
        int fd = textbook.udp(textbook.client);
        textbook.call(textbook.client, new Syscall.Bind(fd, loopback(7000))).value();
        var send = new Syscall.Send(fd, octets("0123456789"), 0, Optional.of(loopback(7000)));
        textbook.call(textbook.client, send).value();
        textbook.run();
        var recv = new Syscall.Recv(fd, 4, 0, false);
        assertThat(textbook.call(textbook.client, recv).text()).contains("-1 EMSGSIZE");
        var next = new Syscall.Recv(fd, 4, MessageFlags.MSG_DONTWAIT, false);
        assertThat(textbook.call(textbook.client, next).text()).contains("-1 EAGAIN");
    }
}
