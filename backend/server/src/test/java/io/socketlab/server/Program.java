package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program with a token of somebody's. */
public final class Program {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final Visitor visitor;
    private final String token;

    public Program(int port, String token) {
        this.visitor = new Visitor(port);
        this.token = token;
    }

    /** With a new guest's token. */
    public static Program of(int port, String scopes) {
        return new Program(port, Visitor.guest(port).token(scopes));
    }

    public String token() {
        return token;
    }

    /** Sends it, and holds the answer against the description. */
    private HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> response = visitor.send(request);
        Contract.of(request.uri().getPort()).check(response);
        return response;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(visitor.uri(path)).header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = to(path);
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    public HttpResponse<String> delete(String path) {
        return send(to(path).DELETE().build());
    }

    public HttpResponse<String> put(String path, Object body) {
        String text = body instanceof String s ? s : JSON.writeValueAsString(body);
        return send(
                to(path).header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(text))
                        .build());
    }

    public HttpResponse<String> post(String path, Object body, String... headers) {
        String text = body instanceof String s ? s : JSON.writeValueAsString(body);
        HttpRequest.Builder request =
                to(path).setHeader("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(text));
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        return send(request.build());
    }

    /** The body of an answer that must have this status. */
    public static JsonNode body(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    /** A problem of this status and type. */
    public static JsonNode problem(HttpResponse<String> response, int status, String type) {
        JsonNode problem = body(response, status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString())
                .isNotBlank()
                .doesNotContain("java.", "io.socketlab", "Exception");
        return problem;
    }

    /** Begins an attempt; answers its path. */
    public String attempt(String lab) {
        JsonNode attempt = body(post("/api/v1/attempts", Map.of("lab", lab)), 201);
        return "/api/v1/attempts/" + attempt.path("id").asString();
    }

    /** Waits for the end of a job; answers it. */
    public JsonNode awaitEnd(String job) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> body(get("/api/v1/jobs/" + job), 200),
                        j -> j.path("phase").asString().matches("DONE|CANCELLED"));
    }

    /** A lab's solution. */
    public static String solution(String lab) {
        try {
            return Files.readString(Path.of("../../labs/" + lab + "/solution/plain.pkt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, String> script(String source) {
        return Map.of("kind", "script", "source", source);
    }
}
