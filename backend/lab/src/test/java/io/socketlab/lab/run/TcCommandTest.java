package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.script.ScriptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * tc(8) as a line of input. What it prints of pfifo_fast, pfifo and bfifo, and what the kernel
 * refuses, was seen of iproute2 6.1 on Linux 6.18.
 */
class TcCommandTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    @Test
    void anInterfaceHasPfifoFastAtFirst() {
        assertThat(print("client: tc qdisc show dev eth0"))
                .isEqualTo(
                        "qdisc pfifo_fast 0: root refcnt 2 bands 3 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1"
                                + " 1 1 1");
        assertThat(print("client: tc qdisc").lines().map(String::strip))
                .containsExactly(
                        "qdisc noqueue 0: dev lo root refcnt 2",
                        "qdisc pfifo_fast 0: dev eth0 root refcnt 2 bands 3 priomap 1 2 2 2 1 2 0 0"
                                + " 1 1 1 1 1 1 1 1");
        assertThat(print("client: tc qdisc del dev eth0 root"))
                .isEqualTo("Error: Cannot delete qdisc with handle of zero.");
    }

    @Test
    void oneIsAddedOnceAndReplacedAtWill() {
        assertThat(print("client: tc qdisc add dev eth0 root pfifo limit 50")).isEmpty();
        assertThat(print("client: tc qdisc show dev eth0"))
                .isEqualTo("qdisc pfifo 8001: root refcnt 2 limit 50p");
        assertThat(print("client: tc qdisc add dev eth0 root bfifo"))
                .isEqualTo("Error: Exclusivity flag on, cannot modify.");
        assertThat(print("client: tc qdisc replace dev eth0 root bfifo limit 3000")).isEmpty();
        assertThat(print("client: tc qdisc show dev eth0"))
                .isEqualTo("qdisc bfifo 8002: root refcnt 2 limit 3000b");
        assertThat(print("client: tc qdisc del dev eth0 root")).isEmpty();
        assertThat(print("client: ip link show eth0")).contains("qdisc pfifo_fast");
        assertThat(print("client: tc qdisc show dev eth7"))
                .isEqualTo("Cannot find device \"eth7\"");
    }

    @Test
    void statisticsCountWhatWentOn() {
        print(
                "client: tc qdisc replace dev eth0 root red limit 60000 min 5000 max 15000 avpkt 1000 ecn");
        run.input("client: socket(AF_INET, SOCK_DGRAM, 0)");
        run.input("client: sendto(3, ..., 100, 0, server:9, ...)");
        assertThat(print("client: tc -s qdisc show dev eth0").lines().map(String::strip))
                .containsExactly(
                        "qdisc red 8001: root refcnt 2 limit 60000b min 5000b max 15000b ecn",
                        "Sent 142 bytes 1 pkt (dropped 0, overlimits 0 requeues 0)",
                        "backlog 0b 0p requeues 0",
                        "marked 0 early 0 pdrop 0 other 0");
        print("client: tc qdisc replace dev eth0 root fq maxrate 10mbit");
        assertThat(print("client: tc qdisc show dev eth0"))
                .startsWith(
                        "qdisc fq 8002: root refcnt 2 limit 10000p flow_limit 100p buckets 1024 ")
                .contains(" quantum 3028b initial_quantum 15140b maxrate 10Mbit ");
    }

    /** A queue of its own, of one packet: with {@code queue: 0} the link has none. */
    @Test
    void aQueueingDisciplineHoldsBackWhatTheLinkDoesNotTake() {
        LabRun slow =
                LabRun.start(
                        TwoHosts.labOf(
                                """
                                hosts: {client: {}, server: {}}
                                links: [{a: client, b: server, rate: 1mbit, queue: 0, qdisc: {client: pfifo limit 2}}]
                                """),
                        7);
        slow.input("client: ethtool -G eth0 tx 1");
        slow.input("client: socket(AF_INET, SOCK_DGRAM, 0)");
        for (int i = 0; i < 6; i++) slow.input("client: sendto(3, ..., 1000, 0, server:9, ...)");
        assertThat(slow.input("client: tc -s qdisc show dev eth0").text().orElseThrow())
                .contains("limit 2p", "dropped 3,", "backlog 2084b 2p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client: tc qdisc add dev eth0 root nonsense | 36 | expected one of pfifo_fast",
                "client: tc qdisc add dev eth0 root red limit 1000 | 36 | red needs a limit and an avpkt",
                "client: tc class show | 12 | expected tc [-s] qdisc",
                "client: tc qdisc add dev eth0 pfifo | 31 | expected tc [-s] qdisc",
            })
    void aMistakeIsToldWithItsPlace(String line, int column, String problem) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> {
                            assertThat(e.problem()).contains(problem);
                            assertThat(e.column()).isEqualTo(column);
                        });
    }
}
