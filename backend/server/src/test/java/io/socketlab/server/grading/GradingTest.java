package io.socketlab.server.grading;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static io.socketlab.server.Program.solution;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Handing in over REST, and what comes of it. */
@ServerTest
class GradingTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort private int port;

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
    void aSubmissionIsAJobWithPhasesAndAResult() {
        String attempt = program.attempt(LAB);
        var answer = program.post(attempt + "/submissions", script(solution(LAB)));
        JsonNode job = body(answer, answer.statusCode() == 200 ? 200 : 202);
        assertThat(answer.headers().firstValue("Location")).contains(jobPath(job));
        JsonNode done = program.awaitEnd(job.path("id").asString());
        assertThat(done.path("phases")).hasSize(3);
        assertThat(done.path("phases").get(2).path("phase").asString()).isEqualTo("DONE");
        assertThat(done.path("result").path("verdict").asString()).isEqualTo("PASS");
        JsonNode result = body(program.get(jobPath(job) + "/result"), 200);
        assertThat(result.path("score")).isEqualTo(result.path("max_score"));
        assertThat(result.path("seed_id").asInt()).isEqualTo(done.path("seed").asInt());
        assertThat(body(program.get(attempt + "/result"), 200)).isEqualTo(result);
    }

    @Test
    void theResultIsThatOfGradingAtOnceAndOfTheTraceThatCanBeHad() {
        String attempt = program.attempt(LAB);
        JsonNode job = graded(attempt, script(solution(LAB)));
        JsonNode result = body(program.get(jobPath(job) + "/result"), 200);
        JsonNode atOnce =
                body(
                        program.post(
                                "/api/v1/labs/" + LAB + "/grade",
                                Map.of("script", solution(LAB), "seed", job.path("seed").asInt())),
                        200);
        assertThat(result.path("trace_hash")).isEqualTo(atOnce.path("trace_hash"));
        String trace = result.path("artifacts").path("trace").asString();
        assertThat(program.get(trace).body().lines()).hasSizeGreaterThan(50);
        HttpResponse<String> capture =
                program.get(result.path("artifacts").path("pcapng").asString());
        assertThat(capture.statusCode()).isEqualTo(200);
        assertThat(capture.headers().firstValue("Content-Type")).contains("application/x-pcapng");
    }

    @Test
    void aResultComesInEveryFormat() {
        String job = jobPath(graded(program.attempt(LAB), script(solution(LAB))));
        assertThat(program.get(job + "/result?format=junit").body()).startsWith("<?xml");
        assertThat(program.get(job + "/result?format=gradescope").body()).contains("\"passed\"");
        assertThat(program.get(job + "/result?format=prairielearn").body())
                .contains("\"gradable\" : true");
        assertThat(program.get(job + "/result?format=tap").body()).startsWith("TAP version 14");
        assertThat(program.get(job + "/result?format=csv").body()).startsWith("lab,revision,seed");
        JsonNode wrong = problem(program.get(job + "/result?format=doc"), 400, "invalid-parameter");
        assertThat(wrong.path("detail").asString()).contains("prairielearn", "'doc'");
    }

    @Test
    void aRecordedLogIsGradedAsTheRunWas() {
        String attempt = program.attempt(LAB);
        String log = program.get(attempt + "/log").body();
        assertThat(log).contains("\"lab\":\"" + LAB + "\"");
        String more =
                log
                        + """
                        {"line":"server: socket(AF_INET, SOCK_STREAM, 0)"}
                        {"line":"run"}
                        """;
        JsonNode job = graded(attempt, Map.of("kind", "log", "source", more));
        assertThat(job.path("kind").asString()).isEqualTo("log");
        assertThat(job.path("result").path("verdict").asString()).isNotEqualTo("PASS");
        JsonNode own = graded(attempt, Map.of("kind", "log"));
        assertThat(own.path("result").path("gradable").asBoolean()).isTrue();
        String other = log.replace(LAB, "u1-datagrams");
        var refused =
                program.post(attempt + "/submissions", Map.of("kind", "log", "source", other));
        problem(refused, 422, "anothers-log");
        var broken =
                program.post(
                        attempt + "/submissions", Map.of("kind", "log", "source", "{\"line\":3}"));
        assertThat(problem(broken, 422, "broken-log").path("line").asInt()).isEqualTo(1);
    }

    @Test
    void aScriptThatCannotBeUnderstoodHasAResultThatSaysWhere() {
        JsonNode job = graded(program.attempt(LAB), script("// one\nserver: lissten(3, 5)\n"));
        assertThat(job.path("result").path("gradable").asBoolean()).isFalse();
        JsonNode result = body(program.get(jobPath(job) + "/result"), 200);
        assertThat(result.path("format_errors").get(0).path("line").asInt()).isEqualTo(2);
        problem(program.get(jobPath(job) + "/trace.jsonl"), 404, "no-run");
    }

    @Test
    void theSameKeyWithTheSameBodyIsTheSameJobAndWithAnotherAnError() {
        String attempt = program.attempt(LAB);
        String path = attempt + "/submissions?wait=20";
        JsonNode first = body(program.post(path, script(""), "Idempotency-Key", "k-1"), 200);
        var again = program.post(path, script(""), "Idempotency-Key", "k-1");
        assertThat(body(again, 200).path("id")).isEqualTo(first.path("id"));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        var other = program.post(path, script("// other"), "Idempotency-Key", "k-1");
        problem(other, 422, "idempotency-key-reused");
        Program somebody = Program.of(port, "grade,read");
        var theirs =
                somebody.post(
                        somebody.attempt(LAB) + "/submissions?wait=20",
                        script(""),
                        "Idempotency-Key",
                        "k-1");
        assertThat(body(theirs, 200).path("id")).isNotEqualTo(first.path("id"));
        problem(
                program.post(path, script(""), "Idempotency-Key", "a b"),
                400,
                "invalid-idempotency-key");
    }

    @Test
    void theSameKeyAtTheSameMomentIsOneJob() throws InterruptedException {
        String path = program.attempt(LAB) + "/submissions";
        var ids = ConcurrentHashMap.<String>newKeySet();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        var answer = program.post(path, script(""), "Idempotency-Key", "race");
                        ids.add(
                                Program.JSON
                                        .readTree(answer.body())
                                        .path("id")
                                        .asString("?" + answer.body()));
                    }));
        }
        for (Thread thread : threads) thread.join();
        assertThat(ids).hasSize(1);
    }

    @Test
    void aBatchIsAllOrNothing() {
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 5; i++) {
            String id = program.attempt(LAB).replaceFirst(".*/", "");
            items.add(Map.of("attempt", id, "submission", script(solution(LAB))));
        }
        JsonNode batch = body(program.post("/api/v1/batches", Map.of("items", items)), 202);
        for (JsonNode job : batch.path("jobs")) program.awaitEnd(job.path("id").asString());
        String path = "/api/v1/batches/" + batch.path("id").asString();
        assertThat(body(program.get(path), 200).path("phases").path("DONE").asInt()).isEqualTo(5);
        var table = program.get(path + "/checks.csv");
        assertThat(table.statusCode()).isEqualTo(200);
        assertThat(table.body()).startsWith("job,lab,revision,seed,check,");
        assertThat(table.body().split("\r\n", -1)).hasSizeGreaterThan(5 * 3);
        items.add(Map.of("attempt", "nobody", "submission", script("")));
        var refused = program.post("/api/v1/batches", Map.of("items", items));
        assertThat(problem(refused, 404, "unknown-run").path("item").asInt()).isEqualTo(5);
        problem(program.post("/api/v1/batches", Map.of("items", List.of())), 400, "invalid-body");
        problem(
                program.post("/api/v1/batches", Map.of("items", List.of(Map.of()))),
                400,
                "invalid-body");
    }

    @Test
    void nobodyWaitsForAllThatAnotherHandedInAndWhatWaitsCanBeCancelled() {
        String lab = "cc3-limited-by-what";
        String id = program.attempt(lab).replaceFirst(".*/", "");
        Object item = Map.of("attempt", id, "submission", script(solution(lab)));
        Object batch = Map.of("items", Collections.nCopies(100, item));
        JsonNode made = body(program.post("/api/v1/batches", batch), 202);
        String path = "/api/v1/batches/" + made.path("id").asString();
        Program other = Program.of(port, "read,grade");
        String attempt = other.attempt(LAB);
        body(other.post(attempt + "/submissions?wait=30", script("")), 200);
        // a hundred take about half a minute, the other waited for a turn
        JsonNode now = body(program.get(path), 200);
        assertThat(now.path("phases").path("QUEUED").asInt(0)).isPositive();
        String last = jobPath(now.path("jobs").get(99));
        String estimate = body(program.get(last), 200).path("estimate").asString();
        assertThat(Instant.parse(estimate)).isAfter(Instant.now());
        for (JsonNode job : now.path("jobs")) program.delete(jobPath(job));
        assertThat(body(program.get(last), 200).path("phase").asString()).isEqualTo("CANCELLED");
        problem(program.get(last + "/result"), 409, "not-done");
        JsonNode then = body(program.get(path), 200).path("phases");
        assertThat(then.path("DONE").asInt(0) + then.path("CANCELLED").asInt()).isEqualTo(100);
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        var begun = new ArrayList<String>();
        for (int i = 0; i < 5; i++) begun.addFirst(program.attempt(LAB).replaceFirst(".*/", ""));
        var listed = new ArrayList<String>();
        String next = "";
        do {
            JsonNode page = body(program.get("/api/v1/attempts?limit=2" + next), 200);
            page.path("items").forEach(item -> listed.add(item.path("id").asString()));
            next = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!next.isEmpty());
        assertThat(listed).isEqualTo(begun);
        problem(program.get("/api/v1/attempts?limit=0"), 400, "invalid-parameter");
        problem(program.get("/api/v1/jobs?limit=101"), 400, "invalid-parameter");
        problem(program.get("/api/v1/jobs?cursor=xyz"), 400, "invalid-parameter");
        problem(program.get("/api/v1/jobs?cursor=%2F%2F"), 400, "invalid-parameter");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        JsonNode job = graded(program.attempt(LAB), script(""));
        for (String path : List.of(jobPath(job), jobPath(job) + "/result", "/api/v1/labs/" + LAB)) {
            String tag = program.get(path).headers().firstValue("ETag").orElseThrow();
            var again = program.get(path, "If-None-Match", tag);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void aTokenDoesWhatItIsGoodFor() {
        Visitor guest = Visitor.guest(port);
        var reader = new Program(port, guest.token("read"));
        JsonNode needs =
                problem(
                        reader.post("/api/v1/attempts", Map.of("lab", LAB)),
                        403,
                        "insufficient-scope");
        assertThat(needs.path("scope").asString()).isEqualTo("grade");
        assertThat(body(reader.get("/api/v1/attempts"), 200).path("items")).isEmpty();
        var grader = new Program(port, guest.token("grade"));
        problem(grader.get("/api/v1/attempts"), 403, "insufficient-scope");
        String verify = "/api/v1/labs/u1-datagrams/revisions/1/verify?seeds=1&wait=30";
        problem(grader.post(verify, ""), 403, "insufficient-scope");
        var author = new Program(port, guest.token("author,read"));
        JsonNode job = body(author.post(verify, ""), 200);
        assertThat(job.path("result").path("verdict").asString()).isEqualTo("PASS");
        JsonNode report = body(author.get(jobPath(job) + "/result"), 200);
        assertThat(report.path("problems")).isEmpty();
        assertThat(report.path("runs").asInt()).isPositive();
    }

    @Test
    void whatIsDoneCannotBeCancelled() {
        String job = jobPath(graded(program.attempt(LAB), script("")));
        problem(program.delete(job), 409, "job-ended");
    }

    @Test
    void theStatusTellsWhatWaitsAndHowLongItTakes() {
        graded(program.attempt(LAB), script(solution(LAB)));
        JsonNode status = body(program.get("/api/v1/status"), 200);
        assertThat(status.path("grading").path("graded").path("p95").asDouble()).isPositive();
        var page = new Visitor(port).get("/status");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Waiting to be graded", "95 of 100");
    }
}
