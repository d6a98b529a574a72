package io.socketlab.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Contract;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What programs meet. */
@ServerTest
class RestTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort private int port;

    private Visitor program;
    private String token;

    @BeforeEach
    void makeAToken() {
        token = Visitor.guest(port).token();
        program = new Visitor(port);
    }

    private HttpResponse<String> get(String path) {
        return described(
                program.send(
                        HttpRequest.newBuilder(program.uri(path))
                                .header("Authorization", "Bearer " + token)
                                .build()));
    }

    private HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", body);
    }

    private HttpResponse<String> post(String path, String type, String body) {
        return described(
                program.send(
                        HttpRequest.newBuilder(program.uri(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build()));
    }

    private HttpResponse<String> described(HttpResponse<String> response) {
        Contract.of(port).check(response);
        return response;
    }

    private HttpResponse<String> grade(String lab, Map<String, ?> body) {
        return post("/api/v1/labs/" + lab + "/grade", JSON.writeValueAsString(body));
    }

    private static JsonNode problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).isNotBlank();
        return problem;
    }

    private static String solution(String lab) throws IOException {
        return Files.readString(Path.of("../../labs/" + lab + "/solution/plain.pkt"));
    }

    @Test
    void aSolutionGetsAllPointsAndTheSameTraceEachTime() throws IOException {
        Map<String, ?> body = Map.of("script", solution("c1-handshake"), "seed", 3);
        JsonNode first = JSON.readTree(grade("c1-handshake", body).body());
        JsonNode second = JSON.readTree(grade("c1-handshake", body).body());
        assertThat(first.path("verdict").asString()).isEqualTo("PASS");
        assertThat(first.path("score").asDouble()).isEqualTo(first.path("max_score").asDouble());
        assertThat(first.path("trace_hash").asString())
                .isEqualTo(second.path("trace_hash").asString())
                .hasSize(64);
        assertThat(first.path("seed_id").asInt()).isEqualTo(3);
    }

    @Test
    void aScriptCanBeTheBodyItself() throws IOException {
        var response =
                post(
                        "/api/v1/labs/c1-handshake/grade?seed=3",
                        "text/plain",
                        solution("c1-handshake"));
        JsonNode plain = JSON.readTree(response.body());
        Map<String, ?> body = Map.of("script", solution("c1-handshake"), "seed", 3);
        JsonNode wrapped = JSON.readTree(grade("c1-handshake", body).body());
        assertThat(plain.path("verdict").asString()).isEqualTo("PASS");
        assertThat(plain.path("trace_hash")).isEqualTo(wrapped.path("trace_hash"));
    }

    @Test
    void aWrongAnswerSaysWhatWasExpectedAndWhere() {
        String script = "server: socket(AF_INET, SOCK_STREAM, 0) = 4\n";
        JsonNode result = JSON.readTree(grade("c1-handshake", Map.of("script", script)).body());
        assertThat(result.path("verdict").asString()).isNotEqualTo("PASS");
        JsonNode difference = result.path("script").get(0);
        assertThat(difference.path("line").asInt()).isEqualTo(1);
        assertThat(difference.path("actual").asString()).contains("3");
        assertThat(result.path("tests").get(0).path("feedback").asString()).isNotBlank();
    }

    @Test
    void aBrokenScriptIsToldByLineAndColumn() {
        String script = "// one\nserver: lissten(3, 5)\n";
        JsonNode problem =
                problem(grade("c1-handshake", Map.of("script", script)), 422, "broken-script");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(9);
        assertThat(problem.path("detail").asString()).contains("listen");
    }

    @Test
    void anUnknownLabSeedOrRunIsSaidToBeUnknown() {
        problem(get("/api/v1/labs/c99"), 404, "unknown-lab");
        problem(grade("c99", Map.of("script", "")), 404, "unknown-lab");
        problem(grade("c1-handshake", Map.of("script", "", "seed", 65)), 400, "unknown-seed");
        problem(get("/api/v1/runs/not-a-run"), 404, "unknown-run");
        problem(get("/api/v1/nothing"), 404, "not-found");
    }

    @Test
    void aBodyThatIsNotWhatIsExpectedIsToldSo() {
        String path = "/api/v1/labs/c1-handshake/grade";
        problem(post(path, "{\"script\":"), 400, "malformed-body");
        problem(post(path, "{\"script\":\"\",\"script\":\"\"}"), 400, "malformed-body");
        JsonNode missing = problem(post(path, "{}"), 400, "invalid-body");
        assertThat(missing.path("errors").get(0).path("field").asString()).isEqualTo("script");
        problem(grade("c1-handshake", Map.of("script", "", "seed", 0)), 400, "invalid-body");
    }

    @Test
    void aFieldThatIsNotAsItMustBeIsNamedInWordsOfTheInterface() {
        String path = "/api/v1/labs/c1-handshake/grade";
        assertThat(detail(post(path, "{\"script\":\"\",\"sed\":2}"), "malformed-body"))
                .contains("'sed'", "script, seed");
        assertThat(detail(post(path, "{\"script\":\"\",\"seed\":\"x\"}"), "malformed-body"))
                .contains("'seed'", "a whole number");
        assertThat(detail(post(path, "[]"), "malformed-body")).contains("an object");
        assertThat(detail(post(path + "?seed=x", "text/plain", ""), "invalid-parameter"))
                .contains("'seed'", "a whole number", "'x'");
    }

    private static String detail(HttpResponse<String> response, String type) {
        String detail = problem(response, 400, type).path("detail").asString();
        assertThat(detail).doesNotContain("java.", "io.socketlab");
        return detail;
    }

    @Test
    void aRequestThatTheAddressDoesNotTakeIsToldWhatItTakes() {
        String path = "/api/v1/labs/c1-handshake/grade";
        assertThat(problem(get(path), 405, "method-not-allowed").path("detail").asString())
                .contains("POST", "GET");
        JsonNode type = problem(post(path, "text/csv", "a,b"), 415, "unsupported-media-type");
        assertThat(type.path("detail").asString())
                .contains("application/json", "text/plain", "text/csv");
        var xml =
                HttpRequest.newBuilder(program.uri("/api/v1/labs"))
                        .header("Accept", "application/xml");
        JsonNode answer = problem(program.send(xml.build()), 406, "not-acceptable");
        assertThat(answer.path("detail").asString()).contains("application/json");
    }

    @Test
    void anOversizedBodyIsRefusedWhetherItSaysItsLengthOrNot() {
        byte[] large = new byte[2_000_000];
        Arrays.fill(large, (byte) ' ');
        var known =
                program.send(
                        HttpRequest.newBuilder(program.uri("/api/v1/labs/c1-handshake/grade"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(large))
                                .build());
        problem(known, 413, "body-too-large");
        var chunked =
                program.send(
                        HttpRequest.newBuilder(program.uri("/api/v1/labs/c1-handshake/grade"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofByteArray(large)))
                                .build());
        problem(chunked, 413, "body-too-large");
    }

    @Test
    void withoutATokenOrWithAWrongOneNothingIsGraded() {
        token = "slt_wrong";
        problem(grade("c1-handshake", Map.of("script", "")), 401, "bad-token");
        var none = program.send(HttpRequest.newBuilder(program.uri("/api/v1/runs/x")).build());
        problem(none, 401, "unauthenticated");
        var ungraded =
                HttpRequest.newBuilder(program.uri("/api/v1/labs/c1-handshake/grade"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(""));
        problem(program.send(ungraded.build()), 401, "unauthenticated");
    }

    @Test
    void anothersRunIsNotThere() {
        Visitor other = Visitor.guest(port);
        String run = other.openBench("c1-handshake");
        problem(get("/api/v1" + run), 404, "unknown-run");
        problem(get("/api/v1" + run + "/events"), 404, "unknown-run");
        assertThat(Visitor.guest(port).get(run).statusCode()).isEqualTo(404);
        assertThat(other.get(run).statusCode()).isEqualTo(200);
    }

    @Test
    void labsCallsAndRulesCanBeReadByAnybody() {
        var anybody = new Visitor(port);
        JsonNode labs = JSON.readTree(anybody.get("/api/v1/labs").body());
        assertThat(labs).hasSizeGreaterThanOrEqualTo(3);
        assertThat(anybody.get("/api/v1/calls").body()).contains("\"listen\"");
        assertThat(anybody.get("/api/v1/rules").body()).contains("RFC9293.SYN_ACK");
        JsonNode schema = JSON.readTree(anybody.get("/api/v1/lab-schema").body());
        assertThat(schema.path("properties").has("checks")).isTrue();
        JsonNode api = JSON.readTree(anybody.get("/api/v1/openapi").body());
        assertThat(api.path("paths").has("/api/v1/labs/{id}/grade")).isTrue();
        assertThat(anybody.get("/api/docs").statusCode()).isIn(200, 302);
    }
}
