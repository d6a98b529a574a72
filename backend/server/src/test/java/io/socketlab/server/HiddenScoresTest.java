package io.socketlab.server;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static io.socketlab.server.Program.solution;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a student is told of what he has handed in, by every way there is: all of it where nothing
 * is hidden, which shows that this test would find it; nothing of an exam; and of checks that are
 * held back nothing until the deadline.
 */
@Execution(ExecutionMode.CONCURRENT)
@ServerTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:hidden;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "socketlab.webhooks.own-network=true",
            "socketlab.webhooks.poll=20ms"
        })
class HiddenScoresTest {

    private static final String LAB = "c1-handshake";

    /** The same with one check that is held back until the deadline. */
    private static final String HELD_BACK = "held-back";

    private static final String CHECK = "Each side acknowledges the other";
    private static final int ALL_POINTS = 20;
    private static final int ITS_POINTS = 3;

    @TempDir static Path labs;

    @LocalServerPort private int port;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private Program staff;
    private String course;
    private Visitor ada;
    private Program student;

    @DynamicPropertySource
    static void lab(DynamicPropertyRegistry registry) throws IOException {
        Path from = Path.of("../../labs/" + LAB);
        Path to = labs.resolve(HELD_BACK);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.copy(file, copy);
            }
        }
        Path yaml = to.resolve("lab.yaml");
        String text =
                Files.readString(yaml)
                        .replace("id: " + LAB, "id: " + HELD_BACK)
                        .replace(
                                "  - id: numbers\n",
                                "  - id: numbers\n    visibility: after-due\n");
        Files.writeString(yaml, text);
        registry.add("socketlab.labs.folder", labs::toString);
    }

    @BeforeEach
    void begin() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/hook",
                call -> {
                    told.add(
                            new String(
                                    call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    call.sendResponseHeaders(204, -1);
                    call.close();
                });
        receiver.start();
        Visitor grace = Visitor.member(port, "Grace");
        staff = new Program(port, grace.token("read,grade,author"));
        Object request = Map.of("title", "Exam", "term", "", "zone", "UTC");
        course = "/courses/" + made(staff, "/api/v1/courses", request).path("id").asString();
        ada = Visitor.member(port, "Ada");
        student = new Program(port, ada.token("read,grade,author"));
        join();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private static JsonNode made(Program program, String path, Object request) {
        return body(program.post(path, request), 201);
    }

    /** An assignment of a lab with other terms than the usual; its path. */
    private String assignment(String lab, Map<String, Object> terms) {
        JsonNode made = made(staff, "/api/v1" + course + "/assignments", Map.of("lab", lab));
        String path = course + "/assignments/" + made.path("id").asString();
        change(path, terms);
        return path;
    }

    private void change(String assignment, Map<String, Object> terms) {
        ObjectNode all =
                body(staff.get("/api/v1" + assignment), 200).path("terms").deepCopy().asObject();
        all.put("published", true);
        terms.forEach(all::putPOJO);
        body(staff.put("/api/v1" + assignment, Program.JSON.writeValueAsString(all)), 200);
    }

    /** What was handed in: over REST, as a batch, and on the page. */
    private record HandedIn(String run, String attempt, String job, String batch) {}

    private HandedIn handIn(String assignment) {
        String id = assignment.replaceFirst(".*/", "");
        String attempt =
                made(student, "/api/v1/attempts", Map.of("assignment", id)).path("id").asString();
        String lab = body(student.get("/api/v1/attempts/" + attempt), 200).path("lab").asString();
        assertThat(lab).isIn(LAB, HELD_BACK);
        String path = "/api/v1/attempts/" + attempt + "/submissions?wait=20";
        String job = body(student.post(path, script(solution(LAB))), 200).path("id").asString();
        var item = Map.of("attempt", attempt, "submission", script(solution(LAB)));
        JsonNode batch = body(student.post("/api/v1/batches", Map.of("items", List.of(item))), 202);
        student.awaitEnd(batch.path("jobs").get(0).path("id").asString());
        String run = "/runs/" + attempt;
        try (Browser browser = Browser.open(port, run, ada.cookie(), 0)) {
            browser.awaitMessage("hello");
            List<String> lines = solution(LAB).lines().toList();
            int n = 0;
            for (String line : lines) {
                String plain = line.replaceFirst("//.*", "").replaceFirst(" = .*", "").strip();
                if (plain.matches("(server|client): .*")) browser.input("id-" + n++, plain);
                if (plain.matches("(server|client): .*")) browser.input("id-" + n++, "run");
            }
        }
        ada.post(run + "/submissions", run, Map.of());
        return new HandedIn(run, attempt, job, batch.path("id").asString());
    }

    private ToldToStudents everything(String assignment, HandedIn it) throws Exception {
        Awaitility.await().until(() -> told.size() >= 2);
        return ToldToStudents.of(
                port,
                ada,
                student,
                List.of(
                        "/api/v1/jobs/" + it.job,
                        "/api/v1/jobs",
                        "/api/v1/batches/" + it.batch,
                        "/api/v1/batches/" + it.batch + "/checks.csv",
                        "/api/v1/attempts/" + it.attempt + "/result",
                        "/api/v1/jobs/" + it.job + "/result",
                        "/runs",
                        it.run + "/submissions/1",
                        course,
                        assignment,
                        it.run),
                told);
    }

    /** How results say what was passed or not, and what it was worth. */
    private static final String[] SCORE = {
        "PASS",
        "FAIL",
        "NOT_EXERCISED",
        "\"score\"",
        "\"maxScore\"",
        "passed",
        "<testcase",
        "\nok 1",
        "c1-handshake,1",
        "20 of 20",
        CHECK,
        "\"points\":7.25"
    };

    @Test
    void ofAnExamNothingIsToldByAnyWay() throws Exception {
        String open = assignment(LAB, Map.of());
        ToldToStudents shown = everything(open, handIn(open));
        assertThat(shown.places(SCORE)).as("without an exam").hasSameSizeAs(shown.places(""));
        told.clear();

        // another student, who has nothing that is not hidden
        ada = Visitor.member(port, "Bea");
        student = new Program(port, ada.token("read,grade,author"));
        join();
        String exam = assignment(LAB, Map.of("hidesScores", true));
        HandedIn it = handIn(exam);
        String member =
                body(staff.get("/api/v1" + course + "/members"), 200)
                        .valueStream()
                        .filter(m -> m.path("name").asString().equals("Bea"))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        Object word = Map.of("points", 7.25, "word", "Well done.");
        body(staff.put("/api/v1" + exam + "/grades/" + member, word), 200);
        ToldToStudents hidden = everything(exam, it);
        assertThat(hidden.with(SCORE)).isEmpty();
        assertThat(hidden.with("7.25")).isEmpty();
        problem(student.get("/api/v1/jobs/" + it.job + "/result"), 403, "scores-hidden");
        String comparison = it.run + "/submissions/1/comparison";
        problem(student.get("/api/v1" + comparison), 403, "scores-hidden");
        assertThat(ada.get(comparison).statusCode()).isEqualTo(403);

        change(exam, Map.of("hidesScores", false));
        assertThat(everything(exam, it).with("20 of 20")).as("when it is over").isNotEmpty();
        assertThat(ToldToStudents.export(ada)).contains("\"verdict\":\"PASS\"", "\"points\":7.25");
    }

    /** The student comes into the course, and has a webhook. */
    private void join() {
        Object link = Map.of("role", "student", "section", "", "days", 1);
        JsonNode invitation = made(staff, "/api/v1" + course + "/invitations", link);
        Object code = Map.of("code", invitation.path("code").asString());
        body(student.post("/api/v1/joins", code), 200);
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        made(student, "/api/v1/webhooks", Map.of("url", url));
    }

    @Test
    void aCheckThatIsHeldBackIsToldByNoWayBeforeTheDeadline() throws Exception {
        String assignment = assignment(HELD_BACK, Map.of("due", "2099-01-01T00:00:00Z"));
        HandedIn it = handIn(assignment);
        ToldToStudents before = everything(assignment, it);
        assertThat(before.with(CHECK, "20 of 20")).isEmpty();
        assertThat(before.points()).containsOnly((double) ALL_POINTS - ITS_POINTS);
        assertThat(body(student.get("/api/v1/labs/" + HELD_BACK), 200).path("checks"))
                .noneMatch(c -> c.path("id").asString().equals("numbers"));

        change(assignment, Map.of("due", "2020-01-01T00:00:00Z"));
        ToldToStudents after = everything(assignment, it);
        assertThat(after.with(CHECK)).as("after it").hasSizeGreaterThan(8);
        assertThat(after.points()).contains((double) ALL_POINTS);
    }
}
