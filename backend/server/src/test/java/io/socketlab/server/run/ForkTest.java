package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that begin as another did. */
@ServerTest
class ForkTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    private JsonNode api(String path) {
        HttpResponse<String> answer = me.get("/api/v1" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private List<String> events(String of, int to) {
        return me.get("/api/v1" + of + "/events?to=" + to).body().lines().toList();
    }

    @Test
    void aForkSharesItsBeginningToTheOctet() {
        int middle = api(run).path("lastSeq").asInt() - 3;
        HttpResponse<String> answer =
                me.post(run + "/forks", run, Map.of("event", "" + middle, "name", "another way"));
        String fork = Visitor.location(answer);
        assertThat(fork).isNotEqualTo(run);
        int common = api(fork).path("lastSeq").asInt();
        assertThat(common).isGreaterThanOrEqualTo(middle);
        assertThat(events(fork, common)).isEqualTo(events(run, common));
        assertThat(api(fork).path("inputs").get(2).asString())
                .isEqualTo("run until event " + middle);

        JsonNode branches = api(run + "/branches");
        assertThat(branches).hasSize(2);
        assertThat(branches.get(1).path("name").asString()).isEqualTo("another way");
        assertThat(branches.get(1).path("event").asInt()).isEqualTo(common);
        assertThat(run).endsWith(branches.get(1).path("parent").asString());
    }

    @Test
    void whatIsDoneInAForkIsWhereItPartsFromTheRun() {
        String fork =
                Visitor.location(
                        me.post(
                                run + "/forks",
                                run,
                                Map.of(
                                        "event",
                                        "0",
                                        "line",
                                        "client: socket(AF_INET, SOCK_DGRAM, 0)")));
        String other = run.substring(run.lastIndexOf('/') + 1);
        JsonNode comparison = api(fork + "/comparison?with=" + other);
        assertThat(comparison.path("same").asBoolean()).isFalse();
        assertThat(comparison.path("divergence").path("who").asString()).isEqualTo("client");
        assertThat(me.get(fork + "/comparison?with=" + other).body())
                .contains("Two branches side by side")
                .contains("id=\"parting\"");

        JsonNode columns = api(fork + "/comparison/rows?with=" + other + "&limit=3");
        assertThat(columns.path("rows")).hasSize(3);
        assertThat(columns.path("total").asInt()).isGreaterThan(3);
        JsonNode first = columns.path("rows").get(columns.path("parting").asInt());
        assertThat(first.path("likeness").asString()).isEqualTo("ALONE");
        assertThat(me.get("/api/v1" + fork + "/comparison/rows?with=" + other + "&limit=0"))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(400);
    }

    @Test
    void aLineThatIsRefusedLeavesNoFork() {
        HttpResponse<String> refused =
                me.post(run + "/forks", run, Map.of("event", "0", "line", "client: lissten(3, 5)"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(api(run + "/branches")).hasSize(1);
        assertThat(me.post(run + "/forks", run, Map.of("event", "99999")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoeverHasTheLinkLooksAtARunThatItsLabShares() {
        Map<String, String> settings =
                Map.of(
                        "shape", "LINK",
                        "clients", "1",
                        "clientProfile", "linux",
                        "serverProfile", "linux",
                        "delay", "20ms",
                        "rate", "10mbit",
                        "queue", "100pkt",
                        "loss", "0%",
                        "sysctl", "");
        String network = Visitor.location(me.post("/play", "/play", settings));
        String shared =
                Visitor.location(
                        me.post(
                                network.replace("/play/", "/labs/play-") + "/runs",
                                network,
                                Map.of()));
        Visitor other = Visitor.guest(port);
        assertThat(other.get(shared).body()).contains("\"mine\":false");
        assertThat(other.get("/api/v1" + shared).statusCode()).isEqualTo(200);
        try (Browser looking = Browser.open(port, shared, other.cookie(), 0)) {
            assertThat(looking.awaitMessage("hello").path("role").asString()).isEqualTo("viewer");
            looking.send("{\"type\":\"takeover\"}");
            JsonNode refused = looking.input("x1", "client: socket(AF_INET, SOCK_STREAM, 0)");
            assertThat(refused.path("title").asString()).isEqualTo("not your run");
        }
        assertThat(other.post(shared + "/forks", "/", Map.of("event", "0")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRunIsItsOwnersUnlessItsLabSharesIt() {
        Visitor other = Visitor.guest(port);
        assertThat(other.get(run).statusCode()).isEqualTo(404);
        assertThat(other.post(run + "/forks", "/", Map.of("event", "0")).statusCode())
                .isEqualTo(404);
    }
}
