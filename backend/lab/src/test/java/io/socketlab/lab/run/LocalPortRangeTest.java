package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * IP_LOCAL_PORT_RANGE: net/ipv4/inet_connection_sock.c, inet_sk_get_local_port_range(). The ports
 * and errors are those of the same calls on Linux 6.18.
 */
class LocalPortRangeTest {

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);
    private final StringBuilder script = new StringBuilder();

    private void add(String line) {
        script.append(line).append('\n');
    }

    private void narrowed(int fd, String type, String range) {
        add("client: socket(AF_INET, %s, 0) = %d".formatted(type, fd));
        add(
                "client: setsockopt(%d, IPPROTO_IP, IP_LOCAL_PORT_RANGE, [%s]) = 0"
                        .formatted(fd, range));
    }

    private void holds() {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", script.toString())).differences())
                .isEmpty();
    }

    /** Each bound is of consequence if it is within the host's range, 32768 to 60999. */
    @ParameterizedTest
    @CsvSource({
        "SOCK_STREAM, 0x9c419c40, 40000, 40001",
        "SOCK_DGRAM, 0x9c419c40, 40000, 40001",
        "SOCK_STREAM, 0x80010000, 32768, 32769",
        "SOCK_DGRAM, 0x80010064, 32768, 32769",
        "SOCK_STREAM, 0x0000ee46, 60998, 60999",
        "SOCK_DGRAM, 0xffffee46, 60998, 60999"
    })
    void bindHasNoOtherPorts(String type, String range, int low, int high) {
        for (int fd = 3; fd <= 5; fd++) {
            narrowed(fd, type, range);
            add("client: bind(%d, *:0) = %s".formatted(fd, fd < 5 ? "0" : "-1 EADDRINUSE"));
        }
        add("client: bind(5, *:%d) = -1 EADDRINUSE".formatted(low));
        add("client: bind(5, *:%d) = -1 EADDRINUSE".formatted(high));
        add("client: bind(5, *:%d) = 0".formatted(1000 + low / 2));
        holds();
    }

    @Test
    void connectHasNoOtherPorts() {
        add("server: socket(AF_INET, SOCK_STREAM, 0) = 3");
        add("server: bind(3, *:80) = 0");
        add("server: listen(3, 5) = 0");
        for (int fd = 3; fd <= 5; fd++) {
            narrowed(fd, "SOCK_STREAM", "0x9c419c40");
            add(
                    "client: connect(%d, server:80) = %s"
                            .formatted(fd, fd < 5 ? "0" : "-1 EADDRNOTAVAIL"));
        }
        for (int fd = 6; fd <= 8; fd++) {
            narrowed(fd, "SOCK_DGRAM", "0x9c419c40");
            add("client: connect(%d, server:80) = %s".formatted(fd, fd < 8 ? "0" : "-1 EAGAIN"));
        }
        add("client: setsockopt(8, IPPROTO_IP, IP_LOCAL_PORT_RANGE, [0x00040005]) = -1 EINVAL");
        holds();
    }
}
