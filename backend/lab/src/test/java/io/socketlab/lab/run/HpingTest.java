package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.JobEnded;
import io.socketlab.kernel.trace.TraceEvent.JobPrinted;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Segments that a program makes itself. What is printed, and what is on the wire, are those of
 * hping3 3.a2 (Debian 12) between two network namespaces of Linux 6.18.
 */
class HpingTest {

    private static final String ROUTED =
            """
            hosts:
              mallory: {}
              server: {}
              router: {forwarding: true}
            links:
              - {a: mallory, b: router, delay: 1ms}
              - {a: server, b: router, delay: 1ms}
            """;

    private LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    private void serve() {
        Stream.of(
                        "server: socket(AF_INET, SOCK_STREAM, 0)",
                        "server: bind(3, *:80)",
                        "server: listen(3, 128)")
                .forEach(run::input);
    }

    private String printed() {
        return String.join(
                "",
                run.events().stream()
                        .filter(JobPrinted.class::isInstance)
                        .map(e -> ((JobPrinted) e).output())
                        .toList());
    }

    private List<SegmentSent> sent(Predicate<SegmentSent> which) {
        return run.events().stream()
                .filter(SegmentSent.class::isInstance)
                .map(SegmentSent.class::cast)
                .filter(which)
                .toList();
    }

