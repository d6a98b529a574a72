package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What commands print of IPv6 sockets: as iproute2 6.1, net-tools 2.10 and /proc of Linux 6.18 with
 * the same sockets.
 */
class Ipv6CommandsTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private String print(String line) {
        return run.input(line).text().orElseThrow();
    }

    private void input(String... lines) {
        for (String line : lines) run.input(line);
    }

    @BeforeEach
    void open() {
        listener(3, "AF_INET", "*:80", 0);
        listener(4, "AF_INET6", "[::]:82", 0);
        listener(5, "AF_INET6", "[::]:83", 1);
        listener(6, "AF_INET6", "[::1]:84", 0);
        listener(7, "AF_INET6", "[::ffff:127.0.0.1]:85", 0);
        input(
                "server: socket(AF_INET6, SOCK_DGRAM, 0)",
                "server: bind(8, [::]:92)",
                "server: socket(AF_INET6, SOCK_STREAM, 0)",
                "server: bind(9, [::1]:55882)",
                "server: connect(9, [::1]:84)",
                "run",
                "server: socket(AF_INET, SOCK_STREAM, 0)",
                "server: bind(10, 127.0.0.1:60262)",
                "server: connect(10, 127.0.0.1:82)",
                "run");
    }

    private void listener(int fd, String family, String address, int only) {
        input("server: socket(" + family + ", SOCK_STREAM, 0)");
        if (only != 0) {
            input("server: setsockopt(" + fd + ", IPPROTO_IPV6, IPV6_V6ONLY, [1], 4)");
        }
        input("server: bind(" + fd + ", " + address + ")", "server: listen(" + fd + ", 5)");
    }

    @Test
    void ssWritesAStarWhereBothFamiliesAreMeant() {
        assertThat(print("server: ss -tan"))
                .isEqualTo(
                        """
                        State  Recv-Q Send-Q      Local Address:Port        Peer Address:Port Process
                        LISTEN 0      5                 0.0.0.0:80               0.0.0.0:*
                        LISTEN 1      5                       *:82                     *:*
                        LISTEN 0      5                    [::]:83                  [::]:*
                        LISTEN 1      5                   [::1]:84                  [::]:*
                        LISTEN 0      5      [::ffff:127.0.0.1]:85                     *:*
                        ESTAB  0      0                   [::1]:55882              [::1]:84
                        ESTAB  0      0                   [::1]:84                 [::1]:55882
                        ESTAB  0      0               127.0.0.1:60262          127.0.0.1:82
                        ESTAB  0      0      [::ffff:127.0.0.1]:82    [::ffff:127.0.0.1]:60262\
                        """);
        assertThat(print("server: ss -4tan").lines()).hasSize(3);
        assertThat(print("server: ss -6uanH").lines())
                .containsExactly("UNCONN 0      0                  *:92              *:*");
        assertThat(print("server: ss -6tlneH").lines().map(l -> l.replaceFirst(".*v6only", "")))
                .containsExactly(":0", ":1", ":1", ":0");
    }

    @Test
    void netstatHasProtocolsOfItsOwn() {
        assertThat(print("server: netstat -tan").lines().skip(2).map(String::stripTrailing))
                .containsExactly(
                        "tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN",
                        "tcp        0      0 127.0.0.1:60262         127.0.0.1:82            ESTABLISHED",
                        "tcp6       1      0 :::82                   :::*                    LISTEN",
                        "tcp6       0      0 :::83                   :::*                    LISTEN",
                        "tcp6       1      0 ::1:84                  :::*                    LISTEN",
                        "tcp6       0      0 127.0.0.1:85            :::*                    LISTEN",
                        "tcp6       0      0 ::1:55882               ::1:84                  ESTABLISHED",
                        "tcp6       0      0 ::1:84                  ::1:55882               ESTABLISHED",
                        "tcp6       0      0 127.0.0.1:82            127.0.0.1:60262         ESTABLISHED");
    }

    @Test
    void procHasFilesOfItsOwn() {
        List<String> lines = print("server: cat /proc/net/tcp6").lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "  sl  local_address                         remote_address                "
                                + "        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
                                + " inode");
        assertThat(lines.stream().skip(1).map(l -> l.substring(0, 84)))
                .containsExactly(
                        "   0: 00000000000000000000000000000000:0052 00000000000000000000000000000000:0000 0A",
                        "   1: 00000000000000000000000000000000:0053 00000000000000000000000000000000:0000 0A",
                        "   2: 00000000000000000000000001000000:0054 00000000000000000000000000000000:0000 0A",
                        "   3: 0000000000000000FFFF00000100007F:0055 00000000000000000000000000000000:0000 0A",
                        "   4: 00000000000000000000000001000000:DA4A 00000000000000000000000001000000:0054 01",
                        "   5: 00000000000000000000000001000000:0054 00000000000000000000000001000000:DA4A 01",
                        "   6: 0000000000000000FFFF00000100007F:0052 0000000000000000FFFF00000100007F:EB66 01");
        assertThat(print("server: cat /proc/net/tcp").lines()).hasSize(3);
        assertThat(print("server: cat /proc/net/udp6").lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("    0: 00000000000000000000000000000000:005C");
        assertThat(print("server: cat /proc/net/sockstat6"))
                .startsWith("TCP6: inuse 7\nUDP6: inuse 1");
        assertThat(print("server: cat /proc/net/sockstat"))
                .contains("TCP: inuse 2 orphan 0 tw 0 alloc 9");
        assertThat(print("server: ss -s")).contains("INET\t  10        2         8");
    }
}
