package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one can take along of a run. */
@ServerTest
class CaptureApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort private int port;

    private Visitor me;
    private String run;
    private int last;

    @BeforeEach
    void connectToNobody() {
        me = Visitor.guest(port);
        String page = me.openBench("c1-handshake");
        run = "/api/v1" + page;
        Browser browser = Browser.open(port, page, me.cookie(), 0);
        browser.input("a1", "client: socket(AF_INET, SOCK_STREAM, 0)");
        browser.input("a2", "client: connect(3, server:80)");
        last = browser.input("a3", "run").path("lastSeq").asInt();
        browser.close();
    }

    private JsonNode frames(String query) {
        return JSON.readTree(me.get(run + "/frames" + query).body());
    }

    @Test
    void givesTheFramesWithTheirOctets() {
        JsonNode answer = frames("");
        JsonNode syn = answer.path("frames").get(0);
        assertThat(answer.path("frames")).hasSize(4);
        assertThat(answer.path("next").isNull()).isTrue();
        assertThat(syn.path("interface").asString()).isEqualTo("client.eth0");
        assertThat(syn.path("direction").asString()).isEqualTo("out");
        assertThat(syn.path("hex").asString())
                .as("Ethernet, IPv4 with 20 octets of header, TCP to port 80")
                .matches("0200000000020200000000010800" + "4500.{36}.{4}0050.*");
        int event = answer.path("frames").get(2).path("event").asInt();
        assertThat(frames("?from=" + event + "&to=" + event).path("frames")).hasSize(1);
        assertThat(frames("?from=" + (last + 1)).path("frames")).isEmpty();
    }

    @Test
    void givesACaptureOfAllOrOneCardUpToAnEvent() {
        HttpResponse<String> whole = me.get(run + "/capture");
        assertThat(whole.headers().firstValue("Content-Type")).contains("application/x-pcapng");
        assertThat(whole.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"c1-handshake-1.pcapng\"");
        assertThat(whole.body()).contains("client.eth0", "server.eth0", "client sends SYN to");
        String one = me.get(run + "/capture?interface=server").body();
        assertThat(one).contains("eth0 of server").doesNotContain("eth0 of client");
        String begun = me.get(run + "/capture?upTo=5").body();
        assertThat(begun).contains("client.eth0").doesNotContain("client sends SYN to");
    }

    @Test
    void aCardThatThereIsNotIsAnErrorThatSaysWhichThereAre() {
        HttpResponse<String> answer = me.get(run + "/capture?interface=eth7");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asString())
                .isEqualTo(
                        "Parameter 'interface': expected one of client.eth0, server.eth0, found"
                                + " 'eth7'.");
    }

    @Test
    void givesTheTraceAndTheCalls() {
        assertThat(me.get(run + "/trace").body().lines()).hasSize(last);
        assertThat(me.get(run + "/trace?upTo=4").body().lines()).hasSize(4);
        assertThat(me.get(run + "/strace").body())
                .startsWith("# client\n0.000000 socket(AF_INET, SOCK_STREAM, 0) = 3 <0.000000>\n")
                .contains("connect(3, ")
                .contains(" = -1 ECONNREFUSED");
        assertThat(me.get(run + "/strace?upTo=0").body()).isEmpty();
    }

    @Test
    void nobodyElseGetsAnyOfThem() {
        Visitor other = Visitor.guest(port);
        for (String what : List.of("/capture", "/frames", "/trace", "/strace")) {
            assertThat(other.get(run + what).statusCode()).as(what).isEqualTo(404);
            assertThat(new Visitor(port).get(run + what).statusCode()).as(what).isEqualTo(401);
        }
    }
}
