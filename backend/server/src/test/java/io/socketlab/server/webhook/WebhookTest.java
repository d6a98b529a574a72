package io.socketlab.server.webhook;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Telling a server on loopback that jobs have ended. */
@Execution(ExecutionMode.CONCURRENT)
@ServerTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:webhooks;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "socketlab.webhooks.own-network=true",
            "socketlab.webhooks.pauses=20ms,20ms",
            "socketlab.webhooks.poll=20ms"
        })
class WebhookTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort private int port;
    @Autowired private Signature signature;

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer receiver;
    private Program program;

    /** What the receiver was told. */
    private record Told(String id, String timestamp, String signature, String body) {}

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", this::answer);
        receiver.start();
        program = Program.of(port, "read,grade,author");
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        var headers = call.getRequestHeaders();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status;
        synchronized (answers) {
            status = answers.isEmpty() ? 204 : answers.removeFirst();
        }
        if (status == 302) call.getResponseHeaders().set("Location", "/elsewhere");
        told.add(
                new Told(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body));
        call.sendResponseHeaders(status, -1);
        call.close();
    }

    private JsonNode webhook() {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        return body(program.post("/api/v1/webhooks", Map.of("url", url)), 201);
    }

    private String grade() {
        String attempt = program.attempt(LAB);
        JsonNode job = body(program.post(attempt + "/submissions?wait=20", script("")), 200);
        return job.path("id").asString();
    }

    private JsonNode delivery(JsonNode webhook, String state) {
        String log = "/api/v1/webhooks/" + webhook.path("id").asString() + "/deliveries";
        return Awaitility.await()
                .until(
                        () -> body(program.get(log), 200).path(0),
                        d -> d.path("state").asString("").equals(state));
    }

    /** As standardwebhooks.com tells the receiver to do it. */
    private static String expected(String secret, Told told) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = told.id() + "." + told.timestamp() + "." + told.body();
        byte[] octets = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(octets);
    }

    @Test
    void aJobThatHasEndedIsToldOnceAndSigned() throws Exception {
        JsonNode webhook = webhook();
        String job = grade();
        JsonNode delivery = delivery(webhook, "DELIVERED");
        assertThat(delivery.path("status").asInt()).isEqualTo(204);
        assertThat(delivery.path("job").asString()).isEqualTo(job);
        assertThat(told).hasSize(1);
        Told one = told.getFirst();
        assertThat(one.signature()).isEqualTo(expected(webhook.path("secret").asString(), one));
        assertThat(Instant.ofEpochSecond(Long.parseLong(one.timestamp())))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        JsonNode payload = Program.JSON.readTree(one.body());
        assertThat(payload.path("type").asString()).isEqualTo("job.ended");
        assertThat(payload.path("data").path("job").path("id").asString()).isEqualTo(job);
        assertThat(payload.path("data").path("job").path("phase").asString()).isEqualTo("DONE");
        JsonNode listed = body(program.get("/api/v1/webhooks"), 200).path(0);
        assertThat(listed.has("secret")).as("shown once").isFalse();
    }

    @Test
    void thePageMakesShowsAndRemovesThem() {
        Visitor guest = Visitor.guest(port);
        String page = "/account/webhooks";
        guest.post(page, page, Map.of("url", "https://grader.example/hook"));
        String made = guest.get(page).body();
        assertThat(made).contains("https://grader.example/hook", "whsec_");
        assertThat(guest.get(page).body()).as("shown once").doesNotContain("whsec_");
        guest.post(page, page, Map.of("url", "gopher://x"));
        assertThat(guest.get(page).body()).contains("expected an address");
        String remove =
                made.replaceFirst("(?s).*action=\"(/account/webhooks/[^\"]+/remove)\".*", "$1");
        guest.post(remove, page, Map.of());
        assertThat(guest.get(page).body()).contains("There are none yet");
    }

    @Test
    void whoFailsIsToldAgainUnderTheSameId() {
        answers.addAll(List.of(500, 302));
        JsonNode webhook = webhook();
        grade();
        JsonNode delivery = delivery(webhook, "DELIVERED");
        assertThat(delivery.path("tries").asInt()).isEqualTo(3);
        assertThat(told).hasSize(3);
        assertThat(told.stream().map(Told::id).distinct()).hasSize(1);
    }

    @Test
    void whoNeverUnderstandsIsGivenUp() {
        answers.addAll(List.of(500, 503, 404));
        JsonNode webhook = webhook();
        grade();
        JsonNode delivery = delivery(webhook, "FAILED");
        assertThat(delivery.path("tries").asInt()).isEqualTo(3);
        assertThat(delivery.path("problem").asString()).isEqualTo("it answered 404");
    }

    @Test
    void whoIsGoneIsNotToldAnyMore() {
        answers.add(410);
        JsonNode webhook = webhook();
        grade();
        delivery(webhook, "FAILED");
        assertThat(body(program.get("/api/v1/webhooks"), 200).path(0).path("active").asBoolean())
                .isFalse();
        grade();
        assertThat(told).hasSize(1);
    }

    @Test
    void othersWebhooksAreNotThereAndThereIsALimit() {
        JsonNode webhook = webhook();
        String path = "/api/v1/webhooks/" + webhook.path("id").asString();
        Program other = Program.of(port, "read,author");
        problem(other.get(path + "/deliveries"), 404, "unknown-webhook");
        problem(other.delete(path), 404, "unknown-webhook");
        Program narrow = Program.of(port, "read,grade");
        problem(narrow.get("/api/v1/webhooks"), 403, "insufficient-scope");
        for (int i = 1; i < 10; i++) webhook();
        Map<String, String> more = Map.of("url", "https://grader.example/");
        problem(program.post("/api/v1/webhooks", more), 409, "too-many-webhooks");
        assertThat(program.delete(path).statusCode()).isEqualTo(204);
        problem(program.delete(path), 404, "unknown-webhook");
        for (String wrong :
                List.of("nowhere", "ftp://a.example/", "https://u:p@a.example/", "https:///x")) {
            problem(program.post("/api/v1/webhooks", Map.of("url", wrong)), 400, "invalid-webhook");
        }
    }

    @Test
    void addressesOfOnesOwnNetworkAreNotCalledUnlessThatIsAllowed() throws IOException {
        var strict =
                new WebhookProperties(
                        false, 10, Duration.ofSeconds(2), List.of(), Duration.ofSeconds(1));
        var call = new WebhookCall(signature, strict, Clock.systemUTC());
        try {
            assertThat(call.objection("http://grader.example/")).isPresent();
            assertThat(call.objection("https://grader.example/")).isEmpty();
            int there = receiver.getAddress().getPort();
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
                String url = "http://" + host + ":" + there + "/hook";
                var webhook =
                        new Webhook(UUID.randomUUID(), UUID.randomUUID(), url, true, Instant.now());
                var delivery =
                        new Delivery(
                                UUID.randomUUID(),
                                webhook.id(),
                                UUID.randomUUID(),
                                "{}",
                                Delivery.State.WAITING,
                                0,
                                OptionalInt.empty(),
                                Optional.empty(),
                                Instant.now(),
                                Optional.empty());
                WebhookCall.Answer answer = call.tell(webhook, delivery);
                assertThat(answer.status()).as(url).isEmpty();
                assertThat(answer.problem().orElseThrow()).contains("not a public one");
            }
            assertThat(told).isEmpty();
        } finally {
            call.destroy();
        }
    }
}
