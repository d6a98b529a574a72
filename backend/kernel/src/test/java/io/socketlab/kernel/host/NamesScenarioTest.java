package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.daemon.CachingResolver;
import io.socketlab.kernel.daemon.NameServer;
import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.NameData;
import io.socketlab.kernel.dns.ZoneFile;
import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.GetHostByName;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.libc.ServicesFile;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.FunctionReturned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Names, looked for with getaddrinfo(3). What it answers, which calls it makes and how long it
 * waits was seen of Debian's glibc 2.36 on Linux 6.18.
 */
class NamesScenarioTest {

    private static final long SECOND = 1_000_000_000L;

    private TwoHosts net = new TwoHosts();

    @BeforeEach
    void writeTheClientsFiles() {
        file("/etc/hosts", "127.0.0.1 localhost\n10.9.9.9 two.local two\n10.9.9.8 two.local\n");
        file("/etc/services", ServicesFile.USUAL);
        file("/etc/resolv.conf", "nameserver 10.0.0.2\n");
    }

    private void file(String path, String text) {
        net.client.files().write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static NameServer server(String zone) {
        try {
            DnsName origin = DnsName.parse("example.com").orElseThrow();
            return new NameServer(
                    new NameData(List.of(ZoneFile.read(origin, zone, ZoneFile.Hosts.NONE))));
        } catch (ZoneFile.Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void serve(String zone) {
        server(zone).start(net.server.daemon(53), net.server.daemon(54));
    }

    private String run(LibraryFunction<?> function) {
        net.client.task(1).run(function, net.client.library(), _ -> {});
        net.run();
        return net.events(FunctionReturned.class).getLast().text();
    }

    private String find(String node, String service, Hints hints) {
        var request =
                new GetAddrInfo.Request(
                        Optional.ofNullable(node),
                        Optional.ofNullable(service),
                        Optional.of(hints));
        String text = run(new GetAddrInfo(request));
        return text.replaceFirst("^getaddrinfo\\([^{]*\\{[^}]*\\}, ", "")
                .replaceFirst("\\) = ", " ");
    }

    private static Hints stream(int flags) {
        return new Hints(flags, 2, 1, 0);
    }

    private String address(String node) {
        return find(node, "80", stream(0)).replaceAll(".*ai_addr=([^}]*)\\}.*", "$1");
    }

    private List<String> calls() {
        return net.events(CallReturned.class).stream()
                .filter(e -> e.stamp().host().equals("client"))
                .map(CallReturned::text)
                .map(t -> t.replaceAll("\"[^\"]*\"\\.*", "…").replaceAll("10.0.0.1:\\d+", "own"))
                .toList();
    }

    @Test
    void asksTheNameServerAsGlibcDoes() {
        serve("www A 10.0.0.2");
        assertThat(address("www.example.com")).isEqualTo("10.0.0.2:80");
        assertThat(calls())
                .endsWith(
                        "socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK|SOCK_CLOEXEC, 0) = 3",
                        "setsockopt(3, IPPROTO_IP, IP_RECVERR, [1]) = 0",
                        "connect(3, 10.0.0.2:53) = 0",
                        "poll([{fd=3, events=POLLOUT, revents=POLLOUT}], 1, 0) = 1",
                        "send(3, …, 33, MSG_NOSIGNAL) = 33",
                        "poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 5000) = 1",
                        "ioctl(3, FIONREAD, [49]) = 0",
                        "recvfrom(3, …, 1024, 0, 10.0.0.2:53) = 49",
                        "close(3) = 0");
        assertThat(net.network.loop().now()).as("there and back").isEqualTo(20 * TwoHosts.MS);
        assertThat(net.client.openDescriptors()).isEmpty();
    }

    @Test
    void tellsFailuresApart() {
        serve("www A 10.0.0.2\nnothing TXT hi");
        assertThat(find("nobody.example.com", "80", stream(0))).contains("EAI_NONAME");
        assertThat(find("nothing.example.com", "80", stream(0))).contains("EAI_NODATA");
        assertThat(find("www.other.org", "80", stream(0))).contains("EAI_AGAIN");
        assertThat(find("a..b", "80", stream(0))).contains("EAI_NONAME");
        assertThat(run(new GetHostByName("nobody.example.com"))).contains("-1 HOST_NOT_FOUND");
        assertThat(run(new GetHostByName("nothing.example.com"))).contains("-1 NO_DATA");
    }

    @Test
    void argumentsAreCheckedAsGlibcChecksThem() {
        assertThat(find(null, null, stream(0))).contains("EAI_NONAME");
        assertThat(find(null, "80", stream(Hints.AI_CANONNAME))).contains("EAI_BADFLAGS");
        assertThat(find(null, "80", stream(0x8000))).contains("EAI_BADFLAGS");
        assertThat(find("10.0.0.1", "80", new Hints(0, 99, 0, 0))).contains("EAI_FAMILY");
        assertThat(find("10.0.0.1", "80", new Hints(0, 10, 0, 0))).contains("EAI_ADDRFAMILY");
        assertThat(find("10.0.0.1", "80", new Hints(0, 2, 9, 0))).contains("EAI_SOCKTYPE");
        assertThat(find("10.0.0.1", "80", new Hints(0, 2, 1, 17))).contains("EAI_SOCKTYPE");
        assertThat(find("10.0.0.1", "80", new Hints(0, 2, 3, 0))).contains("EAI_SERVICE");
        assertThat(find("10.0.0.1", "tftp", stream(0))).contains("EAI_SERVICE");
        assertThat(find("10.0.0.1", "80x", stream(0))).contains("EAI_SERVICE");
        assertThat(find("10.0.0.1", "http", stream(Hints.AI_NUMERICSERV))).contains("EAI_NONAME");
        assertThat(find("www.example.com", "80", stream(Hints.AI_NUMERICHOST)))
                .contains("EAI_NONAME");
    }

    @Test
    void findsNumbersAndServicesWithoutAsking() {
        assertThat(address("10.1")).isEqualTo("10.0.0.1:80");
        assertThat(address("0x7f.1")).isEqualTo("127.0.0.1:80");
        assertThat(find(null, "http", stream(Hints.AI_PASSIVE)))
                .isEqualTo("[{ai_socktype=SOCK_STREAM, ai_addr=0.0.0.0:80}] 0");
        assertThat(find(null, "70000", stream(0))).contains("127.0.0.1:4464");
        assertThat(find("127.0.0.1", "domain", new Hints(0, 2, 0, 0)))
                .isEqualTo(
                        "[{ai_socktype=SOCK_STREAM, ai_addr=127.0.0.1:53},"
                                + " {ai_socktype=SOCK_DGRAM, ai_addr=127.0.0.1:53}] 0");
        assertThat(find("127.0.0.1", "80", new Hints(0, 2, 0, 0)))
                .contains("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW");
        assertThat(find("two", "http", stream(Hints.AI_CANONNAME)))
                .isEqualTo(
                        "[{ai_socktype=SOCK_STREAM, ai_addr=10.9.9.9:80}] 0"
                                + " ai_canonname=\"two.local\"");
        assertThat(calls()).noneMatch(c -> c.startsWith("send"));
    }

    @Test
    void anAliasIsFollowedAndTheNearestAddressComesFirst() {
        serve("www CNAME web\nweb A 10.0.0.9\nweb A 10.0.0.3");
        assertThat(find("www.example.com", "80", stream(Hints.AI_CANONNAME)))
                .isEqualTo(
                        "[{ai_socktype=SOCK_STREAM, ai_addr=10.0.0.3:80},"
                                + " {ai_socktype=SOCK_STREAM, ai_addr=10.0.0.9:80}] 0"
                                + " ai_canonname=\"web.example.com\"");
        assertThat(calls())
                .contains("connect(3, AF_UNSPEC) = 0")
                .endsWith("connect(3, 10.0.0.3:80) = 0", "getsockname(3, own) = 0", "close(3) = 0");
    }

    @Test
    void aShortNameIsLookedForInTheSearchList() {
        file("/etc/resolv.conf", "search nowhere.org example.com\nnameserver 10.0.0.2\n");
        serve("www A 10.0.0.2");
        // www.nowhere.org is refused: the server does not know of it, and that is the end of it
        assertThat(find("www", "80", stream(0))).contains("EAI_AGAIN");
        file("/etc/resolv.conf", "search sub.example.com example.com\nnameserver 10.0.0.2\n");
        assertThat(address("www")).isEqualTo("10.0.0.2:80");
    }

    @Test
    void aServerThatIsNotThereIsToldByIcmp() {
        assertThat(find("www.example.com", "80", stream(0))).contains("EAI_AGAIN");
        assertThat(net.network.loop().now()).as("two attempts").isEqualTo(40 * TwoHosts.MS);
        assertThat(calls()).contains("poll([{fd=3, events=POLLIN, revents=POLLERR}], 1, 5000) = 1");
    }

    @Test
    void serversThatAreSilentAreAskedTwiceForFiveSecondsEach() {
        net = new TwoHosts(new Impairment.Loss("client", 1));
        writeTheClientsFiles();
        file("/etc/resolv.conf", "nameserver 10.0.0.2\nnameserver 10.0.0.2\n");
        assertThat(find("www.example.com", "80", stream(0))).contains("EAI_AGAIN");
        assertThat(net.network.loop().now()).isEqualTo(20 * SECOND);
        assertThat(net.client.openDescriptors()).isEmpty();
    }

    @Test
    void theNextServerIsAskedAfterTheTimeout() {
        file(
                "/etc/resolv.conf",
                "nameserver 10.0.0.77\nnameserver 10.0.0.2\noptions timeout:1 attempts:3\n");
        serve("www A 10.0.0.2");
        net.client
                .task(1)
                .run(
                        new GetAddrInfo(
                                new GetAddrInfo.Request(
                                        Optional.of("www.example.com"),
                                        Optional.of("80"),
                                        Optional.of(stream(0)))),
                        net.client.library(),
                        _ -> {});
        net.runFor(SECOND + 20 * TwoHosts.MS - 1);
        assertThat(net.events(FunctionReturned.class)).isEmpty();
        net.runFor(1);
        assertThat(net.events(FunctionReturned.class).getFirst().text()).contains("10.0.0.2:80");
    }

    /** RFC 1035 §4.2.1, §4.2.2. */
    @Test
    void anAnswerThatIsTooLongComesOverTcp() {
        var lines = new StringBuilder();
        for (int i = 1; i <= 60; i++) lines.append("many A 10.0.0.").append(i).append('\n');
        serve(lines.toString());
        String found = find("many.example.com", "80", stream(0));
        assertThat(found.split("ai_addr", -1)).hasSize(61);
        assertThat(calls())
                .contains("socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4")
                .contains("connect(4, 10.0.0.2:53) = 0");
        assertThat(net.client.openDescriptors()).isEmpty();
    }

    @Test
    void aCachingResolverAsksOnlyOnce() {
        serve("www 30 A 10.0.0.2");
        file("/etc/resolv.conf", "nameserver 127.0.0.1\n");
        new CachingResolver(
                        net.client.daemon(53),
                        TwoHosts.SERVER,
                        net.network.loop()::now,
                        net.client.chance("resolver"))
                .start();
        List<Long> took = new ArrayList<>();
        for (long pause : new long[] {0, 10 * SECOND, 30 * SECOND}) {
            net.runFor(pause);
            long before = net.network.loop().now();
            assertThat(address("www.example.com")).isEqualTo("10.0.0.2:80");
            took.add(net.network.loop().now() - before);
        }
        assertThat(took).containsExactly(20 * TwoHosts.MS, 0L, 20 * TwoHosts.MS);
    }
}
