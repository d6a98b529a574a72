package io.socketlab.lab.packetdrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.script.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of shell commands that cannot be done. */
class ShellTest {

    private static Verdict run(Path folder, String script) {
        return PacketdrillRunner.run(
                Source.of("t", script), folder, List.of(), Map.of(), null, text -> {});
    }

    private static Verdict run(String script) {
        return run(Path.of("."), script);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dd if=/dev/zero of=/tmp/x bs=abc count=1 | dd: expected a number up to 2147483647 such as 512 or 4k, found abc
                    dd if=/dev/zero of=/tmp/x bs=-1 | dd: expected a number up to 2147483647 such as 512 or 4k, found -1
                    dd if=/dev/zero of=/tmp/x bs=1 count=99999999999999999999 | dd: expected a number up to 2147483647 such as 512 or 4k, found 99999999999999999999
                    dd if=/dev/zero of=/tmp/x bs=2147483647 count=2147483647 | dd: error writing '/tmp/x': No space left on device
                    dd if=/dev/zero of=/tmp/x bs=65536 count=65536 | dd: error writing '/tmp/x': No space left on device
                    dd if=/dev/zero of=/tmp/x bs=4G | dd: expected a number up to 2147483647 such as 512 or 4k, found 4G
                    ip link set dev tun0 mtu big | mtu: expected a number from 68 to 65535, found big
                    ip link set dev tun0 mtu 99999999999 | mtu: expected a number from 68 to 65535, found 99999999999
                    ip link set dev tun0 mtu | expected a value after mtu
                    ifconfig tun0 mtu 1.5 | mtu: expected a number from 68 to 65535, found 1.5
                    ip route change 192.0.2.0/x dev tun0 | a route's prefix: expected a number from 0 to 32, found x
                    ip route change 192.0.2.0/33 dev tun0 | a route's prefix: expected a number from 0 to 32, found 33
                    ip route change 192.0.2.0/99999999999 dev tun0 | a route's prefix: expected a number from 0 to 32, found 99999999999
                    ip route change 192.0.2.0/24 dev tun0 initcwnd | expected a value after initcwnd
                    ip route change 192.0.2.0/24 dev tun0 mtu lock | expected a value after lock
                    ip route change 192.0.2.0/24 dev tun0 initcwnd 99999999999 | ip route initcwnd: expected a number from 0 to 999999, found 99999999999
                    ip | ip: expected what of, such as route
                    tc qdisc add dev tun0 root pfifo limit | tc qdisc: expected a value for limit
                    tc qdisc add dev tun0 root pfifo limit many | tc qdisc: expected packets, as in 100p, not 'many'
                    tc qdisc add dev tun0 root pfifo limit 99999999999 | tc qdisc: expected packets, as in 100p, not '99999999999'
                    sysctl -q net.ipv4.tcp_sack=yes | net.ipv4.tcp_sack is a number such as 1, not yes
                    sysctl -q net.ipv4.no_such=1 | there is no setting net.ipv4.no_such
                    ./set_sysctls.py /proc/sys/net/ipv4/no_such=1 | no sysctl is called net.ipv4.no_such
                    false | it failed
                    """)
    void tellsWhyACommandFailed(String command, String complaint) {
        assertThat(run("`" + command + "`\n0 close(3) = 0\n"))
                .isEqualTo(new Verdict.Failed(1, "the command to succeed", complaint));
        assertThat(run("0 close(3) = -1\n+0 `" + command + "`\n+0 close(3) = -1\n"))
                .isEqualTo(new Verdict.Failed(2, "the command to succeed", complaint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo $((1/0))",
                "echo $((99999999999999999999))",
                "echo $((",
                "echo $(ls",
                "ip nothing",
                "tc qdisc",
                "tc qdisc add dev tun0 root fq_pie",
                "dd",
                "dd bs=1 count=1",
                "dd nonsense",
                "grep x",
                "nstat | grep -E x",
                "nstat | grep [x]",
                "nstat | grep NoSuchCounter",
                "ethtool",
                "ifconfig",
                "ip route",
                "ip route change here dev tun0",
                "echo 3 > /sys/module/tcp_cubic/parameters/hystart"
            })
    void saysWhatItWouldNeed(String command) {
        assertThat(run("`" + command + "`\n0 close(3) = 0\n")).isInstanceOf(Verdict.Skipped.class);
    }

    @Test
    void makesFilesUntilThereIsNoRoom() {
        String mebibytes = "`dd if=/dev/zero of=/tmp/%d bs=1M count=32`\n";
        String two = mebibytes.formatted(1) + "0 close(3) = -1\n+0 " + mebibytes.formatted(2);
        assertThat(run(two)).isEqualTo(new Verdict.Passed());
        assertThat(run(two + "+0 " + mebibytes.formatted(3))).isInstanceOf(Verdict.Failed.class);
        assertThat(run(two + "+0 `rm /tmp/1`\n+0 " + mebibytes.formatted(3)))
                .isEqualTo(new Verdict.Passed());
    }

    @Test
    void endsWithAFileThatRunsItself(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("defaults.sh"), ". ./defaults.sh\n");
        assertThat(run(folder, "`./defaults.sh`\n0 close(3) = 0\n"))
                .isEqualTo(
                        new Verdict.Failed(
                                1,
                                "the command to succeed",
                                "./defaults.sh: files run one another without end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assert 99999999999999999999",
                "assert abs()",
                "assert int(1, 2)",
                "assert 1 % 0",
                "assert (1, 2) + 3",
                "assert 1 in 2",
                "assert \"a\" - 1",
                "assert not"
            })
    void tellsWhatIsWrongWithAnAssertion(String code) {
        assertThat(run("0 close(3) = -1\n+0 %{ " + code + " }%\n"))
                .isInstanceOf(Verdict.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not ", "-", "~", "abs("})
    void readsOnlySoDeep(String opening) {
        Verdict verdict = run("0 close(3) = -1\n+0 %{ assert " + opening.repeat(9_999) + "1 }%\n");
        assertThat(verdict).asString().contains("100 values in one another");
    }

    @Test
    void makesTextsOnlySoLong() {
        String doubling = "s = s + s\n".repeat(40);
        assertThat(
                        run(
                                "0 close(3) = -1\n+0 %{ s = \""
                                        + "x".repeat(9_999)
                                        + "\"\n"
                                        + doubling
                                        + "}%\n"))
                .asString()
                .contains("at most 65536 characters");
    }
}
