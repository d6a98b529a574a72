package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent.CommandRun;
import io.socketlab.kernel.trace.TraceEvent.InterruptHeld;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shell commands as lines of input. The forms are those of iproute2 6.1, net-tools 2.10, ethtool
 * 6.1 and /proc of Linux 6.18, as printed in a network namespace with the same sockets.
 */
class ShellCommandsTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void connect() {
        List.of(
                        "server: socket(AF_INET, SOCK_STREAM, 0)",
                        "server: bind(3, *:8080)",
                        "server: listen(3, 5)",
                        "client: socket(AF_INET, SOCK_STREAM, 0)",
                        "client: bind(3, *:40000)",
                        "client: connect(3, server:8080)",
                        "run",
                        "client: send(3, \"hello\")",
                        "run")
                .forEach(run::input);
    }

    @Test
    void ssShowsTheSocketsOfItsHostInColumns() {
        connect();
        assertThat(print("server: ss -tan"))
                .isEqualTo(
                        """
                        State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
                        LISTEN 1      5            0.0.0.0:8080      0.0.0.0:*
                        ESTAB  5      0           10.0.0.2:8080     10.0.0.1:40000\
                        """);
        assertThat(print("server: ss -tln").lines()).hasSize(2);
        assertThat(print("client: ss -t state established").lines().skip(1))
                .containsExactly("0      0           10.0.0.1:40000     10.0.0.2:http-alt");
    }

    @Test
    void ssTellsTheInsideOfTcpInItsOrder() {
        connect();
        String detail = print("client: ss -tino").lines().skip(2).findFirst().orElseThrow();
        assertThat(detail)
                .matches(
                        "\\t ts sack cubic wscale:10,10 rto:\\S+ rtt:20/\\S+ mss:1448 pmtu:1500"
                                + " rcvmss:536 advmss:1448 cwnd:10 bytes_sent:5 bytes_acked:6"
                                + " segs_out:3 segs_in:2 data_segs_out:1 send \\d+bps lastsnd:\\d+"
                                + " lastrcv:\\d+ (lastack:\\d+ )?pacing_rate \\d+bps delivery_rate"
                                + " \\d+bps delivered:2 app_limited busy:20ms rcv_space:14480"
                                + " rcv_ssthresh:64088 minrtt:20 snd_wnd:65536");
    }

    @Test
    void aTimerIsShownWithWhatIsLeftOfIt() {
        connect();
        List.of(
                        "client: close(3)",
                        "run",
                        "server: accept(3)",
                        "server: recv(4, 9)",
                        "server: close(4)",
                        "run 1s")
                .forEach(run::input);
        assertThat(print("client: ss -tano").lines().skip(1))
                .singleElement()
                .asString()
                .matches("TIME-WAIT .* timer:\\(timewait,5[0-9]sec,0\\)");
        assertThat(print("client: netstat -tano")).contains("TIME_WAIT   timewait (5");
        assertThat(print("client: cat /proc/net/tcp").lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("   0: 0100000A:9C40 0200000A:1F90 06 00000000:00000000 03:0000");
    }

    @Test
    void procNetTcpIsInHexadecimal() {
        connect();
        assertThat(print("server: cat /proc/net/tcp").lines().skip(1).map(l -> l.substring(0, 90)))
                .containsExactly(
                        "   0: 00000000:1F90 00000000:0000 0A 00000000:00000001 00:00000000 00000000     0        0",
                        "   1: 0200000A:1F90 0100000A:9C40 01 00000000:00000005 00:00000000 00000000     0        0");
    }

    @Test
    void countersAreCountedWhereLinuxCountsThem() {
        connect();
        List.of(
                        "client: socket(AF_INET, SOCK_DGRAM, 0)",
                        "client: connect(4, server:9)",
                        "client: send(4, \"x\")",
                        "run")
                .forEach(run::input);
        assertThat(print("client: nstat"))
                .isEqualTo(
                        """
                        #kernel
                        IpInReceives                    3                  0.0
                        IpInDelivers                    3                  0.0
                        IpOutRequests                   4                  0.0
                        IpOutTransmits                  4                  0.0
                        IcmpInMsgs                      1                  0.0
                        IcmpInDestUnreachs              1                  0.0
                        IcmpMsgInType3                  1                  0.0
                        TcpActiveOpens                  1                  0.0
                        TcpInSegs                       2                  0.0
                        TcpOutSegs                      3                  0.0
                        UdpOutDatagrams                 1                  0.0
                        TcpExtTCPOrigDataSent           1                  0.0
                        TcpExtTCPDelivered              2                  0.0
                        IpExtInOctets                   169                0.0
                        IpExtOutOctets                  198                0.0
                        IpExtInNoECTPkts                3                  0.0\
                        """);
        assertThat(print("client: nstat")).isEqualTo("#kernel"); // nothing since
        assertThat(print("server: nstat -a TcpPassiveOpens UdpNoPorts").lines().skip(1))
                .containsExactly(
                        "TcpPassiveOpens                 1                  0.0",
                        "UdpNoPorts                      1                  0.0");
        assertThat(print("server: netstat -s"))
                .contains(
                        """
                        Icmp:
                            0 ICMP messages received
                            0 input ICMP message failed
                            ICMP input histogram:
                            1 ICMP messages sent
                            0 ICMP messages failed
                            ICMP output histogram:
                                destination unreachable: 1
                        IcmpMsg:
                                OutType3: 1
                        Tcp:
                            0 active connection openings
                            1 passive connection openings
                        """);
    }

    @Test
    void theInterfaceIsShown() {
        connect();
        assertThat(print("client: ip -s link show eth0"))
                .isEqualTo(
                        """
                        2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP mode DEFAULT group default qlen 1000
                            link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
                            RX:  bytes packets errors dropped  missed   mcast
                                   140       2      0       0       0       0\s
                            TX:  bytes packets errors dropped carrier collsns
                                   211       3      0       0       0       0\
                        """);
        assertThat(print("client: ip route"))
                .isEqualTo("10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.1");
        assertThat(print("client: ip n"))
                .isEqualTo("10.0.0.2 dev eth0 lladdr 02:00:00:00:00:02 PERMANENT");
    }

    @Test
    void ethtoolSetsRingsAndInterruptsOfTheCard() {
        assertThat(print("server: ethtool -G eth0 rx 16")).isEmpty();
        assertThat(print("server: ethtool -C eth0 rx-usecs 500 rx-frames 0")).isEmpty();
        assertThat(print("server: ethtool -g eth0"))
                .contains("Current hardware settings:\nRX:\t\t16\n");
        assertThat(print("server: ethtool -c eth0")).contains("\nrx-usecs: 500\nrx-frames: 0\n");
        connect();
        assertThat(run.events()).anyMatch(e -> e instanceof InterruptHeld);
        assertThat(print("server: ethtool -C eth0 rx-usecs 0"))
                .startsWith("netlink error: Invalid argument");
    }

    @Test
    void sysctlShowsAndSets() {
        assertThat(print("client: sysctl net.ipv4.tcp_rmem"))
                .isEqualTo("net.ipv4.tcp_rmem = 4096\t131072\t33554432");
        assertThat(print("client: sysctl -w net.ipv4.tcp_sack=0"))
                .isEqualTo("net.ipv4.tcp_sack = 0");
        assertThat(print("client: cat /proc/sys/net/ipv4/tcp_sack")).isEqualTo("0");
        assertThat(print("client: sysctl net.nope"))
                .isEqualTo("sysctl: cannot stat /proc/sys/net/nope: No such file or directory");
        assertThat(print("client: sysctl -w net.ipv4.tcp_sack=x"))
                .isEqualTo("sysctl: setting key \"net.ipv4.tcp_sack\": Invalid argument");
        connect();
        assertThat(print("client: ss -tino").lines().skip(2).findFirst().orElseThrow())
                .startsWith("\t ts cubic"); // no SACK
    }

    @Test
    void aCommandIsAnInputThatIsReplayed() {
        run.input("server: ethtool -K eth0 gro on");
        run.input("client: sysctl -w net.ipv4.tcp_timestamps=0");
        connect();
        print("client: ss -tinm");
        print("client: nstat");
        LabRun again = LabRun.replay(TwoHosts.lab(), 7, run.inputs());
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
        assertThat(again.events().stream().filter(CommandRun.class::isInstance)).hasSize(4);
    }

    @Test
    void aCommandIsAStepOfAScriptAndWaitsForNoTask() {
        String script =
                """
                server: socket(AF_INET, SOCK_STREAM, 0) = 3
                server: bind(3, *:8080)
                server: listen(3, 5)
                server: accept(3)
                +0.5 server: ss -tln // while it waits
                """;
        ScriptResult result = ScriptRunner.run(run, Source.of("mine.pkt", script));
        assertThat(result.differences()).isEmpty();
        CommandRun command =
                run.events().stream()
                        .filter(CommandRun.class::isInstance)
                        .map(CommandRun.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(command.stamp().at()).isEqualTo(500_000_000);
        assertThat(command.command()).isEqualTo("ss -tln");
        assertThat(command.output()).contains("0.0.0.0:8080");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client: ss -tx | 14 | expected ss with some of -t (TCP)",
                "client: ss state opened | 18 | expected all, connected",
                "client: ip adr | 12 | expected ip [-s] [-4|-6] and one of link, addr, route, neigh",
                "client: cat /etc/passwd | 13 | expected /proc/net/ and one of tcp, tcp6, udp",
                "client: ethtool -C eth0 rx-usec 3 | 25 | did you mean 'rx-usecs'?",
                "client: ethtool -G eth0 rx 9999 | 28 | expected descriptors from 1 to 4096, found '9999'",
                "client: ethtool -K eth0 tso on | 25 | the other features cannot be switched",
                "client: sysctl | 15 | expected sysctl NAME",
                "client: nstat 'x | 15 | at the end of the quoted text",
            })
    void aMistakeIsToldWithItsPlace(String line, int column, String problem) {
        assertThatThrownBy(() -> run.input(line))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> {
                            assertThat(e.problem()).contains(problem);
                            assertThat(e.column()).isEqualTo(column);
                        });
        assertThat(run.inputs()).isEmpty();
    }

    @Test
    void hostsOfOthersAreOutOfReach() {
        assertThatThrownBy(() -> run.input("router: ss")).isInstanceOf(ScriptException.class);
        assertThat(run.input("client: ss").text()).isNotEqualTo(Optional.empty());
    }
}