    @Test
    void tellsOfEachAnswerAndEndsWithTheLast() {
        serve();
        assertThat(print("client: hping3 -S -p 80 -c 2 server"))
                .isEqualTo("HPING server (eth0 10.0.0.2): S set, 40 headers + 0 data bytes");
        run.input("run 1500ms");
        assertThat(printed())
                .isEqualTo(
                        """
                        HPING server (eth0 10.0.0.2): S set, 40 headers + 0 data bytes
                        len=44 ip=10.0.0.2 ttl=64 DF id=0 sport=80 flags=SA seq=0 win=64240 rtt=20.0 ms
                        len=44 ip=10.0.0.2 ttl=64 DF id=0 sport=80 flags=SA seq=1 win=64240 rtt=20.0 ms

                        --- server hping statistic ---
                        2 packets transmitted, 2 packets received, 0% packet loss
                        round-trip min/avg/max = 20.0/20.0/20.0 ms
                        """);
        assertThat(run.events())
                .filteredOn(JobEnded.class::isInstance)
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.stamp().at()).isEqualTo(1_020_000_000);
                    assertThat(((JobEnded) e).status()).isZero();
                });
    }

    @Test
    void theHostsOwnTcpResetsWhatItHasNotBegun() {
        serve();
        run.input("client: hping3 -S -p 80 -c 1 server");
        run.input("run 100ms");
        assertThat(sent(s -> s.stamp().host().equals("client")))
                .extracting(SegmentSent::flags)
                .containsExactly("S", "R");
        assertThat(print("server: ss -tan state syn-recv").lines()).hasSize(1);
    }

    @Test
    void aClosedPortAnswersWithAReset() {
        run.input("client: hping3 -FPU -p ++81 -c 3 -i u1000 -d 5 server");
        run.input("run 100ms");
        assertThat(printed().lines())
                .contains(
                        "HPING server (eth0 10.0.0.2): FPU set, 40 headers + 5 data bytes",
                        "len=40 ip=10.0.0.2 ttl=64 DF id=0 sport=82 flags=RA seq=1 win=0 rtt=20.0 ms");
    }

    @Test
    void theAnswersToASpoofedAddressGoElsewhere() {
        serve();
        run.input("client: hping3 -S -p 80 -c 3 -i u1000 -a 10.0.0.77 server");
        run.input("run 1100ms");
        assertThat(sent(s -> s.flags().equals("S") && s.socket() == 0))
                .extracting(s -> s.src().address().toString())
                .containsExactly("10.0.0.77", "10.0.0.77", "10.0.0.77");
        assertThat(print("server: ss -tan state syn-recv").lines()).hasSize(4);
        assertThat(printed().lines())
                .contains("3 packets transmitted, 0 packets received, 100% packet loss");
    }

    @Test
    void randomSourcesComeOfTheRunsSeed() {
        List<Endpoint> first = flood(7);
        assertThat(first).doesNotHaveDuplicates().hasSize(50).isEqualTo(flood(7));
        assertThat(flood(8)).doesNotContainAnyElementsOf(first);
    }

    private List<Endpoint> flood(long seed) {
        run = LabRun.start(TwoHosts.lab(), seed);
        run.input("client: hping3 -S -p 80 --faster -c 50 --rand-source -q server");
        run.input("run 1500ms");
        return sent(s -> s.flags().equals("S")).stream().map(SegmentSent::src).toList();
    }

    /** tcp_conn_request(): without a way back nothing is remembered. */
    @Test
    void aSynWithoutAWayBackIsNotAHalfOpenConnection() {
        serve();
        run.input("client: hping3 -S -p 80 -c 2 -i u1000 -a 77.1.1.1 server");
        run.input("run 100ms");
        assertThat(print("server: ss -tan state syn-recv").lines()).hasSize(1);
        assertThat(print("server: nstat -az TcpExtListenDrops IpOutNoRoutes").lines().skip(1))
                .extracting(l -> l.replaceAll(" +", " "))
                .containsExactly("IpOutNoRoutes 2 0.0", "TcpExtListenDrops 2 0.0");
    }

    @ParameterizedTest(name = "{0}: {1} half-open")
    @CsvSource({"blackhole, 2", "unreachable, 0", "prohibit, 2"})
    void theRouterSaysWhatBecomesOfAnswersToNobody(String type, int halfOpen) {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        run.input("router: ip route add " + type + " default");
        serve();
        run.input("mallory: hping3 -S -p 80 -c 2 -i u1000 -a 77.1.1.1 server");
        run.input("run 100ms");
        assertThat(print("server: ss -tan state syn-recv").lines()).hasSize(1 + halfOpen);
    }

    @Test
    void errorMessagesAreTold() {
        run = LabRun.start(TwoHosts.labOf(ROUTED), 7);
        run.input("router: ip route add unreachable 10.9.0.0/16");
        run.input("mallory: hping3 -S -p 80 -c 1 10.9.0.1");
        run.input("run 100ms");
        assertThat(printed())
                .endsWith(
                        """
                        ICMP Host Unreachable from ip=10.0.1.2 name=UNKNOWN

                        --- 10.9.0.1 hping statistic ---
                        1 packets transmitted, 1 packets received, 0% packet loss
                        round-trip min/avg/max = 0.0/0.0/0.0 ms
                        """);
    }

    @Test
    void peersAttackToo() {
        run =
                LabRun.start(
                        TwoHosts.labWith(
                                "student: {modes: [bench, script], hosts: [client, server]}",
                                """
                                student: {modes: [bench, script], hosts: [server]}
                                peers: |
                                  +50ms client: hping3 -S -p 80 -i u100 -c 10 -a 10.0.0.9 server
                                """),
                        7);
        script(
                """
                socket(AF_INET, SOCK_STREAM, 0) = 3
                bind(3, *:80) = 0
                listen(3, 128) = 0
                """);
        assertThat(sent(s -> s.flags().equals("S"))).hasSize(10);
    }

    @Test
    void aNameThatNobodyHasEndsIt() {
        assertThat(print("client: hping3 -S -c 1 nobody")).isEqualTo("Unable to resolve 'nobody'");
        assertThat(print("client: hping3 -S -c 1 10.99.0.1"))
                .isEqualTo("[send_ip] sendto: Network is unreachable");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hping3 -S server | expected -c COUNT as well",
                "hping3 -S -c 5 | expected hping3 -c COUNT",
                "hping3 -S --flood -c 5 server | expected a pause between packets",
                "hping3 -SX -c 5 server | expected letters of TCP flags, SAFRPU, found 'X'",
                "hping3 -S -c 0 server | expected how many packets from 1 to 100000, found '0'",
                "hping3 -S -c 5 -i ux server | expected microseconds from 1 to 999999999, found 'x'",
                "hping3 -S -c 5 -p 65536 server | expected a port from 0 to 65535, found '65536'",
                "hping3 --rand-sauce -c 5 server | did you mean '--rand-source'?",
            })
    void saysWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> run.input("client: " + line))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(problem);
    }
}
