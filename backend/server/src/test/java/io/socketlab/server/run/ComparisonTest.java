package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of a solution, to whom, and how often. */
@ServerTest
class ComparisonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PER_HOUR = 10;

    @LocalServerPort private int port;

    private Visitor me;
    private String run;

    @BeforeEach
    void connectToNobody() {
        me = Visitor.guest(port);
        run = me.openBench("c1-handshake");
        Browser browser = Browser.open(port, run, me.cookie(), 0);
        browser.input("a1", "client: socket(AF_INET, SOCK_STREAM, 0)");
        browser.input("a2", "client: connect(3, server:80)");
        browser.input("a3", "run");
        browser.close();
    }

    private String submit() {
        return Visitor.location(me.post(run + "/submissions", run, Map.of()));
    }

    private HttpResponse<String> api(Visitor who, String submission) {
        return who.get("/api/v1" + submission + "/comparison");
    }

    @Test
    void tellsWhereAHandInPartsAndNotHowTheSolutionGoesOn() {
        JsonNode comparison = JSON.readTree(api(me, submit()).body());
        JsonNode divergence = comparison.path("divergence");
        assertThat(divergence.path("who").asString()).isEqualTo("client");
        assertThat(divergence.path("ours").path("text").asString()).startsWith("client calls ");
        assertThat(divergence.path("referenceAfter")).isEmpty();
    }

    @Test
    void whatIsNotHandedInIsNotCompared() {
        HttpResponse<String> answer = api(me, run + "/submissions/1");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).path("type").asString())
                .isEqualTo("/problems/unknown-submission");
        String submission = submit();
        assertThat(api(Visitor.guest(port), submission).statusCode())
                .as("somebody else's")
                .isEqualTo(404);
    }

    @Test
    void onlySoManyHandInsAreComparedInAnHour() {
        String first = submit();
        assertThat(api(me, first).statusCode()).isEqualTo(200);
        for (int n = 2; n <= PER_HOUR; n++) {
            assertThat(api(me, submit()).statusCode()).isEqualTo(200);
        }
        String next = submit();
        HttpResponse<String> refused = api(me, next);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(refused.body()).path("detail").asString())
                .startsWith("A comparison tells a line of a solution, so there are 10 in an hour.");
        HttpResponse<String> page = me.get(next + "/comparison");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.body()).contains("<h1>Too many comparisons</h1>", "The next is yours in");
        assertThat(api(me, first).statusCode()).as("one that was told already").isEqualTo(200);
        assertThat(me.get(first + "/comparison").statusCode()).isEqualTo(200);
    }
}
