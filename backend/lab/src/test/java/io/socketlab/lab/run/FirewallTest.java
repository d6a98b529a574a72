package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a host lets in, and what those hear whom it does not. The forms are those of iptables 1.8.9
 * on Linux 6.18; the errors those of icmp_err_convert(), net/ipv4/icmp.c.
 */
class FirewallTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    @Test
    void aDroppedSynIsSentAgainUntilTheCallerGivesUp() {
        script(
                """
                client: sysctl -w net.ipv4.tcp_syn_retries=1
                server: iptables -A INPUT -p tcp --dport 8080 -j DROP
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:8080) = -1 ETIMEDOUT
                """);
        assertThat(run.events())
                .filteredOn(e -> e instanceof PacketDropped d && d.reason() == DropReason.FIREWALL)
                .hasSize(3);
        assertThat(run.events()).noneMatch(IcmpSent.class::isInstance);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "icmp-net-unreachable,   ENETUNREACH",
        "icmp-host-unreachable,  EHOSTUNREACH",
        "icmp-proto-unreachable, ENOPROTOOPT",
        "icmp-port-unreachable,  ECONNREFUSED",
        "icmp-net-prohibited,    ENETUNREACH",
        "icmp-host-prohibited,   EHOSTUNREACH",
        "icmp-admin-prohibited,  EHOSTUNREACH",
    })
    void aRejectedSynEndsConnectAtOnce(String answer, String errno) {
        script(
                """
                server: iptables -A INPUT -p tcp --dport 8080 -j REJECT --reject-with %s
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, server:8080) = -1 %s
                """
                        .formatted(answer, errno));
        assertThat(run.now()).isLessThan(25_000_000);
    }

    @Test
    void theFirstRuleThatIsAboutAPacketDecides() {
        script(
                """
                server: iptables -A INPUT -p udp --dport 53 -j ACCEPT
                server: iptables -A INPUT -p udp -j DROP
                server: socket(AF_INET, SOCK_DGRAM, 0) = 3
                server: bind(3, *:53) = 0
                server: socket(AF_INET, SOCK_DGRAM, 0) = 4
                server: bind(4, *:54) = 0
                client: socket(AF_INET, SOCK_DGRAM, 0) = 3
                client: sendto(3, "in", server:53) = 2
                client: sendto(3, "out", server:54) = 3
                quiet()
                server: recv(3, ..., 10, MSG_DONTWAIT) = 2
                server: recv(4, ..., 10, MSG_DONTWAIT) = -1 EAGAIN
                server: iptables -F
                client: sendto(3, "out", server:54) = 3
                quiet()
                server: recv(4, ..., 10, MSG_DONTWAIT) = 3
                """);
    }

    @Test
    void printsItsRulesAsIptablesDoes() {
        print("server: iptables -A INPUT -p tcp --dport 8080 -j DROP");
        print("server: iptables -A INPUT -p tcp -m tcp --dport 8081 -j REJECT");
        print("server: iptables -A INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited");
        print("server: iptables -A INPUT -p udp -j ACCEPT");
        String rules =
                """
                -A INPUT -p tcp -m tcp --dport 8080 -j DROP
                -A INPUT -p tcp -m tcp --dport 8081 -j REJECT --reject-with icmp-port-unreachable
                -A INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited
                -A INPUT -p udp -j ACCEPT\
                """;
        assertThat(print("server: iptables -S INPUT")).isEqualTo("-P INPUT ACCEPT\n" + rules);
        assertThat(print("server: iptables -S"))
                .isEqualTo("-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n" + rules);
        assertThat(print("server: iptables -D INPUT -p tcp --dport 8080 -j DROP")).isEmpty();
        assertThat(print("server: iptables -D INPUT -p tcp --dport 8080 -j DROP"))
                .isEqualTo("iptables: Bad rule (does a matching rule exist in that chain?).");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "iptables -A INPU -j DROP => console:1:21: expected the chain INPUT, found 'INPU'; did you mean 'INPUT'?",
                "iptables -A INPUT -j DRPO => console:1:30: expected a target: ACCEPT, DROP, REJECT, found 'DRPO'; did you mean 'DROP'?",
                "iptables -A INPUT --dport 80 -j DROP => console:1:27: expected -p tcp or -p udp before --dport",
                "iptables -A INPUT -p tpc -j DROP => console:1:30: expected a protocol: icmp, tcp, udp, found 'tpc'; did you mean 'tcp'?",
                "iptables -A INPUT -p tcp --dport 0 -j DROP => console:1:42: expected a port from 1 to 65535, found '0'",
                "iptables -A INPUT -j REJECT --reject-with tcp-rest => console:1:51: expected an answer: icmp-admin-prohibited, icmp-host-prohibited, icmp-host-unreachable, icmp-net-prohibited, icmp-net-unreachable, icmp-port-unreachable, icmp-proto-unreachable, found 'tcp-rest'",
            })
    void refusesWhatItDoesNotKnow(String line, String message) {
        assertThatThrownBy(() -> run.input("server: " + line))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }
}
