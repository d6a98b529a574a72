package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.PacketForwarded;
import io.socketlab.kernel.trace.TraceEvent.RxQueued;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.script.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several hosts, LANs and routers, as lab.yaml describes them. */
class TopologyTest {

    private static final String ROUTER =
            """
            hosts: {client: {}, router: {forwarding: true}, server: {}}
            links:
              - {a: client, b: router, delay: 5ms}
              - {a: router, b: server, delay: 10ms, mtu: 1000}
            """;

    private static final String TWO_ROUTERS =
            """
            hosts: {client: {}, r1: {forwarding: true}, r2: {forwarding: true}, server: {}}
            links:
              - {a: client, b: r1, delay: 1ms}
              - {a: r1, b: r2, delay: 1ms}
              - {a: r2, b: server, delay: 1ms}
            """;

    private LabRun run = LabRun.start(TwoHosts.lab(), 1);

    private void start(String topology) {
        run = LabRun.start(TwoHosts.labOf(topology), 7);
    }

    private void input(String... lines) {
        for (String line : lines) run.input(line);
    }

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("topology.pkt", text)).differences()).isEmpty();
    }

    private <E extends TraceEvent> List<E> events(Class<E> type) {
        return run.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void aRouterHasAnInterfaceAndANetworkForEachLink() {
        start(ROUTER);
        assertThat(print("router: ip -4 addr").lines().filter(l -> l.contains("scope global")))
                .containsExactly(
                        "    inet 10.0.1.2/24 brd 10.0.1.255 scope global eth0",
                        "    inet 10.0.2.1/24 brd 10.0.2.255 scope global eth1");
        assertThat(print("router: ip route").lines().map(String::strip))
                .containsExactly(
                        "10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.2",
                        "10.0.2.0/24 dev eth1 proto kernel scope link src 10.0.2.1");
        assertThat(print("client: ip route").lines().map(String::strip))
                .containsExactly(
                        "default via 10.0.1.2 dev eth0",
                        "10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.1");
        assertThat(print("router: ip neigh").lines().map(String::strip))
                .containsExactly(
                        "10.0.1.1 dev eth0 lladdr 02:00:00:00:00:01 PERMANENT",
                        "10.0.2.2 dev eth1 lladdr 02:00:00:00:00:04 PERMANENT");
        assertThat(print("router: ip link show eth1")).contains("3: eth1: <", " mtu 1000 ");
        assertThat(print("router: cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("1");
    }

    /** RFC 1812 §5.2; the TTL that arrives is one less. */
    @Test
    void aRouterSendsOnWhatIsForOthers() {
        start(ROUTER);
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:5000) = 0
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: sendto(3, "hello", 5, 0, server:5000, ...) = 5
                server: recvfrom(3, ..., 100, 0, client:32768, ...) = 5
                """
                        .replace("client:32768, ...", "..., ..."));
        assertThat(events(PacketForwarded.class))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.stamp().host()).isEqualTo("router");
                    assertThat(e.in()).isEqualTo("eth0");
                    assertThat(e.out()).isEqualTo("eth1");
                    assertThat(e.ttl()).isEqualTo(63);
                    assertThat(e.nextHop()).isEqualTo("10.0.2.2");
                });
        assertThat(events(RxQueued.class)).extracting(RxQueued::dev).containsOnly("eth0");
        assertThat(print("router: nstat -az IpForwDatagrams")).contains("IpForwDatagrams", " 1 ");
    }

    /** What traceroute(8) does: RFC 1812 §5.3.1, ip(7), IP_RECVERR. */
    @Test
    void timeToLiveFindsTheRoutersOfAPath() {
        start(TWO_ROUTERS);
        input(
                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                "client: setsockopt(3, SOL_IP, IP_RECVERR, [1], 4)",
                "client: connect(3, server:33434)");
        for (int ttl = 1; ttl <= 3; ttl++) {
            input(
                    "client: setsockopt(3, SOL_IP, IP_TTL, [" + ttl + "], 4)",
                    "client: send(3, \"probe\", 5, 0)",
                    "run",
                    "client: recvmsg(3, {msg_name(...)=..., msg_iov(1)=[{..., 100}],"
                            + " msg_flags=MSG_ERRQUEUE}, MSG_ERRQUEUE)",
                    "client: getsockopt(3, SOL_SOCKET, SO_ERROR, ..., ...)");
        }
        assertThat(events(IcmpSent.class))
                .extracting(e -> e.stamp().host() + " " + e.src() + " " + e.text())
                .containsExactly(
                        "r1 10.0.1.2 time to live exceeded",
                        "r2 10.0.2.2 time to live exceeded",
                        "server 10.0.3.2 port unreachable");
        assertThat(
                        events(TraceEvent.CallReturned.class).stream()
                                .filter(e -> e.name().equals("getsockopt"))
                                .map(e -> e.text().replaceAll(".*SO_ERROR, \\[(\\w+)\\].*", "$1")))
                .as("EHOSTUNREACH, EHOSTUNREACH, ECONNREFUSED: taken with the queue")
                .hasSize(3);
    }

    /** RFC 5082 §3, net/ipv4/tcp_ipv4.c, tcp_v4_err(): the TTL of the segment that is quoted. */
    @Test
    void aStreamHeedsNoErrorAboutASegmentOfLowerTtlThanItTakes() {
        start(TWO_ROUTERS);
        for (int fd = 3; fd <= 4; fd++) {
            input(
                    "client: socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)",
                    "client: setsockopt(" + fd + ", SOL_IP, IP_RECVERR, [1], 4)",
                    "client: setsockopt(" + fd + ", SOL_IP, IP_TTL, [2], 4)",
                    "client: setsockopt(" + fd + ", SOL_IP, IP_MINTTL, [" + (fd - 2) + "], 4)",
                    "client: connect(" + fd + ", server:80)",
                    "run 100ms");
        }
        assertThat(print("client: nstat -az TcpExtTCPMinTTLDrop")).contains(" 1 ");
        script(
                """
                client: getsockopt(3, SOL_SOCKET, SO_ERROR, [EHOSTUNREACH], [4]) = 0
                client: getsockopt(4, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
                """);
    }

    /** RFC 1191 §3: the connection goes on with smaller segments. */
    @Test
    void tcpFindsOutTheMtuOfThePath() {
        start(TWO_ROUTERS.replace("b: r2, delay: 1ms", "b: r2, delay: 1ms, mtu: 1000"));
        input(
                "server: socket(AF_INET, SOCK_STREAM, 0)",
                "server: bind(3, *:80)",
                "server: listen(3, 5)",
                "client: socket(AF_INET, SOCK_STREAM, 0)",
                "client: connect(3, server:80)",
                "run",
                "client: write(3, ..., 5000)",
                "run",
                "server: accept(3, ..., ...)");
        script(
                """
                server: ioctl(4, FIONREAD, [5000]) = 0
                client: getsockopt(3, SOL_IP, IP_MTU, [1000], [4]) = 0
                """);
        assertThat(events(IcmpSent.class))
                .extracting(e -> e.stamp().host() + " " + e.text())
                .containsOnly("r1 fragmentation needed");
    }

    @Test
    void aDatagramThatMustNotBeCutUpIsRefusedByTheRouter() {
        start(ROUTER);
        input(
                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                "client: setsockopt(3, SOL_IP, IP_MTU_DISCOVER, [IP_PMTUDISC_DO], 4)",
                "client: connect(3, server:5000)",
                "client: send(3, ..., 1200, 0)",
                "run",
                "client: getsockopt(3, SOL_IP, IP_MTU, ..., ...)",
                "client: send(3, ..., 1200, 0)");
        assertThat(events(IcmpSent.class))
                .extracting(e -> e.stamp().host() + " " + e.text())
                .containsExactly("router fragmentation needed");
        assertThat(events(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .containsExactly(DropReason.TOO_BIG);
        assertThat(events(TraceEvent.CallReturned.class).getLast().text()).contains("EMSGSIZE");
    }

    @Test
    void aDatagramThatMayBeCutUpIsCutUpByTheRouter() {
        start(ROUTER);
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:5000) = 0
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: setsockopt(3, SOL_IP, IP_MTU_DISCOVER, [IP_PMTUDISC_DONT], 4) = 0
                client: sendto(3, ..., 1200, 0, server:5000, ...) = 1200
                server: recv(3, ..., 2000, 0) = 1200
                """);
        assertThat(events(TraceEvent.FragmentSent.class))
                .extracting(e -> e.stamp().host() + " " + e.offset() + " " + e.length())
                .containsExactly("router 0 976", "router 976 232");
    }

    /** RFC 1812 §5.2.7.1: no route, and nobody there. */
    @Test
    void aRouterSaysWhatItCannotReach() {
        start(ROUTER);
        input(
                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                "client: sendto(3, \"x\", 1, 0, 192.0.2.1:7, ...)",
                "run",
                "client: sendto(3, \"x\", 1, 0, 10.0.2.77:7, ...)",
                "run 4s");
        assertThat(events(IcmpSent.class))
                .extracting(
                        e -> e.stamp().host() + " " + e.text() + " " + e.stamp().at() / 1_000_000)
                .containsExactly("router network unreachable 5", "router host unreachable 3015");
    }

    @Test
    void aHostThatIsNoRouterKeepsNothingMoving() {
        start(
                ROUTER.replace("{forwarding: true}", "{}")
                        .replace("client: {}", "client: {gateway: router}")
                        .replace("delay: 5ms", "delay: 5ms, subnet: 10.0.1.0/24")
                        .replace("mtu: 1000", "subnet: 10.0.2.0/24"));
        input(
                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                "client: sendto(3, \"x\", 1, 0, server:7, ...)",
                "run");
        assertThat(events(PacketDropped.class))
                .extracting(e -> e.stamp().host() + " " + e.reason())
                .containsExactly("router NOT_OURS");
    }

    /** Several clients on one server, by links of their own that come together in front of it. */
    @Test
    void severalHostsReachOneServer() {
        start(
                """
                hosts: {client: {count: 3}, server: {}}
                links: [{a: client, b: server, delay: 10ms, drop: [{from: client2, nth: 1}]}]
                """);
        script(
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:80) = 0
                server: listen(3, 5) = 0
                client1: socket(AF_INET, SOCK_STREAM, 0) = 3
                client2: socket(AF_INET, SOCK_STREAM, 0) = 3
                client3: socket(AF_INET, SOCK_STREAM, 0) = 3
                client1: connect(3, server:80) = 0
                client3: connect(3, server:80) = 0
                client2: connect(3, server:80) = 0
                server: accept(3, client1:..., ...) = 4
                """
                        .replace("client1:...", "..."));
        assertThat(print("server: ss -tanH").lines()).hasSize(4);
        assertThat(print("server: ip -4 addr show eth0")).contains("10.0.0.4/24");
        assertThat(events(PacketDropped.class))
                .extracting(e -> e.stamp().host() + " " + e.reason())
                .containsExactly("client2 LINK_LOSS");
    }

    /** IEEE 802.1D §7: a switch learns by whom it hears, and each port has a queue of its own. */
    @Test
    void hostsOnALanShareASwitch() {
        start(
                """
                hosts: {client: {count: 2}, server: {}}
                lans:
                  office: {hosts: [client, server], delay: 1ms, rate: 10mbit, queue: 5pkt}
                """);
        input(
                "server: socket(AF_INET, SOCK_DGRAM, 0)",
                "server: bind(3, *:5000)",
                "client1: socket(AF_INET, SOCK_DGRAM, 0)",
                "client2: socket(AF_INET, SOCK_DGRAM, 0)",
                "server: recv(3, ..., 100, 0)");
        for (int i = 0; i < 6; i++) {
            input(
                    "client1: sendto(3, ..., 1400, 0, server:5000, ...)",
                    "client2: sendto(3, ..., 1400, 0, server:5000, ...)");
        }
        input("run");
        assertThat(events(PacketDropped.class))
                .as("two flows of 10 Mbit/s meet at one port of 10 Mbit/s")
                .extracting(e -> e.where() + " " + e.reason())
                .hasSizeBetween(1, 3)
                .containsOnly("switch LINK_QUEUE_FULL");
        assertThat(events(RxQueued.class))
                .as("a flooded frame is heard by none but its receiver")
                .extracting(e -> e.stamp().host())
                .containsOnly("server");
    }

    @Test
    void aRunWithARouterIsAFunctionOfItsInputs() {
        start(TWO_ROUTERS);
        input(
                "client: socket(AF_INET, SOCK_DGRAM, 0)",
                "client: sendto(3, \"x\", 1, 0, server:7, ...)",
                "run");
        LabRun again = LabRun.replay(TwoHosts.labOf(TWO_ROUTERS), 7, run.inputs());
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        assertThatThrownBy(() -> start(ROUTER.replace("b: server", "b: sever")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("sever");
        assertThatThrownBy(() -> start(ROUTER.replace("mtu: 1000", "subnet: 10.2.0.1/24")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected a network, as in 10.1.0.0/24, not '10.2.0.1/24'");
        assertThatThrownBy(() -> start(ROUTER.replace("client: {}", "client: {gateway: sever}")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("sever");
        assertThatThrownBy(() -> start(ROUTER.replace("client: {}", "client: {gateway: server}")))
                .hasMessageContaining("client has a route by server, and no link to it");
    }
}
