package io.socketlab.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The bench's WebSocket, over a real one. docs/websocket.md. */
@ServerTest
class BenchSocketTest {

    @LocalServerPort private int port;

    private Visitor me;
    private String run;
    private Browser browser;

    @BeforeEach
    void openABench() {
        me = Visitor.guest(port);
        run = me.openBench("c1-handshake");
        browser = Browser.open(port, run, me.cookie(), 0);
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    private static List<Integer> numbers(List<JsonNode> events) {
        return events.stream().map(e -> e.path("seq").asInt()).toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void saysHelloWithWhatThereIs() {
        JsonNode hello = browser.awaitMessage("hello");
        assertThat(hello.path("role").asString()).isEqualTo("owner");
        assertThat(hello.path("hosts").toString()).isEqualTo("[\"client\",\"server\"]");
        assertThat(hello.path("inputs").asInt()).isZero();
        assertThat(browser.awaitMessage("checks").path("tests")).isNotEmpty();
    }

    @Test
    void acknowledgesALineAndSendsItsEventsInOrder() {
        JsonNode ack = browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(ack.path("type").asString()).isEqualTo("ack");
        assertThat(ack.path("input").asInt()).isEqualTo(1);
        assertThat(ack.path("reply").asString()).isEqualTo("socket(AF_INET, SOCK_STREAM, 0) = 3");
        int last = ack.path("lastSeq").asInt();
        assertThat(numbers(browser.awaitEvents(last))).isEqualTo(upTo(last));
        assertThat(browser.frames()).isEqualTo(upTo(browser.frames().size()));
    }

    @Test
    void refusesALineThatItDoesNotUnderstandAndChangesNothing() {
        JsonNode refused = browser.input("a1", "server: lissten(3, 5)");
        assertThat(refused.path("type").asString()).isEqualTo("refused");
        assertThat(refused.path("detail").asString()).contains("listen");
        assertThat(refused.path("column").asInt()).isEqualTo(9);
        JsonNode ack = browser.input("a2", "server: socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(ack.path("input").asInt()).isEqualTo(1);
    }

    @Test
    void aLineSentAgainIsAcknowledgedAgainAndDoneOnce() {
        JsonNode first = browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)");
        browser.close();
        browser = Browser.open(port, run, me.cookie(), 0);
        JsonNode again = browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(again).isEqualTo(first);
        assertThat(browser.awaitMessage("hello").path("inputs").asInt()).isEqualTo(1);
    }

    @Test
    void comesBackAfterADisconnectWithNothingLostAndNothingTwice() {
        JsonNode ack = browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)");
        int seen = ack.path("lastSeq").asInt();
        browser.awaitEvents(seen);
        browser.close();
        browser = Browser.open(port, run, me.cookie(), seen);
        JsonNode next = browser.input("a2", "server: bind(3, *:8080)");
        int last = next.path("lastSeq").asInt();
        assertThat(numbers(browser.awaitEvents(last)))
                .isEqualTo(IntStream.rangeClosed(seen + 1, last).boxed().toList());
    }

    @Test
    void tellsWhenTheChecklistChanges() {
        JsonNode before = browser.awaitMessage("checks");
        assertThat(check(before, "listening").path("status").asString()).isEqualTo("FAIL");
        listen();
        browser.await(m -> check(m, "listening").path("status").asString("").equals("PASS"));
    }

    @Test
    void tellsWhatWasSaidBeforehandAndWhenItIsTooLate() {
        browser.close();
        browser = Browser.open(port, me.openBench("c3-backlog"), me.cookie(), 0);
        JsonNode asked = browser.awaitMessage("checks").path("predictions");
        assertThat(asked.toString()).isEqualTo("{\"open\":true,\"said\":{}}");
        browser.input("p1", "predict waiting 4");
        browser.await(m -> m.at("/predictions/said/waiting").asString("").equals("4"));
        browser.input("p2", "server: socket(AF_INET, SOCK_STREAM, 0)");
        browser.await(m -> !m.at("/predictions/open").asBoolean(true));
    }

    /** On the port that the run's statement asks for; answers it. */
    private int listen() {
        Matcher asked = Pattern.compile("server:(\\d+)").matcher(me.get(run).body());
        assertThat(asked.find()).isTrue();
        int number = Integer.parseInt(asked.group(1));
        browser.input("l1", "server: socket(AF_INET, SOCK_STREAM, 0)");
        browser.input("l2", "server: bind(3, *:" + number + ")");
        browser.input("l3", "server: listen(3, 5)");
        return number;
    }

    private static JsonNode check(JsonNode message, String id) {
        for (JsonNode test : message.path("tests")) {
            if (test.path("id").asString().equals(id)) return test;
        }
        return MissingNode.getInstance();
    }

    @Test
    void tellsWhatIsNotYetFromWhatIsWrong() {
        int other = listen() + 1;
        browser.input("a1", "client: socket(AF_INET, SOCK_STREAM, 0)");
        browser.input("a2", "client: connect(3, server:" + other + ")");
        browser.input("a3", "run");
        JsonNode refused =
                browser.await(
                        m -> check(m, "no-refusal").path("status").asString("").equals("FAIL"));
        assertThat(check(refused, "no-refusal").path("open").asBoolean()).isFalse();
        assertThat(check(refused, "handshake").path("status").asString()).isEqualTo("FAIL");
        assertThat(check(refused, "handshake").path("open").asBoolean()).isTrue();
    }

    @Test
    void sendsARangeAgain() {
        int last =
                browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)")
                        .path("lastSeq")
                        .asInt();
        browser.awaitEvents(last);
        browser.events().clear();
        browser.send("{\"type\":\"range\",\"from\":2,\"to\":3}");
        assertThat(numbers(browser.awaitEvents(3))).isEqualTo(List.of(2, 3));
    }

