package io.socketlab.lab.packetdrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.trace.TraceJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What the runner says of scripts that do not pass, and what it takes for the same. */
class PacketdrillRunnerTest {

    /** A server's handshake, lines 1 to 7. */
    private static final String ACCEPTED =
            """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 bind(3, ..., ...) = 0
            +0 listen(3, 1) = 0
            +0 < S 0:0(0) win 32000 <mss 1000>
            +0 > S. 0:0(0) ack 1 <mss 1460>
            +.1 < . 1:1(0) ack 1 win 32000
            +0 accept(3, ..., ...) = 4
            """;

    private final List<String> printed = new ArrayList<>();

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private final Verdict run(String script, Map.Entry<String, String>... options) {
        return PacketdrillRunner.run(
                Source.of("t", script),
                Path.of("."),
                List.of(options),
                Map.of(),
                null,
                printed::add);
    }

    private Verdict.Failed failure(String script) {
        return (Verdict.Failed) run(script);
    }

    @Test
    void passesWhatTheHostDoes() {
        assertThat(
                        run(
                                ACCEPTED
                                        + """
                                        +0 write(4, ..., 2500) = 2500
                                        +0 > P. 1:2501(2500) ack 1
                                        +0 %{ assert tcpi_unacked == 3 }%
                                        """))
                .isEqualTo(new Verdict.Passed());
    }

    @Test
    void tellsWhichPacketCameInsteadInTheScriptsOwnNotation() {
        assertThat(
                        failure(
                                ACCEPTED
                                        + """
                                        +0 write(4, ..., 1000) = 1000
                                        +0 > P. 1:1001(1000) ack 2
                                        """))
                .isEqualTo(
                        new Verdict.Failed(
                                9, "P. 1:1001(1000) ack 2", "P. 1:1001(1000) ack 1 win 64240"));
    }

    @Test
    void tellsThatNoPacketCame() {
        Verdict.Failed failed = failure(ACCEPTED + "+.1 > P. 1:1001(1000) ack 1\n");
        assertThat(failed.line()).isEqualTo(8);
        assertThat(failed.actual()).isEqualTo("no packet by 2.200000 s");
    }

    @Test
    void aFragmentIsNoDatagramAndOneOfIpv6IsPassedOver() {
        String sent =
                """
                0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
                +0 connect(3, ..., ...) = 0
                +0 write(3, ..., 2000) = 2000
                +0 write(3, ..., 7) = 7
                """;
        assertThat(failure(sent + "+0 > udp (2000)\n"))
                .isEqualTo(new Verdict.Failed(5, "udp (2000)", "a fragment (1480)"));
        assertThat(run("--ip_version=ipv6\n" + sent + "+0 > udp (7)\n"))
                .isEqualTo(new Verdict.Passed());
    }

    @Test
    void tellsByHowMuchAPacketWasTooEarly() {
        Verdict.Failed failed =
                failure(ACCEPTED + "+0 write(4, ..., 10) = 10\n+.5 > P. 1:11(10) ack 1\n");
        assertThat(failed)
                .isEqualTo(
                        new Verdict.Failed(
                                9,
                                "packet P. 1:11(10) ack 1 at 0.600000 s",
                                "at 0.100000 s (-0.500000 s)"));
    }

    @Test
    void givesAnEighthOfTheTimeSinceTheStepBefore() {
        // the delayed acknowledgement comes 40 ms after the segment
        String late = "+.1 < P. 1:11(10) ack 1 win 32000\n";
        String read = "+0 recv(4, ..., 100, MSG_DONTWAIT) = 10\n+0 write(4, ..., 5) = 5\n";
        String answered = "+0 > P. 1:6(5) ack 11\n+.1 < P. 11:21(10) ack 6 win 32000\n";
        String script = ACCEPTED + late + "+0 > . 1:1(0) ack 11\n" + read + answered;
        assertThat(run(script + "+.043 > . 6:6(0) ack 21\n")).isEqualTo(new Verdict.Passed());
        assertThat(run(script + "+.047 > . 6:6(0) ack 21\n")).isInstanceOf(Verdict.Failed.class);
        assertThat(run(script + "+.03~+.05 > . 6:6(0) ack 21\n")).isEqualTo(new Verdict.Passed());
        assertThat(run(script + "* > . 6:6(0) ack 21\n")).isEqualTo(new Verdict.Passed());
    }

    @Test
    void comparesWhatCallsReturnAndWhen() {
        assertThat(failure(ACCEPTED + "+0 write(4, ..., 10) = 11\n"))
                .isEqualTo(new Verdict.Failed(8, "write(4, ..., 10) = 11", "10"));
        assertThat(failure(ACCEPTED + "+0 close(9) = -1 EINVAL (Invalid)\n").actual())
                .isEqualTo("-1 EBADF");
        Verdict.Failed early =
                failure(
                        ACCEPTED
                                + """
                                +0...0.5 read(4, ..., 10) = 10
                                +.1 < P. 1:11(10) ack 1 win 32000
                                +1 > . 1:1(0) ack 11
                                """);
        assertThat(early.expected()).isEqualTo("read() to return at 0.600000 s");
        assertThat(early.line()).isEqualTo(8);
    }

