package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Routes that are set on a running host. Forms, errors and flags are those of iproute2 6.1,
 * net-tools 2.10 and Linux 6.18, with the same routes in a network namespace.
 */
class IpRouteTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    private void addAll() {
        for (String route :
                new String[] {
                    "blackhole 10.5.0.0/24",
                    "unreachable 10.5.1.0/24",
                    "prohibit 10.5.2.0/24",
                    "10.5.3.0/24 via 10.0.0.2",
                    "10.5.4.0/24 dev eth0",
                    "10.5.5.1 via 10.0.0.2 dev eth0",
                    "blackhole default",
                }) {
            assertThat(print("client: ip route add " + route)).isEmpty();
        }
    }

    @Test
    void areListedByTheirNetworks() {
        addAll();
        assertThat(print("client: ip route").lines().map(String::strip))
                .containsExactly(
                        "blackhole default",
                        "10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1",
                        "blackhole 10.5.0.0/24",
                        "unreachable 10.5.1.0/24",
                        "prohibit 10.5.2.0/24",
                        "10.5.3.0/24 via 10.0.0.2 dev eth0",
                        "10.5.4.0/24 dev eth0 scope link",
                        "10.5.5.1 via 10.0.0.2 dev eth0");
        assertThat(print("client: netstat -rn").lines().skip(2).map(l -> l.replaceAll(" +", " ")))
                .containsExactly(
                        "0.0.0.0 0.0.0.0 0.0.0.0 U 0 0 0 *",
                        "10.0.0.0 0.0.0.0 255.255.255.0 U 0 0 0 eth0",
                        "10.5.0.0 0.0.0.0 255.255.255.0 U 0 0 0 *",
                        "10.5.1.0 - 255.255.255.0 ! - - - -",
                        "10.5.2.0 - 255.255.255.0 ! - - - -",
                        "10.5.3.0 10.0.0.2 255.255.255.0 UG 0 0 0 eth0",
                        "10.5.4.0 0.0.0.0 255.255.255.0 U 0 0 0 eth0",
                        "10.5.5.1 10.0.0.2 255.255.255.255 UGH 0 0 0 eth0");
        assertThat(print("client: cat /proc/net/route").lines().map(String::stripTrailing))
                .contains(
                        "*\t0000050A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                        "*\t0001050A\t00000000\t0201\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                        "eth0\t0105050A\t0200000A\t0007\t0\t0\t0\tFFFFFFFF\t0\t0\t0");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "10.5.0.1, EINVAL",
        "10.5.1.1, EHOSTUNREACH",
        "10.5.2.1, EACCES",
        "10.9.9.9, EINVAL",
    })
    void callsFailAsTheTypeSays(String address, String errno) {
        addAll();
        script(
                """
                client: socket(AF_INET, SOCK_STREAM, 0) = 3
                client: connect(3, %1$s:80) = -1 %2$s
                client: socket(AF_INET, SOCK_DGRAM, 0) = 4
                client: sendto(4, "x", 1, 0, %1$s:80) = -1 %2$s
                """
                        .formatted(address, errno));
    }

    @Test
    void comeAndGo() {
        assertThat(print("client: ip route add default via 10.0.0.2")).isEmpty();
        assertThat(print("client: ip route add default via 10.0.0.9"))
                .isEqualTo("RTNETLINK answers: File exists");
        assertThat(print("client: ip route replace default via 10.0.0.9")).isEmpty();
        assertThat(print("client: ip route").lines().findFirst().orElseThrow().strip())
                .isEqualTo("default via 10.0.0.9 dev eth0");
        assertThat(print("client: ip route del default")).isEmpty();
        assertThat(print("client: ip route del default"))
                .isEqualTo("RTNETLINK answers: No such process");
        assertThat(print("client: ip route add 10.1.0.0/16 via 10.77.0.1"))
                .isEqualTo("Error: Nexthop has invalid gateway.");
        assertThat(print("client: ip route add 10.1.0.0/16 dev eth7"))
                .isEqualTo("Cannot find device \"eth7\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ip route add default | expected via ADDRESS or dev DEVICE",
                "ip route add blackhole default via 10.0.0.2 | it goes nowhere",
                "ip route add 10.0.0.1/24 via 10.0.0.2 | without bits behind its prefix",
                "ip route add 10.0.0.0/33 via 10.0.0.2 | default or a network",
                "ip route add default via server | expected the address of a router",
                "ip route add blackhole | default or a network",
                "ip -6 route add default via ::1 | IPv6 routes stay as they are",
            })
    void saysWhatIsWrong(String line, String problem) {
        assertThatThrownBy(() -> run.input("client: " + line))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(problem);
    }
}