    @Test
    void aSecondTabLooksOnUntilItTakesOver() {
        browser.awaitMessage("hello");
        try (Browser second = Browser.open(port, run, me.cookie(), 0)) {
            assertThat(second.awaitMessage("hello").path("role").asString()).isEqualTo("viewer");
            JsonNode refused = second.input("b1", "server: socket(AF_INET, SOCK_STREAM, 0)");
            assertThat(refused.path("type").asString()).isEqualTo("refused");
            int last =
                    browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)")
                            .path("lastSeq")
                            .asInt();
            second.awaitEvents(last);
            second.send("{\"type\":\"takeover\"}");
            second.await(m -> Browser.is(m, "hello") && m.path("role").asString().equals("owner"));
            assertThat(second.input("b2", "server: listen(3, 5)").path("type").asString())
                    .isEqualTo("ack");
            browser.await(
                    m -> Browser.is(m, "hello") && m.path("role").asString().equals("viewer"));
        }
    }

    @Test
    void aTabThatComesBackTypesOnThoughNobodyKnowsThatItsConnectionBroke() {
        browser.close();
        run = me.openBench("c5-goodbye");
        browser = Browser.openIn("t1", port, run, me.cookie());
        assertThat(browser.awaitMessage("hello").path("role").asString()).isEqualTo("owner");
        try (Browser back = Browser.openIn("t1", port, run, me.cookie())) {
            assertThat(back.awaitMessage("hello").path("role").asString()).isEqualTo("owner");
            assertThat(browser.awaitClose()).isEqualTo(1001);
            assertThat(back.input("a1", "server: listen(3, 5)").path("type").asString())
                    .isEqualTo("ack");
        }
    }

    @Test
    void theThirdMalformedMessageClosesWith1007() {
        browser.awaitMessage("hello");
        browser.send("not json");
        browser.send("{\"type\":\"dance\"}");
        browser.await(m -> m.path("title").asString("").equals("malformed message"));
        browser.sendBinary(new byte[] {1, 2, 3});
        assertThat(browser.awaitClose()).isEqualTo(1007);
        assertThat(browser.messages().getLast().path("type").asString()).isEqualTo("closing");
    }

    @Test
    void isOpenToItsOwnerAndToPagesOfOursOnly() {
        String own = "http://localhost:" + port;
        String path = "/ws" + run;
        assertThat(Browser.refusal(port, path, Visitor.guest(port).cookie(), own)).isEqualTo(404);
        assertThat(Browser.refusal(port, path, me.cookie(), "https://evil.example")).isEqualTo(403);
        assertThat(Browser.refusal(port, path + "?after=x", me.cookie(), own)).isEqualTo(400);
        assertThat(Browser.refusal(port, path, "", own)).isIn(302, 401, 403);
    }

    @Test
    void aMessageThatIsTooLongClosesTheConnection() {
        browser.awaitMessage("hello");
        browser.send("{\"type\":\"input\",\"id\":\"x\",\"line\":\"" + "x".repeat(20_000) + "\"}");
        assertThat(browser.awaitClose()).isEqualTo(1009);
    }
}
