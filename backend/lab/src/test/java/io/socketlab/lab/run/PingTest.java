package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.JobEnded;
import io.socketlab.kernel.trace.TraceEvent.JobPrinted;
import io.socketlab.lab.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Echo requests from a shell. What is printed is what ping of iputils 20221126 prints between
 * network namespaces of Linux 6.18, but for the times.
 */
class PingTest {

    private static final String ROUTED =
            """
            hosts:
              client: {}
              server: {}
              router: {forwarding: true}
            links:
              - {a: client, b: router, delay: 1ms}
              - {a: server, b: router, delay: 1ms, mtu: 1400}
            """;

    private LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String ping(String arguments) {
        run.input("client: ping " + arguments);
        while (run.nextAt().isPresent()) run.input("run");
        return String.join(
                "",
                run.events().stream()
                        .filter(JobPrinted.class::isInstance)
                        .map(e -> ((JobPrinted) e).output())
                        .toList());
    }

    private int status() {
        return run.events().stream()
                .filter(JobEnded.class::isInstance)
                .mapToInt(e -> ((JobEnded) e).status())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsOfEachReply() {
        assertThat(ping("-c 2 server"))
                .isEqualTo(
                        """
                        PING server (10.0.0.2) 56(84) bytes of data.
                        64 bytes from server (10.0.0.2): icmp_seq=1 ttl=64 time=20.0 ms
                        64 bytes from server (10.0.0.2): icmp_seq=2 ttl=64 time=20.0 ms

                        --- server ping statistics ---
                        2 packets transmitted, 2 received, 0% packet loss, time 1000ms
                        rtt min/avg/max/mdev = 20.000/20.000/20.000/0.000 ms
                        """);
        assertThat(status()).isZero();
        assertThat(run.now()).isEqualTo(1_020_000_000);
        assertThat(run.input("client: nstat -az IcmpInEchoReps IcmpOutEchos").text().orElseThrow())
                .containsPattern("IcmpInEchoReps +2 ")
                .containsPattern("IcmpOutEchos +2 ");
    }

    @Test
    void withoutRoomForATimeNoneIsTold() {
        assertThat(ping("-c 1 -s 4 10.0.0.2"))
                .isEqualTo(
                        """
                        PING 10.0.0.2 (10.0.0.2) 4(32) bytes of data.
                        12 bytes from 10.0.0.2: icmp_seq=1 ttl=64

                        --- 10.0.0.2 ping statistics ---
                        1 packets transmitted, 1 received, 0% packet loss, time 0ms

                        """);
    }

    @Test
    void largeOnesGoInFragments() {
        assertThat(ping("-c 1 -q -s 4000 10.0.0.2"))
                .isEqualTo(
                        """
                        PING 10.0.0.2 (10.0.0.2) 4000(4028) bytes of data.

                        --- 10.0.0.2 ping statistics ---
                        1 packets transmitted, 1 received, 0% packet loss, time 0ms
                        rtt min/avg/max/mdev = 20.000/20.000/20.000/0.000 ms
                        """);
    }

    @Test
    void thatTheyMustNotBeIsSaidAtHome() {
        assertThat(ping("-c 1 -M do -s 2000 10.0.0.2"))
                .isEqualTo(
                        """
                        PING 10.0.0.2 (10.0.0.2) 2000(2028) bytes of data.
                        ping: local error: message too long, mtu=1500

                        --- 10.0.0.2 ping statistics ---
                        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

                        """);
        assertThat(status()).isOne();
    }

    @Test
    void nobodyAtTheAddressIsSaidByTheHostItself() {
        assertThat(ping("-c 1 10.0.0.9"))
                .isEqualTo(
                        """
                        PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.
                        From 10.0.0.1 icmp_seq=1 Destination Host Unreachable

                        --- 10.0.0.9 ping statistics ---
                        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

                        """);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "ip route add unreachable 10.9.0.0/16, Destination Host Unreachable",
        "ip route add prohibit 10.9.0.0/16, Packet filtered",
        "ip route del 10.77.0.0/16, Destination Net Unreachable",
    })
    void routersSayWhy(String route, String told) {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        run.input("router: " + route);
        assertThat(ping("-c 1 10.9.0.1")).contains("icmp_seq=1 " + told + "\n");
    }

    @Test
    void aShortLifeEndsAtTheRouter() {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        assertThat(ping("-c 1 -t 1 server")).contains("icmp_seq=1 Time to live exceeded\n");
    }

    @Test
    void thePathsMtuIsLearnt() {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        assertThat(ping("-c 2 -s 1460 server"))
                .contains("icmp_seq=1 Frag needed and DF set (mtu = 1400)\n")
                .contains("1468 bytes from server")
                .contains("2 packets transmitted, 1 received, +1 errors, 50% packet loss");
    }

    @Test
    void silenceIsWaitedFor() {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        run.input("router: ip route add blackhole 10.9.0.0/16");
        assertThat(ping("-c 2 -i 0.2 -W 1 10.9.0.1"))
                .endsWith(
                        """

                        --- 10.9.0.1 ping statistics ---
                        2 packets transmitted, 0 received, 100% packet loss, time 200ms

                        """);
        assertThat(run.now()).isEqualTo(1_200_000_000);
    }

    @Test
    void severalUnderWayAreAPipe() {
        assertThat(ping("-c 4 -i 0.01 10.0.0.2")).contains("/20.000/0.000 ms, pipe 3\n");
    }

    @Test
    void itAsksOverIpv6() {
        run =
                LabRun.start(
                        TwoHosts.labWith(
                                "{client: {}, server: {}}",
                                "{client: {address6: \"2001:db8::1/64\"}, server: {address6: \"2001:db8::2/64\"}}"),
                        7);
        assertThat(ping("-c 1 server"))
                .startsWith(
                        """
                        PING server(server (2001:db8::2)) 56 data bytes
                        64 bytes from server (2001:db8::2): icmp_seq=1 ttl=64 time=\
                        """);
        assertThat(ping("-c 1 -4 server")).contains("PING server (10.0.0.2) 56(84)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "-c 1 nobody, ping: nobody: Name or service not known",
        "-c 1 10.9.9.9, ping: connect: Network is unreachable",
        "-c 1 10.0.0.255, 'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules'",
    })
    void whatCannotBeAsked(String arguments, String told) {
        assertThat(ping(arguments)).isEqualTo(told + "\n");
        assertThat(status()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ping server | expected -c COUNT as well",
                "ping -c 1 | expected ping -c COUNT",
                "ping -c 1 -i 0 server | expected a pause in seconds, from 0.000001 to 3600, found '0'",
                "ping -c 1 server client | expected ping -c COUNT",
                "ping -c 1 -M dont-care server | expected do, want or dont",
                "ping -c 1 -s 65508 server | expected octets of data from 0 to 65507, found '65508'",
                "ping -c 1 -x server | found '-x'",
            })
    void saysWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> run.input("client: " + line))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(problem);
    }
}
