package io.socketlab.server.grading;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import io.socketlab.server.web.DatabaseTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What is huge, deep, slow, wrong, another's or expired has a clear answer. */
@ServerTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:hostile;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "server.tomcat.connection-timeout=500ms",
            "socketlab.rates.submit=20",
            "socketlab.rates.sign-in=3",
            "socketlab.grading.queue=30"
        })
class HostileInputTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort private int port;
    @Autowired private JdbcClient jdbc;

    private Program program;

    @BeforeEach
    void begin() {
        program = Program.of(port, "read,grade");
    }

    private JsonNode graded(String attempt, Map<String, String> submission) {
        return body(program.post(attempt + "/submissions?wait=20", submission), 200);
    }

    private static String jobPath(JsonNode job) {
        return "/api/v1/jobs/" + job.path("id").asString();
    }

    @Test
    void othersJobsAttemptsAndBatchesAreNotThere() {
        String attempt = program.attempt(LAB);
        String job = jobPath(graded(attempt, script("")));
        Program other = Program.of(port, "read,grade");
        problem(other.get(job), 404, "unknown-job");
        problem(other.get(job + "/result"), 404, "unknown-job");
        problem(other.get(job + "/trace.jsonl"), 404, "unknown-job");
        problem(other.delete(job), 404, "unknown-job");
        problem(other.get(attempt), 404, "unknown-run");
        problem(other.get(attempt + "/log"), 404, "unknown-run");
        problem(other.post(attempt + "/submissions", script("")), 404, "unknown-run");
        problem(other.get("/api/v1/jobs/nothing"), 404, "unknown-job");
        problem(other.get("/api/v1/batches/nothing"), 404, "unknown-batch");
    }

    @Test
    void whatIsNotAsItMustBeIsTold() {
        String path = program.attempt(LAB) + "/submissions";
        problem(
                program.post(path, Map.of("kind", "program", "source", "int main;")),
                400,
                "invalid-body");
        Map<String, String> noModule = Map.of("host", "server", "title", "server", "wasm", "AAAA");
        problem(
                program.post(path, Map.of("kind", "program", "programs", List.of(noModule))),
                422,
                "program-refused");
        problem(program.post(path, Map.of("kind", "poem", "source", "")), 400, "invalid-body");
        problem(program.post(path, Map.of("kind", "script")), 400, "invalid-body");
        problem(program.post(path, Map.of("source", "")), 400, "invalid-body");
        problem(program.post(path, "[]"), 400, "malformed-body");
        problem(program.post(path, "{\"kind\":".repeat(2_000)), 400, "malformed-body");
        problem(program.post(path, script("x".repeat(400_001))), 400, "invalid-body");
        problem(program.post(path, script("x".repeat(1_100_000))), 413, "body-too-large");
        problem(program.post(path + "?wait=31", script("")), 400, "invalid-parameter");
        problem(program.post("/api/v1/attempts", Map.of("lab", "c99")), 404, "unknown-lab");
        problem(program.get("/api/v1/labs/" + LAB + "/revisions/99"), 404, "unknown-revision");
        problem(program.get(path.replace("submissions", "result")), 404, "no-result");
    }

    @Test
    void aScriptThatIsDeepOrLongEndsInAResult() {
        String attempt = program.attempt(LAB);
        String deep = "server: { " + "if (1) { ".repeat(5_000) + "} ".repeat(5_000) + "}\n";
        JsonNode nested = graded(attempt, script(deep));
        assertThat(nested.path("phase").asString()).isEqualTo("DONE");
        String endless = "server: { while (1) { } }\nrun\n";
        assertThat(graded(attempt, script(endless)).path("phase").asString()).isEqualTo("DONE");
        String many = "server: socket(AF_INET, SOCK_STREAM, 0)\n".repeat(8_000);
        assertThat(graded(attempt, script(many)).path("phase").asString()).isEqualTo("DONE");
    }

    @Test
    void anExpiredTokenIsNoToken() {
        jdbc.sql("update api_token set expires_at = ?")
                .param(DatabaseTime.time(Instant.parse("2026-01-02T03:04:05Z")))
                .update();
        JsonNode problem = problem(program.get("/api/v1/attempts"), 401, "expired-token");
        assertThat(problem.path("expired").asString()).isEqualTo("2026-01-02T03:04:05Z");
        problem(program.get("/api/v1/labs"), 401, "expired-token");
        problem(new Program(port, "slt_nobodys").get("/api/v1/attempts"), 401, "bad-token");
    }

    @Test
    void whatIsNoTextIsNotTakenForOne() {
        JsonNode problem =
                problem(
                        program.post(
                                "/api/v1/attempts/" + UUID.randomUUID() + "/submissions",
                                "{\"kind\": \"script\",\n \"source\": \"a\\u0000b\"}"),
                        400,
                        "malformed-body");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("detail").asString()).contains("without NUL");
        problem(program.post("/api/v1/attempts", "{\"lab\": {\"id\": 1}}"), 400, "malformed-body");
        problem(program.post("/api/v1/attempts", "{\"lab\": [\"c1\"]}"), 400, "malformed-body");
        problem(program.post("/api/v1/attempts", "\"c1-handshake\""), 400, "malformed-body");
        problem(
                program.post("/api/v1/attempts", "lab=c1", "Content-Type", "text/plain"),
                415,
                "unsupported-media-type");
        problem(program.put("/api/v1/attempts", Map.of()), 405, "method-not-allowed");
        problem(
                program.get("/api/v1/attempts", "Accept", "application/xml"),
                406,
                "not-acceptable");
        String twice = "{\"lab\": \"c1-handshake\", \"lab\": \"u1-datagrams\"}";
        problem(program.post("/api/v1/attempts", twice), 400, "malformed-body");
    }

    @Test
    void aListOfACourseThatIsHugeOrNoneIsNotTaken() {
        var owner = new Program(port, Visitor.member(port, "Grace").token("read,author"));
        Object course = Map.of("title", "Big", "term", "", "zone", "UTC");
        String path =
                "/api/v1/courses/"
                        + body(owner.post("/api/v1/courses", course), 201).path("id").asString();
        String csv = "text/csv";
        String many = "name\n" + "Ada\n".repeat(6_000);
        for (String list : List.of(many, "name\n\"Ada\n", "nothing\n", "PK\3\4\0\0name\nAda\n")) {
            problem(owner.post(path + "/roster", list, "Content-Type", csv), 422, "broken-roster");
        }
        String huge = "name\n" + "x".repeat(1_100_000);
        problem(owner.post(path + "/roster", huge, "Content-Type", csv), 413, "body-too-large");
        assertThat(body(owner.get(path + "/members"), 200)).hasSize(1);
    }

    @Test
    void zipsThatAreBombsOrNoneAreRefused() throws IOException {
        var author = new Program(port, Visitor.member(port, "Ada").token("read,author"));
        String path = "/api/v1/drafts/import";
        for (byte[] zip : List.of(bomb(1, 100 << 20), bomb(5_000, 0), "no zip".getBytes(UTF_8))) {
            assertThat(zip).as("small enough to be looked at").hasSizeLessThan(700_000);
            Object body = Map.of("zip", Base64.getEncoder().encodeToString(zip));
            JsonNode refused = body(author.post(path, body), 422);
            assertThat(refused.path("type").asString()).matches("/problems/bad-(zip|lab-file)");
            assertThat(refused.path("detail").asString()).isNotBlank();
        }
        Object huge = Map.of("zip", Base64.getEncoder().encodeToString(new byte[1 << 20]));
        problem(author.post(path, huge), 413, "body-too-large");
        problem(author.post(path, Map.of("zip", "?")), 400, "malformed-body");
        assertThat(body(author.get("/api/v1/drafts"), 200)).isEmpty();
    }

    /** Files of nothing but zeros. */
    private static byte[] bomb(int files, int octets) throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (int i = 0; i < files; i++) {
                out.putNextEntry(new ZipEntry("my-lab/" + (i == 0 ? "lab.yaml" : "f" + i)));
                out.write(new byte[octets]);
                out.closeEntry();
            }
        }
        return zip.toByteArray();
    }

    @Test
    void anAddressInOtherLettersNeedsTheSameScopeAndCountsAsTheSame() {
        var webhook = Map.of("url", "https://grader.example/");
        problem(program.post("/api/v1/%77ebhooks", webhook), 403, "insufficient-scope");
        String verify = "/api/v1/labs/u1-datagrams/revisions/1/%76erify?seeds=1";
        problem(program.post(verify, ""), 403, "insufficient-scope");
        String path = program.attempt(LAB) + "/%73ubmissions";
        problem(untilTooFast(path), 429, "too-many-requests");
    }

    /** Twenty a minute are let through, and as many more as time has passed meanwhile. */
    private HttpResponse<String> untilTooFast(String path) {
        HttpResponse<String> answer = program.post(path, script(""));
        for (int i = 0; i < 500 && answer.statusCode() != 429; i++) {
            answer = program.post(path, script(""));
        }
        return answer;
    }

    @Test
    void whoIsTooFastIsToldWhenToComeBack() {
        String path = program.attempt(LAB) + "/submissions";
        var refused = untilTooFast(path);
        problem(refused, 429, "too-many-requests");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
        assertThat(Program.of(port, "grade").attempt(LAB)).as("others go on").isNotBlank();
    }

    @Test
    void whoTriesPasswordsTooFastIsToldSoOnAPage() {
        var visitor = new Visitor(port);
        Map<String, String> wrong = Map.of("login", "ada", "password", "not the one");
        HttpResponse<String> answer = visitor.post("/sign-in", "/sign-in", wrong);
        for (int i = 0; i < 3; i++) answer = visitor.post("/sign-in", "/sign-in", wrong);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        String seconds = answer.headers().firstValue("Retry-After").orElseThrow();
        assertThat(answer.body()).contains("<h1>Slow down</h1>", "Try again in " + seconds + " s.");
    }

    @Test
    void whoHasTooMuchWaitingIsToldSo() {
        String id = program.attempt(LAB).replaceFirst(".*/", "");
        Object item = Map.of("attempt", id, "submission", script(""));
        Object items = Collections.nCopies(31, item);
        var refused = program.post("/api/v1/batches", Map.of("items", items));
        problem(refused, 429, "queue-full");
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        assertThat(body(program.get("/api/v1/jobs"), 200).path("items")).isEmpty();
    }

    @Test
    void whoSendsSlowlyIsNotWaitedForForever() throws IOException {
        try (var slow = new Socket("localhost", port)) {
            slow.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            String head =
                    "POST /api/v1/attempts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + program.token()
                            + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"lab\"";
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            byte[] answer = slow.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 4").contains("application/problem+json");
        }
    }
}
