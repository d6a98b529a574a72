package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * icmp_ratelimit, icmp_ratemask, icmp_msgs_per_sec. The first pattern was seen of Linux 6.18, which
 * was sent a datagram for a closed port every tenth of a second; net/ipv4/icmp.c.
 */
class IcmpRateLimitTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private void input(String... lines) {
        for (String line : lines) run.input(line);
    }

    /** Which of so many datagrams, a tenth of a second apart, are refused by an ICMP error. */
    private List<Integer> refused(int datagrams) {
        input("client: socket(AF_INET, SOCK_DGRAM, 0)", "client: connect(3, server:9)");
        var refused = new ArrayList<Integer>();
        for (int i = 0; i < datagrams; i++) {
            input("client: send(3, \"x\", 1, 0)", "run 100ms");
            String answer = run.input("client: recv(3, ..., 9, MSG_DONTWAIT)").text().orElse("");
            if (answer.contains("ECONNREFUSED")) refused.add(i);
        }
        return refused;
    }

    private String counters() {
        return run.input(
                        "server: nstat -az IcmpOutRateLimitHost IcmpOutRateLimitGlobal IcmpOutMsgs")
                .text()
                .orElseThrow()
                .replaceAll(" +", " ");
    }

    @Test
    void eachHostGetsSixAtOnceAndThenOneASecond() {
        assertThat(refused(40)).containsExactly(0, 1, 2, 3, 4, 5, 10, 20, 30);
        assertThat(counters())
                .contains(
                        "IcmpOutMsgs 9 ", "IcmpOutRateLimitHost 31 ", "IcmpOutRateLimitGlobal 0 ");
    }

    @Test
    void typesThatAreNotInTheMaskAreNotLimited() {
        input("server: sysctl -w net.ipv4.icmp_ratemask=2048");
        assertThat(refused(20)).hasSize(20);
    }

    @Test
    void aShorterIntervalGivesMore() {
        input("server: sysctl -w net.ipv4.icmp_ratelimit=100");
        assertThat(refused(20)).hasSize(20);
    }

    /** Two at once, and then one in the 200 ms that bring a whole one. */
    @Test
    void allTogetherAreLimitedToo() {
        input(
                "server: sysctl -w net.ipv4.icmp_msgs_per_sec=5",
                "server: sysctl -w net.ipv4.icmp_msgs_burst=2",
                "server: sysctl -w net.ipv4.icmp_ratelimit=0");
        assertThat(refused(12)).containsExactly(0, 1, 2, 4, 6, 8, 10);
        assertThat(counters()).contains("IcmpOutRateLimitHost 0 ", "IcmpOutRateLimitGlobal 5 ");
    }

    /** Replies to echo requests are of no type in the mask. */
    @Test
    void repliesAreNotLimited() {
        assertThat(run.input("client: ping -c 20 -i 0.01 server").text()).isPresent();
        input("run 2s");
        assertThat(counters()).contains("IcmpOutMsgs 20 ");
    }
}