    @Test
    void tellsWhichAssertionDoesNotHoldAndWhatItsValueIs() {
        assertThat(
                        failure(
                                ACCEPTED
                                        + "+0 %{\nassert 1 == 1\nassert tcpi_snd_cwnd == 4, tcpi_snd_cwnd\n}%\n"))
                .isEqualTo(new Verdict.Failed(10, "assertion to hold", "tcpi_snd_cwnd == 4; 10"));
        assertThat(failure(ACCEPTED + "+0 %{ assert tcpi_nothing == 4 }%\n").actual())
                .isEqualTo("name 'tcpi_nothing' is not defined");
    }

    @Test
    void keepsTheVariablesOfCodeBlocksAndPrintsWhatTheyPrint() {
        String script =
                ACCEPTED
                        + """
                        +0 %{ first = tcpi_snd_cwnd; sum = 1 }%
                        +0 %{
                        sum += first * 2 - 1   # twenty
                        assert sum == 20 and first in (9, 10), \\
                            "sum %d" % sum
                        print("cwnd", first)
                        }%
                        """;
        assertThat(run(script)).isEqualTo(new Verdict.Passed());
        assertThat(printed).containsExactly("cwnd 10 \n");
    }

    @Test
    void saysWhereAScriptCannotBeUnderstood() {
        assertThat(run("0 socket(..., SOCK_STRAEM, IPPROTO_TCP) = 3\n"))
                .hasToString(
                        "t:1:15: expected a type of socket such as SOCK_STREAM, found 'SOCK_STRAEM'; did you mean 'SOCK_STREAM'?");
        assertThat(run("1 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"))
                .hasToString("t:1:1: expected the first step at time 0");
        assertThat(run("--no_such=1\n0 close(3) = 0\n"))
                .hasToString("t:1:1: --no_such: there is no option --no_such");
        assertThat(run("0 close(3) = 0\nlisten(3, 1) = 0\n")).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void saysWhatASimulatedHostDoesNotHave() {
        assertThat(run("`gdb -p 1`\n0 close(3) = -1 EBADF (Bad file descriptor)\n"))
                .isEqualTo(new Verdict.Skipped("the program gdb"));
    }

    @Test
    void runsOverIpv6WhereTheScriptSaysSo() {
        String script =
                """
                --ip_version=ipv6
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 1000 <mss 1000>
                +0 > S. 0:0(0) ack 1 <mss 1440>
                +0 getsockopt(3, SOL_SOCKET, SO_DOMAIN, [10], [4]) = 0
                """;
        assertThat(run(script)).isInstanceOf(Verdict.Passed.class);
        assertThat(run("--ip_version=ipv6\n--local_ip=192.0.2.1\n0 close(3) = 0\n"))
                .hasToString("--local_ip: expected an address of IPv6, found 192.0.2.1");
    }

    @Test
    void setsWhatShellCommandsSet() {
        String script =
                """
                `sysctl -q -w net.ipv4.tcp_timestamps=0 # not now
                 test_value=1; sysctl -q net/ipv4/tcp_sack=0 \\
                    net.ipv4.tcp_window_scaling=$((2-2)) && true`
                """
                        .replace(" test_value=1;", "");
        assertThat(
                        run(
                                script
                                        + """
                                        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                                        +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                                        +0 connect(3, ..., ...) = -1 EINPROGRESS (In progress)
                                        +0 > S 0:0(0) <mss 1460>
                                        """))
                .isEqualTo(new Verdict.Passed());
        assertThat(failure("`sysctl -q net.ipv4.no_such=1`\n0 close(3) = 0\n").actual())
                .isEqualTo("there is no setting net.ipv4.no_such");
    }

    @Test
    void takesOptionsOfTheCommandLineAfterTheScripts() {
        String script = "--tolerance_usecs=1000000\n" + ACCEPTED + "+0 write(4, ..., 10) = 10\n";
        assertThat(run(script + "+.5 > P. 1:11(10) ack 1\n")).isEqualTo(new Verdict.Passed());
        assertThat(run(script + "+.5 > P. 1:11(10) ack 1\n", Map.entry("tolerance_usecs", "4000")))
                .isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void putsDefinitionsInPlaceOfWords() {
        Verdict verdict =
                PacketdrillRunner.run(
                        Source.of("t", "0 close(FD) = -1 ERRNO (no)\n"),
                        Path.of("."),
                        List.of(),
                        Map.of("FD", "3", "ERRNO", "EBADF"),
                        null,
                        printed::add);
        assertThat(verdict).isEqualTo(new Verdict.Passed());
    }

    @RepeatedTest(3)
    void endsTheSameEveryTime() {
        assertThat(trace()).isEqualTo(trace());
    }

    private String trace() {
        var events = new ArrayList<TraceEvent>();
        PacketdrillRunner.run(
                Source.of(
                        "t",
                        ACCEPTED + "+0 write(4, ..., 5000) = 5000\n* > . 1:1001(1000) ack 1\n"),
                Path.of("."),
                List.of(),
                Map.of(),
                events::add,
                printed::add);
        return TraceJson.lines(events);
    }
}
