package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ping sockets. What is expected was seen of a C program's same calls on Linux 6.18, the far host
 * behind a router there too; icmp(7), net/ipv4/ping.c.
 */
class PingSocketTest {

    private static final String ALLOWED =
            """
              hosts: {client: {sysctl: {net.ipv4.ping_group_range: "0 2147483647"}}, server: {}}
            """;

    private static final Lab LAB = TwoHosts.labWith("  hosts: {client: {}, server: {}}\n", ALLOWED);

    /** An echo request with identifier 7, which does not stay, and sequence number 5. */
    private static final String REQUEST = "\"\\x08\\0\\0\\0\\0\\x07\\0\\x05abcdefgh\"";

    private LabRun run = LabRun.start(LAB, 7);

    private void script(String text) {
        String filled = text.replace("REQUEST", REQUEST);
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", filled)).differences()).isEmpty();
    }

    /** The calls that have received something. */
    private List<CallReturned> received() {
        return run.events().stream()
                .filter(CallReturned.class::isInstance)
                .map(CallReturned.class::cast)
                .filter(e -> e.name().startsWith("recv") && e.data() != null)
                .toList();
    }

    /** The default of net.ipv4.ping_group_range is no group at all. */
    @Test
    void onlyGroupsOfTheRangeMayHaveOne() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = -1 EACCES
                server: sysctl -w net.ipv4.ping_group_range="1000 1000"
                server: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 3
                server: socket(AF_INET, SOCK_STREAM, IPPROTO_ICMP) = -1 EPROTONOSUPPORT
                server: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMPV6) = -1 EPROTONOSUPPORT
                server: socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMP) = -1 EPROTONOSUPPORT
                server: sysctl -w net.ipv4.ping_group_range="5 3"
                """);
        assertThat(run.input("server: sysctl net.ipv4.ping_group_range").text())
                .contains("net.ipv4.ping_group_range = 1\t0");
    }

    /** The identifier is the socket's port; the reply's is the same. */
    @Test
    void theKernelWritesIdentifierAndChecksum() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 3
                client: bind(3, *:1234) = 0
                client: sendto(3, REQUEST, 16, 0, server:99) = 16
                client: recvfrom(3, ..., 100, 0, ..., ...) = 16
                client: sendto(3, REQUEST, 16, 0, server:99) = 16
                quiet()
                client: ioctl(3, FIONREAD, ...) = -1 ENOTTY
                client: poll([{fd=3, events=POLLIN|POLLOUT, revents=POLLIN|POLLOUT}], 1, 0) = 1
                client: recv(3, ..., 4, MSG_PEEK) = 4
                client: recv(3, ..., 4, MSG_TRUNC) = 4
                client: recv(3, ..., 4, MSG_DONTWAIT) = -1 EAGAIN
                client: recv(3, ..., 4, MSG_OOB) = -1 EOPNOTSUPP
                """);
        CallReturned reply = received().getFirst();
        assertThat(reply.text()).endsWith(", 0, 10.0.0.2:0) = 16");
        assertThat(reply.data()).startsWith(0, 0);
        assertThat(reply.data()).endsWith(0x04, 0xD2, 0, 5, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
        assertThat(run.events().stream().filter(IcmpSent.class::isInstance))
                .extracting(e -> ((IcmpSent) e).text())
                .containsExactly("echo request", "echo reply", "echo request", "echo reply");
    }

    @Test
    void refusesWhatIsNoEchoRequest() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 3
                client: send(3, REQUEST, 16, 0) = -1 EDESTADDRREQ
                client: bind(3, *:1234) = -1 EINVAL
                client: sendto(3, REQUEST, 7, 0, server:1) = -1 EINVAL
                client: sendto(3, "\\x08\\x01\\0\\0\\0\\x07\\0\\x05", 8, 0, server:1) = -1 EINVAL
                client: sendto(3, "\\0\\0\\0\\0\\0\\x07\\0\\x05", 8, 0, server:1) = -1 EINVAL
                client: sendto(3, "\\x0d\\0\\0\\0\\0\\x07\\0\\x05", 8, 0, server:1) = -1 EINVAL
                client: sendto(3, REQUEST, 8, MSG_OOB, server:1) = -1 EOPNOTSUPP
                client: sendto(3, REQUEST, 8, 0, 99.0.0.1:1) = -1 ENETUNREACH
                client: setsockopt(3, IPPROTO_UDP, UDP_CORK, [1]) = -1 ENOPROTOOPT
                client: getsockopt(3, IPPROTO_UDP, UDP_CORK, ...) = -1 EOPNOTSUPP
                client: getsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1]) = 0
                client: listen(3, 1) = -1 EOPNOTSUPP
                client: shutdown(3, SHUT_RDWR) = -1 ENOTCONN
                """);
    }

    /** Of two with one identifier, the one bound last has the reply. */
    @Test
    void socketsShareAnIdentifierUnlessOneWillNot() {
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 3
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 4
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 5
                client: bind(3, *:1234) = 0
                client: bind(4, *:1234) = 0
                client: setsockopt(5, SOL_SOCKET, SO_REUSEADDR, [0]) = 0
                client: bind(5, *:1234) = -1 EADDRINUSE
                client: bind(5, 9.9.9.9:5) = -1 EADDRNOTAVAIL
                client: sendto(3, REQUEST, 16, 0, server:1) = 16
                quiet()
                client: recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
                client: recv(4, ..., 100, MSG_DONTWAIT) = 16
                client: connect(5, server:99) = 0
                client: getpeername(5, server:99, [16]) = 0
                client: send(5, REQUEST, 16, 0) = 16
                client: recv(5, ..., 100, 0) = 16
                """);
    }

    /** Only with IP_RECVERR, as it is not final. The queue has the request as it was quoted. */
    @Test
    void aRoutersTimeExceededIsTold() {
        run =
                LabRun.start(
                        TwoHosts.labWith(
                                """
                                  hosts: {client: {}, server: {}}
                                  links: [{a: client, b: server, delay: 10ms}]
                                """,
                                ALLOWED.replace(", server", ", router: {forwarding: true}, server")
                                        + """
                                          links:
                                            - {a: client, b: router, delay: 10ms}
                                            - {a: router, b: server, delay: 10ms}
                                        """),
                        7);
        script(
                """
                client: socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) = 3
                client: setsockopt(3, IPPROTO_IP, IP_TTL, [1]) = 0
                client: connect(3, server:0) = 0
                client: send(3, REQUEST, 16, 0) = 16
                quiet()
                client: recv(3, ..., 100, MSG_DONTWAIT) = -1 EAGAIN
                client: setsockopt(3, IPPROTO_IP, IP_RECVERR, [1]) = 0
                client: send(3, REQUEST, 16, 0) = 16
                quiet()
                client: recv(3, ..., 100, MSG_DONTWAIT) = -1 EHOSTUNREACH
                client: recvmsg(3, {msg_iov=[{..., 100}], msg_flags=MSG_ERRQUEUE,
                    msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_RECVERR, cmsg_data={ee_errno=113,
                    ee_origin=SO_EE_ORIGIN_ICMP, ee_type=11, ee_code=0}}]}, MSG_ERRQUEUE) = 16
                """);
        assertThat(received().getLast().data()).startsWith(8, 0);
    }

    @Test
    void askByIpv6Too() {
        script(
                """
                client: socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6) = 3
                client: getsockopt(3, IPPROTO_IPV6, IPV6_V6ONLY, [1]) = 0
                client: sendto(3, "\\x80\\0\\0\\0\\0\\x07\\0\\x05", 8, 0, [::1]:77) = 8
                client: recvfrom(3, ..., 100, 0, ..., ...) = 8
                client: sendto(3, REQUEST, 16, 0, [::1]:77) = -1 EINVAL
                client: bind(3, [::ffff:127.0.0.1]:0) = -1 EINVAL
                """);
        assertThat(received().getFirst().data()).startsWith(129);
        assertThat(received().getFirst().text()).endsWith(", [::1]:0) = 8");
    }
}
