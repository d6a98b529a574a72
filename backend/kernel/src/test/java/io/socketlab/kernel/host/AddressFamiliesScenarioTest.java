package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.daemon.NameServer;
import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.NameData;
import io.socketlab.kernel.dns.ZoneFile;
import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.FunctionReturned;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Addresses of both families, looked for with getaddrinfo(3). Every answer, and the order in it,
 * was seen of Debian's glibc 2.36 on Linux 6.18, on a host with 10.0.0.1/24 and 2001:db8::1/64 and
 * a gateway of either family. RFC 3493 §6.1, RFC 6724.
 */
class AddressFamiliesScenarioTest {

    private static final String RECORDS =
            """
            v4 A 10.0.0.2
            both A 10.0.0.2
            both AAAA 2001:db8::2
            far A 192.0.2.1
            far AAAA 2001:db8:1::9
            ula A 10.0.0.2
            ula AAAA fd00::2
            two AAAA 2001:db8::2
            two AAAA 2001:db8:5::1
            two AAAA 2001:db8::3
            three A 192.0.2.1
            three A 10.0.0.200
            three A 10.0.0.3
            none TXT x
            """;

    private static final String HOSTS =
            """
            127.0.0.1 localhost
            ::1 localhost
            10.0.0.2 hb
            2001:db8::2 hb
            10.0.0.2 h4
            2001:db8::2 h6
            """;

    private final TwoHosts net = new TwoHosts();

    @BeforeEach
    void serve() throws ZoneFile.Malformed {
        net.client.ip().gateway(new Ipv4Address(0x0A00_0009));
        net.client.ip().gateway(Ipv6Address.parse("2001:db8::9").orElseThrow());
        file("/etc/hosts", HOSTS);
        file("/etc/resolv.conf", "nameserver 10.0.0.2\n");
        DnsName origin = DnsName.parse("t").orElseThrow();
        var zone = ZoneFile.read(origin, RECORDS, ZoneFile.Hosts.NONE);
        new NameServer(new NameData(List.of(zone)))
                .start(net.server.daemon(53), net.server.daemon(54));
    }

    private void file(String path, String text) {
        net.client.files().write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The addresses without their port, or the error. */
    private String find(String node, int flags, int family) {
        var hints = new Hints(flags, family, 1, 0);
        var request =
                new GetAddrInfo.Request(
                        Optional.ofNullable(node), Optional.of("80"), Optional.of(hints));
        net.client.task(1).run(new GetAddrInfo(request), net.client.library(), _ -> {});
        net.run();
        String text = net.events(FunctionReturned.class).getLast().text();
        if (text.contains("EAI_")) return text.replaceFirst(".*(EAI_[A-Z]+).*", "$1");
        return List.of(text.split("ai_addr=", -1)).stream()
                .skip(1)
                .map(a -> a.replaceFirst(":80}.*", "").replaceAll("[\\[\\]]", ""))
                .collect(Collectors.joining(" "));
    }

    /** Flags: 8 is AI_V4MAPPED, 16 AI_ALL, 1 AI_PASSIVE, 32 AI_ADDRCONFIG; 0, 2 and 10 families. */
    @ParameterizedTest(name = "{0} flags={1} family={2}")
    @CsvSource({
        "v4.t,        0,  0, 10.0.0.2",
        "v4.t,        0, 10, EAI_NODATA",
        "v4.t,        8, 10, ::ffff:10.0.0.2",
        "v4.t,       40, 10, ::ffff:10.0.0.2",
        "both.t,      0,  0, 2001:db8::2 10.0.0.2",
        "both.t,     40,  0, 2001:db8::2 10.0.0.2",
        "both.t,      0,  2, 10.0.0.2",
        "both.t,      0, 10, 2001:db8::2",
        "both.t,      8, 10, 2001:db8::2",
        "both.t,     16, 10, 2001:db8::2",
        "both.t,     24, 10, 2001:db8::2 ::ffff:10.0.0.2",
        "far.t,       0,  0, 2001:db8:1::9 192.0.2.1",
        "ula.t,       0,  0, 10.0.0.2 fd00::2",
        "two.t,       0,  0, 2001:db8::2 2001:db8::3 2001:db8:5::1",
        "two.t,       0,  2, EAI_NODATA",
        "three.t,     0,  0, 10.0.0.3 10.0.0.200 192.0.2.1",
        "none.t,      0,  0, EAI_NODATA",
        "nobody.t,    0,  0, EAI_NONAME",
        "hb,          0,  0, 2001:db8::2 10.0.0.2",
        "hb,         24, 10, 2001:db8::2 ::ffff:10.0.0.2",
        "h4,          8, 10, ::ffff:10.0.0.2",
        "h6,          0,  0, 2001:db8::2",
        "localhost,   0,  0, ::1 127.0.0.1",
        "localhost,   0,  2, 127.0.0.1 127.0.0.1",
        "localhost,  24, 10, ::1 ::ffff:127.0.0.1 ::ffff:127.0.0.1",
        "10.0.0.5,    0, 10, EAI_ADDRFAMILY",
        "10.0.0.5,    8, 10, ::ffff:10.0.0.5",
        "2001:db8::7, 0,  0, 2001:db8::7",
        "2001:db8::7, 0,  2, EAI_ADDRFAMILY",
        "::ffff:1.2.3.4, 0, 0, ::ffff:1.2.3.4",
        "::ffff:1.2.3.4, 0, 2, 1.2.3.4",
        ",            0,  0, ::1 127.0.0.1",
        ",            0, 10, ::1",
        ",            1,  0, 0.0.0.0 ::",
        ",            1, 10, ::",
    })
    void findsWhatGlibcFinds(String node, int flags, int family, String found) {
        assertThat(find(node, flags, family)).isEqualTo(found);
    }

    @Test
    void bothQuestionsGoOutTogether() {
        assertThat(find("both.t", 0, 0)).isNotEmpty();
        assertThat(calls())
                .containsSubsequence(
                        "poll([{fd=3, events=POLLOUT, revents=POLLOUT}], 1, 0) = 1",
                        "send(3, …, 24, MSG_NOSIGNAL) = 24",
                        "send(3, …, 24, MSG_NOSIGNAL) = 24",
                        "poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 5000) = 1",
                        "recvfrom(3, …, 1024, 0, 10.0.0.2:53) = 40",
                        "recvfrom(3, …, 1024, 0, 10.0.0.2:53) = 52",
                        "close(3) = 0",
                        "socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, 0) = 3",
                        "connect(3, 10.0.0.2:80) = 0",
                        "close(3) = 0",
                        "socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, 0) = 3",
                        "connect(3, [2001:db8::2]:80) = 0",
                        "close(3) = 0");
        assertThat(net.network.loop().now()).as("there and back").isEqualTo(20 * TwoHosts.MS);
        assertThat(net.client.openDescriptors()).isEmpty();
    }

    private List<String> calls() {
        return net.events(CallReturned.class).stream()
                .filter(e -> e.stamp().host().equals("client"))
                .map(CallReturned::text)
                .map(t -> t.replaceAll("\"[^\"]*\"\\.*", "…"))
                .toList();
    }
}
